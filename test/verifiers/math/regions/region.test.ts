import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Budget } from '../../../../src/verifiers/math/budget.js'
import { type How, unsure } from '../../../../src/verifiers/math/finding.js'
import { defaultPolicy } from '../../../../src/verifiers/math/policy.js'
import { cutAt } from '../../../../src/verifiers/math/regions/cut.js'
import {
  complement,
  difference,
  holds,
  intersection,
  isSame,
  nothing,
  pointAt,
  type Region,
  span,
  union,
} from '../../../../src/verifiers/math/regions/region.js'
import { rootsOf } from '../../../../src/verifiers/math/regions/roots.js'
import { integer } from '../../../../src/verifiers/math/value/rational.js'

const how = (): How => ({
  policy: defaultPolicy,
  budget: new Budget(400_000),
  same: () => unsure('test', 'not asked'),
})
const at = (n: number) => cutAt(integer(n))
const part = fc
  .tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: 0, max: 5 }), fc.boolean(), fc.boolean())
  .map(
    ([low, width, left, right]): Region =>
      width === 0 ? pointAt(at(low)) : span({ cut: at(low), closed: left }, { cut: at(low + width), closed: right }),
  )
const region = fc.array(part, { maxLength: 4 }).map((parts) => parts.reduce((a, b) => union(a, b, how()), nothing))
const halves = Array.from({ length: 31 }, (_, index) => ({ n: BigInt(index - 15), d: 2n })).map((value) =>
  cutAt(value.n % 2n === 0n ? integer(value.n / 2n) : value),
)
const members = (one: Region) => halves.map((place) => holds(one, place, how()))

test('union, intersection, difference and complement hold point by point', () => {
  fc.assert(
    fc.property(region, region, (a, b) => {
      const [ours, theirs] = [members(a), members(b)]
      const by = (join: (x: boolean, y: boolean) => boolean) =>
        ours.map((x, index) => join(x, theirs[index] as boolean))
      expect(members(union(a, b, how()))).toEqual(by((x, y) => x || y))
      expect(members(intersection(a, b, how()))).toEqual(by((x, y) => x && y))
      expect(members(difference(a, b, how()))).toEqual(by((x, y) => x && !y))
      expect(members(complement(a))).toEqual(ours.map((x) => !x))
      const equal = ours.every((x, index) => x === theirs[index])
      expect(isSame(a, b, how())).toBe(equal)
    }),
    { seed: 5, numRuns: 200 },
  )
})

const product = (zeros: readonly number[]) =>
  zeros.reduce<bigint[]>(
    (p, zero) =>
      Array.from({ length: p.length + 1 }, (_, index) => (p[index - 1] ?? 0n) - BigInt(zero) * (p[index] ?? 0n)),
    [1n],
  )

test('whole zeros of a product of linear factors are found exactly, repeated ones once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 7 }), (zeros) => {
      const found = rootsOf(product(zeros), new Budget(400_000)).map(({ low, high }) => {
        expect(low).toEqual(high)
        return Number(low.n) / Number(low.d)
      })
      expect(found).toEqual([...new Set(zeros)].toSorted((a, b) => a - b))
    }),
    { seed: 5, numRuns: 100 },
  )
})

test('irrational zeros lie apart from rational ones', () => {
  // (x² - 2)(x - 1)
  const [first, second, third, more] = rootsOf([2n, -2n, -1n, 1n], new Budget(400_000))
  expect(more).toBeUndefined()
  expect(second?.low).toEqual(second?.high)
  expect(first?.node).toBeDefined()
  expect(third?.node).toBeDefined()
})
