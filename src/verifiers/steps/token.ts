/** What the text of a solution is cut into before any of it is read as arithmetic. */
import type { Rational } from '../math/value/rational.js'

export type TokenKind =
  | 'number'
  | 'word'
  /** A letter that stands for a number: `x`, `\alpha`. One-letter words are words until the reader decides. */
  | 'name'
  /** text: + - * / ^ */
  | 'operator'
  /** text: = or ≈ */
  | 'equals'
  | 'open'
  | 'close'
  /** A sign of currency; also the fence of TeX mathematics. */
  | 'money'
  | 'percent'
  | 'factorial'
  /** text: frac or sqrt */
  | 'function'
  /** The end of a clause: no equation crosses it. */
  | 'break'
  /** The end of a line: an equation crosses it only where a relation stands beside it. */
  | 'line'
  /** A calculator annotation `<<48/2=24>>`. */
  | 'mark'
  /** Mathematics that is not read here, e.g. a clock time or `\int`. */
  | 'opaque'

export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  readonly text: string
  /** No blank stands before it. */
  readonly glued: boolean
  readonly value?: Rational
  /** Digits behind the point. */
  readonly decimals?: number
}
