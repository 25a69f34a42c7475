/** Answers that say that there is no value: no solution, does not exist, undefined, without bound. */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import { isZero } from '../matrices/arithmetic.js'
import { cutOf } from '../regions/cut.js'
import { infinityOf } from '../regions/infinity.js'
import { isConstant } from '../regions/statement.js'
import { settled } from '../regions/unsettled.js'
import type { Node } from '../tree/node.js'
import { type Answer, defineKind } from './kind.js'
import { namedValue } from './named-value.js'
import { spoken } from './spoken.js'
import { comparable } from './words.js'

type Absence =
  | 'empty'
  | 'does-not-exist'
  | 'undefined'
  | 'indeterminate'
  | 'infinitely-many'
  | 'infinity'
  | 'minus-infinity'
  | 'diverges'
  | 'converges'
  | 'not-determined'

const things =
  '(?:solutions?|roots?|zeros?|values?|numbers?|integers?|pairs?|triples?|answers?|real|x-intercepts?|intersections?|elements?)'

/** Words as `comparable` leaves them. The first that fits counts. */
const spellings: readonly (readonly [Absence, RegExp])[] = [
  [
    'infinitely-many',
    new RegExp(
      `^(?:an )?(?:infinite(?:ly)?|infinite number of|infinity)(?: many)?(?: real)? (?:many|${things})(?: exist)?$`,
    ),
  ],
  [
    'infinitely-many',
    /^(?:infinitely many|infinite number|infinite solutions?|infinite number of solutions|has infinitely many solutions)$/,
  ],
  [
    'empty',
    new RegExp(
      `^(?:(?:has|have|equation has|system has|inequality has|exists?) )?no (?:(?:real|integer|rational|possible|such|valid|positive|complex|common|other|further) )*(?:${things}|x|n)(?: (?:exists?|for x|possible|in (?:real numbers|reals)|over (?:real numbers|reals)))?$`,
    ),
  ],
  [
    'empty',
    /^(?:none|empty|empty set|null set|void|impossible|is impossible|not possible|not solvable|unsolvable|inconsistent|system is inconsistent|solution set is empty|never|no one|\\emptyset|\\varnothing)$/,
  ],
  [
    'does-not-exist',
    /^(?:dne|d n e|does not exist|do not exist|not exist|is nonexistent|nonexistent|no limit|no limit exists|limit dne|limit does not exist)$/,
  ],
  ['undefined', /^(?:undefined|is undefined|not defined|is not defined|undef|nan|not a number)$/],
  ['indeterminate', /^(?:indeterminate|is indeterminate|indeterminate form)$/],
  [
    'minus-infinity',
    /^(?:negative infinity|minus infinity|-infinity|(?:diverges|tends|goes|approaches) to (?:-|negative |minus )infinity)$/,
  ],
  [
    'infinity',
    /^(?:infinity|infinite|inf|oo|positive infinity|plus infinity|\+infinity|is infinite|unbounded|(?:diverges|tends|goes|approaches) to (?:positive |plus |\+)?infinity)$/,
  ],
  [
    'diverges',
    /^(?:(?:it|series|sum|integral|sequence|limit|improper integral) )?(?:diverges|diverge|is divergent|divergent|does not converge|not convergent|is not convergent)$/,
  ],
  [
    'converges',
    /^(?:(?:it|series|sum|integral|sequence|improper integral) )?(?:converges|converge|is convergent|convergent)$/,
  ],
  [
    'not-determined',
    /^(?:(?:can not|not|could not) be (?:determined|found|known)|can not (?:determine|tell|say)|not enough information|insufficient (?:information|data)|not enough data|undeterminable|undetermined|indeterminable|unknown)$/,
  ],
]

/** Whether two of them may be said of the same: those of one set are left open, all other pairs differ. */
const near: readonly ReadonlySet<Absence>[] = [
  new Set(['empty', 'undefined', 'does-not-exist']),
  new Set(['undefined', 'indeterminate']),
  new Set(['does-not-exist', 'diverges', 'undefined']),
  new Set(['diverges', 'infinity']),
  new Set(['diverges', 'minus-infinity']),
  new Set(['infinitely-many', 'infinity']),
  new Set(['not-determined', 'indeterminate']),
]

/** The kind of absence that plain words say. */
function absenceIn(answer: Answer): Absence | undefined {
  const { node } = answer
  if (node?.kind === 'named-set') return node.name === 'empty' ? 'empty' : undefined
  if (node?.kind === 'group') return node.open === '{' && node.items.length === 0 ? 'empty' : undefined
  if (node && node.kind !== 'words') {
    const endless = infinityOf(node)
    return endless === 1 ? 'infinity' : endless === -1 ? 'minus-infinity' : undefined
  }
  const words = comparable(spoken(answer).replace(/\\(?:infty|infinity)(?![A-Za-z])/g, 'infinity'))
  return words.length > 80 ? undefined : spellings.find(([, pattern]) => pattern.test(words))?.[0]
}

/** An answer that says that nothing fits. */
export const saysEmpty = (answer: Answer): boolean => absenceIn(answer) === 'empty'

/** Among what nothing was found: no real root says less than no complex one. */
const among = (answer: Answer): string =>
  [...spoken(answer).matchAll(/\b(?:real|integer|rational|positive|complex|common)\b/gi)]
    .map(([word]) => word.toLowerCase())
    .sort()
    .join(' ')

interface Said {
  readonly among?: string
  /** A value that there is, beside an answer that says there is none. */
  readonly absence: Absence | 'value' | 'zero'
}

/** Constants, names with a constant value, points, and sets that are not empty. */
function isValue(node: Node, how: How): boolean {
  if (node.kind === 'group' || node.kind === 'list')
    return node.items.length > 0 && node.items.every((item) => isValue(item, how))
  const named = namedValue(node)
  if (named) return isValue(named.value, how)
  return isConstant(node) && settled(() => cutOf(node, how)) !== undefined
}

/** Exclusive: beside a number it is another answer. Behind the interval, of which the empty set is one. */
export const noneKind = defineKind<Said>({
  id: 'none',
  exclusive: true,
  read: (answer, how, other) => {
    const absence = absenceIn(answer)
    if (absence) return { absence, among: among(answer) }
    const beside = answer.node && other.node?.kind === 'words' ? absenceIn(other) : undefined
    return beside && answer.node && isValue(answer.node, how)
      ? { absence: isZero(answer.node) ? 'zero' : 'value' }
      : undefined
  },
  same: ({ absence: a, among: one }, { absence: b, among: other }): Finding => {
    if (a === 'value' || a === 'zero') return besideValue(b, a)
    if (b === 'value' || b === 'zero') return besideValue(a, b)
    if (a === b && one && other && one !== other) return no('structure', `no ${one} one, and no ${other} one`)
    if (a === b) return yes('structure', `both say ${a}`)
    const open = near.some((set) => set.has(a) && set.has(b))
    return open ? unsure('structure', `${a} against ${b}`) : no('structure', `${a} against ${b}`)
  },
})

/** None of something may be counted as 0, and what converges has a value. */
function besideValue(said: Said['absence'], value: 'value' | 'zero'): Finding {
  const open = said === 'converges' || (said === 'empty' && value === 'zero')
  return open ? unsure('structure', `${said} against a value`) : no('structure', `${said} against a value`)
}
