import { expect, test } from 'vitest'
import { generateProblems } from '../../src/problems/generate.js'
import { agreed, type Generator, mathFamily } from '../../src/problems/generators/generator.js'
import { generators } from '../../src/problems/generators/index.js'

const few = mathFamily({
  id: 'few',
  levels: 2,
  describe: 'three different problems on each level',
  draft: (level, random) => {
    const n = random.int(1, 3) + level * 10
    return { statement: `What is ${n}?`, gold: String(n), worked: [], skills: ['x'], wrong: [] }
  },
})
const make = (family: Generator, options: { levels: number[]; count: number; seed?: number }) => [
  ...generateProblems(family, { seed: 0, ...options }),
]

test('levels take turns and no problem comes twice', () => {
  const problems = make(few, { levels: [0, 1], count: 6 })
  expect(problems.map(({ level }) => level)).toEqual([0, 1, 0, 1, 0, 1])
  expect(new Set(problems.map(({ statement }) => statement)).size).toBe(6)
})

test('a level that is used up is told, and so is one that does not exist', () => {
  expect(() => make(few, { levels: [0], count: 4 })).toThrow('few has no more than 3 different problems')
  expect(() => make(few, { levels: [2], count: 1 })).toThrow('few has no level 2')
})

test('fewer problems of the same seed are the first of more', () => {
  const family = generators['string-rules']
  const many = make(family, { levels: [0, 1, 2], count: 12, seed: 5 })
  expect(make(family, { levels: [0, 1, 2], count: 7, seed: 5 })).toEqual(many.slice(0, 7))
  expect(make(family, { levels: [0, 1, 2], count: 7, seed: 6 })).not.toEqual(many.slice(0, 7))
})

test.each(Object.values<Generator>(generators).map((family) => [family.id, family] as const))(
  '%s has at least 60 different problems on each level',
  (_, family) => {
    for (let level = 0; level < family.levels; level++) {
      expect(make(family, { levels: [level], count: 60, seed: 11 })).toHaveLength(60)
    }
  },
)

test('no problem comes of two computations that differ', () => {
  expect(agreed('sum', 4, 4)).toBe(4)
  expect(() => agreed('sum', 4, 5)).toThrow('sum: two computations differ: 4 and 5')
})

test('solutions of linear equations hold when they are put into the printed equation', () => {
  for (let level = 0; level < 6; level++) {
    for (const { statement, check } of make(generators['linear-equation'], { levels: [level], count: 40 })) {
      const [top, bottom = 1] = (check.type === 'answer' ? check.gold : '').split('/').map(Number)
      const text = statement.replace('Solve for x: ', '').replace(/(\d)(?=[x(])/g, '$1*')
      const side = (source: string) =>
        new Function('x', `return ${source.replace(/^-x/, '-1*x')}`)(top! / bottom!) as number
      const [left, right] = text.split(' = ')
      expect(Math.abs(side(left!) - side(right!)), statement).toBeLessThan(1e-9)
    }
  }
})

test('arithmetic chains mean what JavaScript reads in them', () => {
  for (const { statement, check } of make(generators['arithmetic-chain'], { levels: [0, 1, 2, 3, 4, 5], count: 120 })) {
    const value = new Function(`return ${statement.slice('What is '.length, -1)}`)() as number
    expect(check, statement).toEqual({ type: 'answer', gold: String(value) })
  }
})
