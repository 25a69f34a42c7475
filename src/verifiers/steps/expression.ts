/** The tree of a calculation as it stands in prose. Positions are offsets in the text. */
import type { Rational } from '../math/value/rational.js'
import type { Token } from './token.js'

export interface NumberNode {
  readonly kind: 'number'
  readonly value: Rational
  readonly decimals: number
  readonly percent: boolean
  /** The sign of currency before or behind it. */
  readonly money: string
  /** The words behind it, lower case: `miles`, `per`, `hour`. A stroke between them is the word `per`. */
  readonly words: readonly string[]
}

export type Expression =
  | NumberNode
  /** unit: it stands behind a number, where `5 m` may be five metres. */
  | { readonly kind: 'name'; readonly name: string; readonly unit: boolean }
  | { readonly kind: 'binary'; readonly op: Op; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'minus' | 'root' | 'factorial'; readonly inner: Expression }
  /** `5 ft 3 in` */
  | { readonly kind: 'compound'; readonly parts: readonly NumberNode[] }
  /** Cannot be read, so nothing that holds it is judged. */
  | { readonly kind: 'opaque' }

export type Op = '+' | '-' | '*' | '/' | '^'

export const opaque: Expression = { kind: 'opaque' }

/** A stretch of tokens that reads as one calculation. */
export interface Run {
  readonly expression: Expression
  /** Indices into the statement's tokens: the first, one past the last that counts, one past the words behind it. */
  readonly from: number
  readonly to: number
  readonly wordsTo: number
  /** Operators written; 0 for a lone number. */
  readonly operators: number
  readonly hasNames: boolean
  readonly hasOpaque: boolean
  /** An operator with something else than a number before it stands to its left. */
  readonly dangling: boolean
}

export const spanOf = (tokens: readonly Token[], run: Run): readonly [number, number] => [
  tokens[run.from]?.start ?? 0,
  tokens[run.to - 1]?.end ?? 0,
]
