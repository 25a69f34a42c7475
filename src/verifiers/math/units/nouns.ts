/** Words behind a number that are no unit of measure: things that are counted, and words that change the number. */

/** Words that change a number, or what is said about it: never taken for things counted. */
const changing = new Set(
  `half halves third thirds quarter quarters fourth fourths fifth fifths sixth sixths seventh sevenths eighth eighths ninth
  ninths tenth tenths hundredth hundredths thousandth thousandths hundred hundreds thousand thousands million millions
  billion billions trillion trillions dozen dozens score scores gross one two three four five six seven
  eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety first square squared
  cube cubed root roots power times plus minus over divided multiplied per percent percentage mod modulo factorial choose
  fold double twice thrice triple and but not nor wrong incorrect false true right more less fewer most least maybe
  perhaps probably about around approximately roughly exactly only almost nearly else other otherwise instead into then
  than with without from till until too isn't what who why how when where which here there now yes was were are
  the off error unknown undefined infinite infinity negative positive sure guess hundredfold tenfold
  sin cos tan cot sec csc log ln exp sqrt lim max min gcd lcm mod inf infty base binary hex octal where given for all
  correct answer answers both either neither none never always each`.split(/\s+/),
)

const irregular: Readonly<Record<string, string>> = {
  people: 'person',
  persons: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  mice: 'mouse',
  geese: 'goose',
  teeth: 'tooth',
  dice: 'die',
  oxen: 'ox',
  vertices: 'vertex',
  matrices: 'matrix',
  indices: 'index',
  leaves: 'leaf',
  loaves: 'loaf',
  knives: 'knife',
  lives: 'life',
  wolves: 'wolf',
  shelves: 'shelf',
  wives: 'wife',
  thieves: 'thief',
  calves: 'calf',
  potatoes: 'potato',
  tomatoes: 'tomato',
  movies: 'movie',
  cookies: 'cookie',
  pies: 'pie',
  ties: 'tie',
  shoes: 'shoe',
  phenomena: 'phenomenon',
}

/** Words for an outcome counted, which say no more than the number does. */
const outcomes = new Set(
  `way combination permutation arrangement possibility outcome choice option method selection solution value number case
  item thing total unit element member object piece result different distinct possible integer person student child
  point term`.split(/\s+/),
)

export const isNoun = (word: string) => /^[a-z]{3,}$/i.test(word) && !changing.has(word.toLowerCase())

export const isOutcome = (noun: string) => outcomes.has(noun)

export function singular(word: string): string {
  const lower = word.toLowerCase()
  const known = Object.hasOwn(irregular, lower) ? irregular[lower] : undefined
  if (known) return known
  if (lower.endsWith('ies') && lower.length > 4) return `${lower.slice(0, -3)}y`
  if (/(?:s|x|z|ch|sh)es$/.test(lower)) return lower.slice(0, -2)
  return lower.endsWith('s') && !/(?:ss|us|is)$/.test(lower) ? lower.slice(0, -1) : lower
}
