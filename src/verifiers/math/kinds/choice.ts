/**
 * Letters of a multiple choice: `(B)`, `B. 12`, `Option B`, `A and C`. A small letter is one only behind the word. What
 * follows the letter is the option's text, which an answer without any letter may give as well.
 */
import { type Finding, no, unsure, yes } from '../finding.js'
import { defineKind } from './kind.js'
import { spoken } from './spoken.js'

interface Choice {
  /** In order, each once. */
  readonly letters: string
  /** What stands behind a single letter; empty when there are only letters. */
  readonly rest: string
  /** The letters are offered (`A or B`) rather than given. */
  readonly offered?: boolean
  /** The option's text without its letter. */
  readonly textOnly?: boolean
}

const layer = 'choice'

/** Before every kind that reads a letter as a name. */
export const choiceKind = defineKind<Choice>({
  id: 'choice',
  read: (answer, _how, other) => {
    if (!hint.test(answer.text) && !hint.test(other.text)) return undefined
    const text = spoken(answer)
    if (text === '') return undefined
    const own = onlyLetters(text)
    if (own) return own
    const company = spoken(other)
    const beside = onlyLetters(company)
    if (beside) return joined(text, beside) ?? withText(text, true)
    const marked = withText(text, false)
    if (marked) return withText(company, false) || plain(company) === plain(marked.rest) ? marked : undefined
    const theirs = withText(company, false)
    return theirs && plain(theirs.rest) === plain(text) ? { letters: '', rest: text, textOnly: true } : undefined
  },
  same: sameChoice,
})

const maxChars = 60
/** One of two answers holds a capital or the word, or there is no choice: spares the work for most pairs. */
const hint = /[A-Z]|option|choice|answer|letter/
const lead =
  /^(?:(?:the )?(?:(?:final|correct|best|right) )?(?:answers?|options?|choices?|letters?)(?: (?:is|are))?\s*[:=]?\s*)+(?=\W*[A-Za-z](?![A-Za-z]))/i

function onlyLetters(text: string): Choice | undefined {
  if (text.length > maxChars || !/^[([A-Za-z]/.test(text)) return undefined
  const bare = text.replace(lead, '')
  const found: string[] = []
  const parts = bare.replace(/^(?:only|both|just) | only$/i, '').split(/\s*(?:[,;&]|(?<![A-Za-z])and(?![A-Za-z]))\s*/)
  const offered = parts.flatMap((part) => part.split(/\s+or\s+/))
  for (const part of offered.filter((one) => one !== '')) {
    const letter = /^([([]?)([A-Za-z])([)\]]?)[.:]?$/.exec(part)
    if (!letter?.[2] || !(bare.length < text.length || letter[2] < 'a')) return undefined
    found.push(letter[2].toUpperCase())
  }
  // Repeats are a sequence of outcomes, e.g. of coins, and no choice.
  if (found.length === 0 || new Set(found).size < found.length) return undefined
  return { letters: found.sort().join(), rest: '', offered: offered.length > parts.length }
}

/** `AC` beside letters with commas. */
const joined = (text: string, beside: Choice): Choice | undefined =>
  beside.letters.length > 1 &&
  /^[A-H]{2,8}$/.test(text) &&
  [...text].every((char, i) => i === 0 || char > (text[i - 1] ?? ''))
    ? { letters: [...text].join(), rest: '' }
    : undefined

/** A letter and the text of its option. loose: a blank may follow the letter, because the other side is a letter. */
function withText(text: string, loose: boolean): Choice | undefined {
  const body = text.replace(lead, '')
  const head = /^(?:[([]([A-Z])[)\]]|([A-J])[.):])[.:]?\s*(?=\S)/.exec(body)
  // `A: 3, B: 5` gives a value for each.
  if (head && /[,;]\s*[([]?[A-Z](?:[)\]]|[.:)])\s*\S/.test(body)) return undefined
  if (head) return { letters: (head[1] ?? head[2]) as string, rest: body.slice(head[0].length) }
  const blank = loose ? /^([A-J])(?: +[-–—:]? *)(?=[\w\\(])/.exec(body) : null
  if (!blank?.[1] || /^[AI] (?!is )[a-z]/.test(body)) return undefined
  return { letters: blank[1], rest: body.slice(blank[0].length) }
}

/** What follows the letter doubts it, rather than giving the option's text. */
const takenBack = (rest: string) =>
  /^\W*(?:or|nor|and|not)\b|\b(?:wait|wrong|incorrect|maybe|isn't|is not|or not)\b/i.test(rest)

/** Another letter stands alone in the text; `A` and `I` before a word are words themselves. */
const namesAnother = (rest: string, letter: string) =>
  [...rest.matchAll(/(?<![\w'])([A-J])(?![\w'])(?!(?<=[AI]) [a-z])/g)].some((match) => match[1] !== letter)

const plain = (text: string) => text.toLowerCase().replace(/\s+|[.\s]+$/g, '')

function sameChoice(a: Choice, b: Choice): Finding {
  if (a.textOnly || b.textOnly) return yes(layer, "the option's text")
  if (a.offered || b.offered) return unsure(layer, 'letters that are only offered')
  for (const { letters, rest } of [a, b]) {
    if (rest && (takenBack(rest) || (a.letters === b.letters && namesAnother(rest, letters))))
      return unsure(layer, 'more than one letter, or one that is taken back')
  }
  if (a.letters !== b.letters) return no(layer, `expected ${a.letters}, got ${b.letters}`)
  if (a.rest && b.rest && plain(a.rest) !== plain(b.rest)) return unsure(layer, 'the same letter with another text')
  return yes(layer, 'the same letters')
}
