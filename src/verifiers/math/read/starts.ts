/** Can an operand begin here, side by side with the one before? */
import type { Cursor } from './cursor.js'
import { connectives, constants, functions, greek } from './vocabulary.js'

const opening = new Set(['(', '[', '{', '\\{', '\\lvert', '\\lfloor', '\\lceil', '<<'])

export function startsOperand(c: Cursor): boolean {
  const { type, text, roman } = c.token
  switch (type) {
    case 'number':
    case 'set':
      return true
    case 'name':
      return !isUnitName(c)
    case 'differential':
      return c.integrals > 0 && c.nesting > c.integrandNesting
    case 'word':
      return (!roman || functions.has(text) || constants.has(text) || text === 'cis') && isMathematical(text)
    case 'command':
      return !closing.has(text)
    case 'sign':
      if (text === '|' || text === '\\|') return c.bars === 0 && !c.builder
      return opening.has(text)
    default:
      return false
  }
}

/** `4 \text{ m}`: a unit of one letter; `\mathrm{e}` and `\mathrm{i}` are constants, `2\text{A}_{16}` is a numeral. */
const isUnitName = (c: Cursor) =>
  c.token.roman && c.previous?.type === 'number' && c.token.text !== 'e' && c.token.text !== 'i' && !c.isAhead(1, '_')

const closing = new Set(['end', 'right'])

/** A word with a value, or one that is applied to a value. */
export const isMathematical = (word: string) =>
  !connectives.has(word) &&
  (functions.has(word) || constants.has(word) || greek.has(word) || sympy.has(word) || word === 'cis' || word === 'det')

export const sympy = new Set(
  `Rational Integer Float Matrix FiniteSet Interval Union Intersection Complement Tuple Eq Ne Lt Le Gt Ge And Or Not Piecewise
  EmptySet Reals Integers Naturals Binomial Pow Mul Add`.split(/\s+/),
)
