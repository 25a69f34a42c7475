/**
 * The tree that the reader builds from an answer. It is the only thing that is ever evaluated, never the text itself.
 * Whatever is not listed here cannot be asked for by an answer.
 */
import type { Rational } from '../value/rational.js'

export type Node = Scalar | Quantity | Statement | Collection | Matrix | Words

/** Has a value once its names have one. */
export type Scalar =
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'constant'; readonly name: 'pi' | 'e' | 'i' | 'infinity' }
  /** A name: `x`, `x_1`, `alpha`. The sign of `±` is the name `signName`: 1 in one reading, -1 in the other. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'add' | 'multiply' | 'divide' | 'power'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'apply'; readonly name: FunctionName; readonly args: readonly Node[] }
  /** A function that only the answer knows, e.g. `f(x)` or `y'`: one prime more is one order more. */
  | { readonly kind: 'call'; readonly name: string; readonly primes: number; readonly args: readonly Node[] }
  | {
      readonly kind: 'sum' | 'product'
      readonly name: string
      readonly from: Node
      readonly to: Node
      readonly body: Node
    }
  /** Without bounds it is an antiderivative. */
  | {
      readonly kind: 'integral'
      readonly name: string
      readonly from?: Node
      readonly to?: Node
      readonly body: Node
    }
  | {
      readonly kind: 'limit'
      readonly name: string
      readonly to: Node
      readonly side: 'left' | 'right' | 'both'
      readonly body: Node
    }
  | { readonly kind: 'derivative'; readonly name: string; readonly order: number; readonly body: Node }
  /** The first piece whose condition holds; a piece without one holds otherwise. */
  | { readonly kind: 'cases'; readonly pieces: readonly { readonly value: Node; readonly when?: Node }[] }

export type Quantity =
  | { readonly kind: 'percent'; readonly value: Node }
  /** The unit as written in one spelling of blanks and powers: `km/h`, `cm^2`, `dollar`, `red apples`. */
  | { readonly kind: 'quantity'; readonly value: Node; readonly unit: string }
  | { readonly kind: 'ratio'; readonly parts: readonly Node[] }

/** True or false once its names have values. */
export type Statement =
  /** `a < b <= c` has three sides and two signs. */
  | { readonly kind: 'relation'; readonly sides: readonly Node[]; readonly signs: readonly Sign[] }
  | { readonly kind: 'congruence'; readonly left: Node; readonly right: Node; readonly modulus: Node }
  | { readonly kind: 'member'; readonly left: Node; readonly right: Node; readonly negated: boolean }
  | { readonly kind: 'not'; readonly inner: Node }
  | { readonly kind: 'and' | 'or' | 'xor' | 'implies' | 'iff'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'truth'; readonly value: boolean }
  /** `x = pi/4 + k pi, k in Z`: a statement or value for every value of a name that the condition allows. */
  | { readonly kind: 'family'; readonly body: Node; readonly where: Node }

export type Sign = '=' | '!=' | '<' | '>' | '<=' | '>=' | '~'

export type Collection =
  /** Two items and more in brackets, or any number in braces or angles: a tuple, an interval, a set. */
  | { readonly kind: 'group'; readonly open: Open; readonly close: Close; readonly items: readonly Node[] }
  /** Items without brackets: `1, 2 and 3`, `x = 1 or x = 2`. */
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'union' | 'intersection' | 'difference'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'named-set'; readonly name: SetName }
  /** `{ x | x > 2 }`, `{ 2k : k in Z }` */
  | { readonly kind: 'builder'; readonly element: Node; readonly where: Node }

export type Open = '(' | '[' | '{' | '<'
export type Close = ')' | ']' | '}' | '>'
export type SetName = 'reals' | 'integers' | 'naturals' | 'rationals' | 'complexes' | 'empty'

/** rows[row][column]; the fence `|` makes it a determinant. */
export interface Matrix {
  readonly kind: 'matrix'
  readonly fence: '(' | '[' | '{' | '|' | '||' | ''
  readonly rows: readonly (readonly Node[])[]
}

/** Plain words where an item is expected, e.g. `no solution`, `red`; as written, without marks around them. */
export interface Words {
  readonly kind: 'words'
  readonly text: string
}

export type KindOf<K extends Node['kind']> = Extract<Node, { readonly kind: K }>

/** The sign that ± stands for. */
export const signName = '±'

/** Functions of a fixed meaning. Angles are in radians; `log` without a base is `log` of one argument, with one `log(x, base)`. */
export const functionNames = [
  'sqrt',
  'root',
  'ln',
  'log',
  'exp',
  'abs',
  'sgn',
  'floor',
  'ceil',
  'round',
  'factorial',
  'doublefactorial',
  'binomial',
  'permutations',
  'gcd',
  'lcm',
  'max',
  'min',
  'mod',
  're',
  'im',
  'conjugate',
  'arg',
  'sin',
  'cos',
  'tan',
  'cot',
  'sec',
  'csc',
  'arcsin',
  'arccos',
  'arctan',
  'arccot',
  'arcsec',
  'arccsc',
  'sinh',
  'cosh',
  'tanh',
  'coth',
  'sech',
  'csch',
  'arsinh',
  'arcosh',
  'artanh',
] as const
export type FunctionName = (typeof functionNames)[number]
