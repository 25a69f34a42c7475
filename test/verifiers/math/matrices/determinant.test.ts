import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget, OverBudget } from '../../../../src/verifiers/math/budget.js'
import { isZero, numeral, over, times } from '../../../../src/verifiers/math/matrices/arithmetic.js'
import { determinant } from '../../../../src/verifiers/math/matrices/determinant.js'
import { evaluated, identity, type Rows } from '../../../../src/verifiers/math/matrices/evaluate.js'
import type { Node } from '../../../../src/verifiers/math/tree/node.js'

const budget = () => new Budget(400_000)
const rowsOf = (numbers: readonly (readonly number[])[]): Rows => numbers.map((row) => row.map((n) => numeral(n)))
const matrix = (rows: Rows): Node => ({ kind: 'matrix', fence: '(', rows })
const variable = (name: string): Node => ({ kind: 'variable', name })
const product = (left: Node, right: Node): Node => ({ kind: 'multiply', left, right })
const power = (left: Node, right: Node): Node => ({ kind: 'power', left, right })

test.each([
  [[[7]], 7],
  [
    [
      [1, 2],
      [3, 4],
    ],
    -2,
  ],
  [
    [
      [2, 0, 1],
      [1, 3, 2],
      [1, 1, 4],
    ],
    18,
  ],
  [
    [
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ],
    1,
  ],
])('the determinant of %j is %i', (numbers, value) => {
  expect(determinant(rowsOf(numbers), budget())).toEqual(numeral(value))
})

test('names stay names in a determinant', () => {
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(variable) as [Node, Node, Node, Node]
  const value = determinant(
    [
      [a, b],
      [c, d],
    ],
    budget(),
  )
  expect(JSON.stringify(value, (_, v) => (typeof v === 'bigint' ? Number(v) : v))).toContain('"name":"a"')
})

test.each([
  ['no square', [[1, 2]]],
  ['larger than six', Array.from({ length: 7 }, () => Array.from({ length: 7 }, () => 1))],
  ['ragged', [[1, 2], [3]]],
  ['empty', []],
])('a matrix that is %s has no determinant here', (_, numbers) => {
  expect(determinant(rowsOf(numbers), budget())).toBeUndefined()
})

test('a determinant that costs more than the budget is not worked out', () => {
  const rows = rowsOf(Array.from({ length: 6 }, () => [1, 2, 3, 4, 5, 6]))
  expect(() => determinant(rows, new Budget(20))).toThrow(OverBudget)
})

const square = (size: number) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  })

test('the determinant of a product is the product of the determinants, and an inverse undoes its matrix', () => {
  const pair = fc.integer({ min: 1, max: 5 }).chain((size) => fc.tuple(square(size), square(size)))
  fc.assert(
    fc.property(pair, ([left, right]) => {
      const [a, b] = [rowsOf(left), rowsOf(right)]
      const value = evaluated(product(matrix(a), matrix(b)), budget())
      const [x, y] = [determinant(a, budget()) as Node, determinant(b, budget()) as Node]
      expect(value?.kind === 'matrix' && determinant(value.rows, budget())).toEqual(times(x, y))
      const back = power(matrix(a), numeral(-2))
      if (isZero(x)) {
        expect(evaluated(back, budget())).toBeUndefined()
        return
      }
      const unit = evaluated(product(product(matrix(a), matrix(a)), back), budget())
      expect(unit).toEqual({ kind: 'matrix', rows: identity(a.length) })
    }),
    { seed: 5, numRuns: 60 },
  )
})

test('powers, transposes and quotients are worked out entry by entry', () => {
  const a = matrix(
    rowsOf([
      [1, 2],
      [3, 4],
    ]),
  )
  expect(evaluated(power(a, numeral(2)), budget())).toEqual({
    kind: 'matrix',
    rows: rowsOf([
      [7, 10],
      [15, 22],
    ]),
  })
  expect(evaluated(power(a, variable('T')), budget())).toEqual({
    kind: 'matrix',
    rows: rowsOf([
      [1, 3],
      [2, 4],
    ]),
  })
  const half = (n: number) => over(numeral(n), numeral(2))
  expect(evaluated(power(a, numeral(-1)), budget())).toEqual({
    kind: 'matrix',
    rows: [
      [numeral(-2), numeral(1)],
      [half(3), half(-1)],
    ],
  })
})

test.each([
  ['a singular matrix has no inverse', power(matrix(rowsOf([[0]])), numeral(-1))],
  ['sizes that do not fit have no product', product(matrix(rowsOf([[1, 2]])), matrix(rowsOf([[1, 2]])))],
  ['a huge power is not worked out', power(matrix(rowsOf([[2]])), numeral(10n ** 9n))],
])('%s', (_, node) => {
  expect(evaluated(node, budget())).toBeUndefined()
})
