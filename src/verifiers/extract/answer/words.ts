/** The words by which answers are told: one place for the tables, so that a language or a turn of phrase is one line. */

/** A word that names the answer, with what must follow it; the value stands right behind the match. */
export interface AnswerWord {
  readonly word: string
  readonly follows: RegExp
  /** It counts only at the beginning of a line, e.g. `Ans:`. */
  readonly atLineStart?: boolean
}

const mark = String.raw`(?:\*\*|__|\*)?`
const adverb = String.raw`(?:\s*,?\s*(?:then|therefore|thus|hence|simply|just|indeed|of course|actually|clearly|approximately),?)?`
const be = String.raw`(?:is|are|was|equals?|should be|must be|would be|will be|has to be|comes out (?:to|as)|turns out to be|becomes)\b`
const sign = '(?:=|:|：|→|⇒|=>)'
const about = String.raw`(?:\s+(?:to|for|of|in)\s[^.\n:=?]{1,80}?)?(?:\s*\([^()\n]{1,40}\))?`
const english = String.raw`${mark}${about}${adverb}\s*${mark}\s*(?:${be}|${sign})`

const roman = (copula: string) => new RegExp(String.raw`${mark}\s*(?:${sign}|(?:${copula})\b\s*:?)${mark}`, 'iy')

export const answerWords: readonly AnswerWord[] = [
  { word: 'answer', follows: new RegExp(String.raw`(?:s|\(s\))?(?:\s+(?:choice|option))?${english}`, 'iy') },
  { word: 'ans', follows: /\.?\s*[:=]/iy, atLineStart: true },
  { word: 'final result', follows: new RegExp(english, 'iy') },
  { word: 'final value', follows: new RegExp(english, 'iy') },
  { word: 'final solution', follows: new RegExp(english, 'iy') },
  { word: 'correct option', follows: new RegExp(english, 'iy') },
  { word: 'correct choice', follows: new RegExp(english, 'iy') },
  { word: 'correct statement', follows: new RegExp(english, 'iy') },
  { word: 'réponse', follows: roman('finale est|correcte est|est') },
  { word: 'respuesta', follows: roman('final es|correcta es|es') },
  { word: 'resposta', follows: roman('final é|correta é|é') },
  { word: 'risposta', follows: roman('finale è|corretta è|è') },
  { word: 'antwort', follows: roman('ist|lautet') },
  { word: 'ergebnis', follows: roman('ist|lautet|beträgt') },
  { word: 'antwoord', follows: roman('is') },
  { word: 'odpowiedź', follows: roman('to') },
  { word: 'cevap', follows: /\s*[:=]/iy },
  { word: 'jawaban', follows: roman('adalah') },
  { word: 'ответ', follows: /\s*(?:[:=—–-]|это|равен)/iy },
  { word: 'відповідь', follows: /\s*(?:[:=—–-]|це)/iy },
  { word: '答案', follows: /\s*(?:是|为|為|：|:|应该是|选|選)\s*[:：]?/y },
  { word: '答', follows: /\s*[:：]/y, atLineStart: true },
  { word: '答え', follows: /\s*(?:は|：|:)/y },
  { word: '정답', follows: /\s*(?:은|:|：)/y },
  { word: '답', follows: /\s*(?:은|:|：)/y, atLineStart: true },
  { word: 'उत्तर', follows: /\s*[:：]/y },
  { word: 'الجواب', follows: /\s*(?:هو|:)/y },
]

/** The line that is only a heading over the answer. */
export const headingLine =
  /^[\s>#*_-]*(?:the\s+)?(?:(?:final|short|correct|boxed|my)\s+)?(?:answer|answers|ans|final result|final solution|réponse|respuesta|antwort|答案|ответ|resposta|risposta)[\s*_:：.]*$/i

/** Nothing is told: the mention is a condition, a check, a plan or a wish. */
export const conditional =
  /\b(?:if|whether|assume|assuming|suppose|unless|until|hope|check(?:ing)?(?: that)?|verify(?:ing)?(?: that)?|confirm(?:ing)?(?: that)?|verify whether|guess|maybe|perhaps|might|could|say that|that is not|isn't)\s+(?:that\s+)?(?:the|this|my|our|an|its?)?\s*(?:[a-z]+\s)?$|\b(?:wrong|incorrect|false|naive|tempting)\s+$/i

/** The answer is not known. */
export const refusal =
  /\b(?:cannot|can't|can not|could not|couldn't|don't|do not|does not|unable|not sure|no idea|sorry|undetermined|not (?:enough|sufficient|possible|known|clear|given)|insufficient|impossible to|unknown|no answer)\b|^\s*n\/a\b|不知道|无法|не знаю|je ne sais pas|no sé\b|weiß nicht/i

/** What follows says something about the answer and does not give it. */
export const aboutAnswer =
  /^(?:correct|right|wrong|incorrect|valid|consistent|reasonable|clear|obvious|unchanged|the same|in (?:the|its|simplest|lowest|terms|a|an|this|that|fact|agreement)|based|expected|required|shown|confirmed|verified|boxed|already|indeed correct|supposed|unique|independent|close|found using|below\b(?!:)|above|therefore correct|not\b)/i

/** Words before a value that carry nothing. */
export const fillers =
  /^(?:\s|,|\*\*|__|:|：|(?:(?:therefore|thus|hence|then|simply|just|exactly|precisely|indeed|now|clearly|likely|probably|approximately|approx\.|about|roughly|around|nearly|given by|as follows|equal to|found to be|going to be|equals|option|choice|letter|part|that|number)\b))+/i

/** A value stands right behind these, when they end what is before it. */
export const stating =
  /(?:^|[\s(*])(?:is|are|was|were|be|been|equals?|equal to|equaling|equalling|gives?|giving|gave|yields?|yielding|gets?|getting|obtain|obtains|obtaining|have|find|finds|found|becomes?|totals?|amounts? to|comes? (?:out )?to|simplif(?:y|ies) to|evaluates? to|reduces? to|works? out to|sums? to|adds? up to|leaves?|leaving|conclude|conclude that|means that|follows that|shows that|so that|such that|that|is given by|are given by|namely|to be)[\s:,]*$/i

/** A weaker verb: it counts in a last sentence with one value, when the sentence is complete. */
export const telling =
  /\b(?:has|have|had|makes?|made|earns?|earned|costs?|takes?|took|needs?|pays?|paid|spends?|spent|saves?|saved|weighs?|travels?|drives?|walks?|runs?|contains?|holds?|requires?|receives?|received|owes?|owns?|sells?|sold|buys?|bought|eats?|ate|uses?|used|reads?|scored?|scores|gains?|lost|loses?|remain|remains|left|lasts?|there are|there is)\b/i

/** A sentence that begins so concludes. */
export const concluding =
  /^[\s*_>#-]*(?:and\s+)?(?:so|therefore|thus|hence|consequently|accordingly|finally|in conclusion|in total|in all|altogether|overall|all in all|as a result|it follows that|we conclude|this means|that means|which means|this gives|∴|then|in summary|to summarize|by .{1,60}?,)(?![A-Za-z])/i

/** A sentence with these somewhere sums up. */
export const summing = /\b(?:in total|altogether|in all|overall|total of)\b|\b(?:so|therefore|thus|hence),?\s/i

/** A second value that carries the first one on. */
export const carriesOn =
  /\b(?:which|that|this)\s+(?:is equal to|equals|simplifies to|is|gives|comes to|evaluates to|reduces to|becomes|yields)\s*$|\b(?:or|i\.e\.,?|that is,?|namely)\s*$/i

/** The last sentence is no part of the solution. */
export const remark =
  /^[\s*_#>🎉😊✅-]*(?:let me know|i hope|hope th|feel free|if you(?:'d| have| need| want| would)|would you like|do you want|please let|is there anything|happy to|good luck|thank|great job|note:|note that|remember|this (?:problem|question|method|approach|formula)|does this|does that|i(?:'m| am) (?:happy|glad)|you can (?:also )?(?:check|verify|ask))/iu

/** A sentence that checks what was told before. */
export const checking =
  /^[\s*_#>(-]*(?:\d+\.\s*)?(?:check(?:ing)?\b|verif(?:y|ication|ying)\b|to (?:check|verify|confirm)|we can (?:check|verify|confirm)|let(?:'s| us| me) (?:check|verify|confirm|double)|double[- ]check|indeed\b|confirm|sanity check|as a check|proof\b|substituting back|plugging back|this (?:matches|agrees|confirms|checks|satisfies|makes sense))|[✓✔✅]\s*[.)]*\s*$/i

/** What was told before is taken back. */
export const takenBackAtOnce =
  /^[.!?*\s$\\)\]}]*(?:(?:no|wait|actually|correction|sorry|oops|hmm)\b|[,;]\s*(?:no,? wait|wait|actually,? no|correction|sorry|oops)\b|is (?:incorrect|wrong|not (?:right|correct|the answer))\b)/i
export const takenBackLater =
  /\b(?:no,? wait|wait[,.!—-]|hold on|scratch that|correction:|my mistake|i was wrong|(?:that|this)(?: is|'s|’s) (?:wrong|incorrect|not right|not correct)|i made (?:a|an) (?:\w+ )?(?:mistake|error)|let me (?:redo|recompute|recalculate|reconsider|correct|fix)|on second thought|(?:that|this|it) (?:can't|can’t|cannot|can not) be right|double[- ]counts?\b|(?:never ?mind|i (?:have )?(?:misread|mis-?counted|mis-?added|miscalculated|overlooked|forgot)|i apologi[sz]e|apologies|update:)[^\n]{0,120}\d)|^[^\d.!?\n]{0,60}\bwhich (?:is|was) (?:wrong|incorrect)|等等|算错了/i
/** Behind a tag or a mark, where any words may follow: what was told there is withdrawn for another value, or called wrong. */
export const withdrawn =
  /^[\s.]*(?:wait\b|(?:no|actually|sorry|oops|hmm|correction)\s*[,:;.!—–-]|(?:that|this|it) (?:is|was)\b)[^\n]{0,120}(?:\d|\b(?:wrong|incorrect|mistake|mistaken)\b)/i
/** Inside a statement, what stands before it is withdrawn for what stands behind it: `(B), no wait, (C)`. */
export const corrected =
  /(?:[,;—–]|\.{3})\s*(?:no,? wait|wait,? no|no,? sorry|sorry|or rather|i mean|scratch that|correction|oops|hold on|make that|no(?=,))[\s,:;.—–!]*(?:(?:it|that)(?:'s|’s| is| should be)\s+|the answer is\s+)?/i
const figure = String.raw`[$\\(*]{0,4}-?\d[\d.,/]*[$\\)*]{0,4}`
/** `12 (not 13)`, `12 and not 13`, `12 rather than 13`: the first one is told. */
export const contrasted = new RegExp(
  String.raw`^(${figure})(?:,|\s+\(?|,\s+)\s*(?:and\s+|but\s+)?(?:not|rather than|instead of)\s+${figure}\)?\s*$`,
  'i',
)
/** `not 12 but `, `not 12; it’s `: what follows is told. */
export const insteadOfDenied = new RegExp(
  String.raw`^(?:\*\*|__)?not\s+${figure}\s*(?:,?\s*but(?:\s+rather)?|[,;]\s*(?:it|that)(?:['’]s|\s+is))\s+(?=\S)`,
  'i',
)
/** `7 for n = 2, and 8 for n = 3`: behind the value, its case and another one. */
export const casesBehind =
  /^,?\s+(?:for|if|when|in)\b[^.\n;]{1,40}?[,;]?\s(?:and|or|but)\s+\S{1,20}\s+(?:for|if|when|in)\b|^,?\s+(?:for|if|when|in)\b[^.\n,;]{1,40}[,;]\s+\S{1,20}\s+(?:for|if|when|in)\b/i
/** A box behind these is not the value that is told: it is denied, a bound, or what something is done to. */
export const deniedBefore =
  /(?:\b(?:not|never|instead of|rather than|(?:less|more|greater|fewer) than|half(?: of)?|twice|minus|negative)|n['’]t(?: be)?|\b(?:not|cannot|never) be|[≠]|\\neq?)[\s*]*(?:\$|\\\()?\s*$/i
/** A box in a sentence that begins so is not what the writer holds: a mistake, somebody else's, earlier work, an aside. */
export const hedgedBefore = new RegExp(
  [
    String.raw`\b(?:(?:one|you|someone|people|some|many)\s+(?:might|may|could|would)\s+(?:be tempted to\s+)?(?:say|think|guess|expect|believe)|tempting|a common (?:mistake|error|answer)|at first (?:glance|sight)|naively|(?:a|the|one|some) students? (?:claims?|says?|said|thinks?|got))\b[^.!?\n]*$`,
    String.raw`\b(?:earlier|previous|first) (?:draft|attempt|guess)(?:es|s)?\b[^.!?,\n]*$`,
    String.raw`\([^()\n]*\bif\b[^()\n]*\bwould\b[^()\n]*$`,
  ].join('|'),
  'i',
)
/** Under a condition; what follows says with `butBehind` that it does not hold. */
export const supposedBefore = /\bif\b[^.!?\n]*\bwould\b[^.!?\n]*$/i
export const butBehind = /^(?:\s|\$|\\[)\]]|[*)}.])*(?:but|however)\b/i
/** What follows the box says that it is none, or asks. */
export const disownedBehind =
  /^(?:\s|\$|\\[)\]]|[*)}])*(?:\?|(?:is extraneous|fails\b|does(?: not|n['’]t) satisfy|was my (?:first|initial)|leads to a contradiction|is (?:too (?:large|small|big)|impossible|invalid)\b)|(?:,\s*)?but\s+(?:(?:there (?:is|are)|it has|this has)\s+no\b|(?:that|this|it)\s+(?:is|would be|'s)\s+(?:wrong|incorrect|not\b|impossible)|(?:i am|i'm) not\b))/i
/** A value behind these is what something is done to. */
export const operandBefore =
  /\b(?:(?:square|cube|cubic|fourth|nth)?\s?roots?|squares?|cubes?|factorial|reciprocal|inverse|negative|opposite|logarithm|log|sine|cosine|tangent|half|twice|double|triple|thirds?|quarters?|fourths?|multiples?|factors?|powers?|digits?)(?:\s+(?:of|to|in|from))(?:\s+the)?(?:\s+number)?\s*(?:\$|\\\()?$/i
/** A value before these is what something is done to, or is withdrawn. */
export const operationBehind =
  /^\s*(?:plus|minus|times|divided by|multiplied by|added to|subtracted from|more than|less than|over|squared|cubed|factorial|to the power|,? ?(?:but|which) (?:that|this|it|we|then|ignores|must|is wrong)\b)/i
/** The words of a sentence that says what a new look came to. */
export const settles =
  /^[\s*_>]*(?:so|thus|therefore|hence|then|actually)\b,?\s+(?:it|that|this|the (?:answer|result|total|value))\s+(?:is|should be|must be|equals|comes to)\s+(?:actually\s+|in fact\s+|really\s+)?/i
/** A new look at what was told. */
export const looksAgain =
  /\b(?:double[- ]?check|re-?check|check(?:ing)?|verif(?:y|ying|ication)|re-?comput|recalculat|on second thought|let me (?:see|look) again)/i

/** It stands after all. */
export const stands =
  /\b(?:is (?:indeed )?correct|checks out|is confirmed|confirms|indeed correct|is right|still holds|remains? (?:correct|the same)|same (?:result|answer)|as before|was (?:right|correct))\b|[✓✔✅]/i

const lengths =
  'mm|cm|dm|km|m|ft|yd|mi|inch|inches|foot|feet|yards?|miles?|(?:milli|centi|kilo|deci)?met(?:er|re)s?|light[- ]years?'
const others =
  "kg|mg|g|grams?|kilograms?|lbs?|pounds?|ounces?|oz|tons?|tonnes?|ml|l|lit(?:er|re)s?|milliliters?|gallons?|quarts?|pints?|cups?|s|sec|seconds?|min|minutes?|h|hrs?|hours?|days?|weeks?|months?|years?|mph|kph|degrees?|radians?|rad|percent|percentage points|per cent|cents?|units?|moles?|mol|eV|newtons?|joules?|watts?|volts?|ohms?|hertz|hz|kelvin|k|a\\.m\\.|p\\.m\\.|am|pm|AM|PM|o'clock|hundred|thousand|million|billion|trillion|dozen"
const unit = `(?:${lengths}|${others})`

/** `\mathrm{~km} / \mathrm{s}`, `\text{cm}^{-3}` */
const marked = String.raw`\\(?:text|mathrm|textrm|mbox)\s*\{[^{}]{1,40}\}(?:\s*\^\{?-?\d\}?)?`
const compound = String.raw`(?:\/[ \t]*)?${marked}(?:[ \t]*(?:\/|\\cdot(?![A-Za-z]))?[ \t]*${marked})*`

/** Units that belong to the value before them; counted things (`apples`) and `dollars` do not change it and are left. */
export const unitBehind = new RegExp(
  String.raw`^(?:[ \t~]|\\[,; ])*(?:\\?%|\^?\{?\\circ\}?|\^\{\\prime(?:\s*\\prime)?\}|°[CF]?|${compound}|(?:(?:square|cubic|sq\.?|cu\.?)[ \t-]+)?${unit}(?:\^\{?-?\d\}?|[²³])?(?:\/${unit}(?:\^\d|[²³])?)?(?![A-Za-z]))(?:[ \t]+(?:squared|cubed)\b)?(?:[ \t]+(?:per|an?)[ \t]+(?:square[ \t]+|cubic[ \t]+)?[a-z]{1,12}\b)?(?:[ \t]+dollars\b)?`,
)

export const ofEquations =
  /\b(?:equation|line|circle|ellipse|parabola|hyperbola|plane|curve|relation|formula|function|identity|constraint|inequality|solution set|asymptotes?|directrix|tangent)\b/i
export const ofRounding =
  /\b(?:round(?:ed|ing|s)?|nearest|decimal places?|significant figures?|to the (?:tenth|hundredth))\b/i

/** A number behind these is a label. */
export const labelBefore =
  /\b(?:steps?|case|part|equation|eq\.?|problem|question|figure|table|method|theorem|section|exercise|example|option|round|level|chapter|lemma|formula|row|column|line|page|no\.)\s*[(#]?$|#$/i

export const numberWord =
  /\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)\b/gi

/** Results that are words; the group reaches to the end of the match. */
export const wordedResult =
  /^(?![\s*_>]*(?:if|when|suppose)\b)(?=.{0,300}$)[^?]*?\b(?:is|are|has|have|equation|limit|series|integral|it|that|sum|system|:)\s+((?:no (?:real |integer |positive )?solutions?|does not exist|do not exist|undefined|infinitely many(?: solutions)?|all real numbers(?: (?:except|other than|greater|less|between|such)[^.]{1,60})?|the empty set|diverges|diverge|divergent))(?=[\s.!*_)]*$)/i
