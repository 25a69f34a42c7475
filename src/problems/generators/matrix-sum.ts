import type { Rng } from '../../base/rng.js'
import { pythonLiteral } from '../literals.js'
import { agreed, type CodeDraft, codeFamily, drawUntil } from './generator.js'

type Matrix = readonly (readonly number[])[]

/** A condition on an entry: in words, in Python on i, j, x and m, and here. n is the size of the square matrix. */
interface Condition {
  readonly say: string
  readonly python: string
  holds(entry: { i: number; j: number; x: number; n: number }): boolean
}

const regions: readonly Condition[] = [
  { say: 'lie on the main diagonal', python: 'i == j', holds: ({ i, j }) => i === j },
  { say: 'lie above the main diagonal', python: 'j > i', holds: ({ i, j }) => j > i },
  { say: 'lie below the main diagonal', python: 'i > j', holds: ({ i, j }) => i > j },
  { say: 'lie in the first row', python: 'i == 0', holds: ({ i }) => i === 0 },
  { say: 'lie in the last column', python: 'j == len(m) - 1', holds: ({ j, n }) => j === n - 1 },
  {
    say: 'lie on the border (first or last row or column)',
    python: '(i in (0, len(m) - 1) or j in (0, len(m) - 1))',
    holds: ({ i, j, n }) => i === 0 || j === 0 || i === n - 1 || j === n - 1,
  },
  {
    say: 'stand where row number plus column number, counted from 0, is even',
    python: '(i + j) % 2 == 0',
    holds: ({ i, j }) => (i + j) % 2 === 0,
  },
]

const values: readonly ((random: Rng) => Condition)[] = [
  () => ({ say: 'are even', python: 'x % 2 == 0', holds: ({ x }) => x % 2 === 0 }),
  () => ({ say: 'are positive', python: 'x > 0', holds: ({ x }) => x > 0 }),
  (random) => {
    const k = random.int(-3, 6)
    return { say: `are at least ${k}`, python: `x >= ${k}`, holds: ({ x }) => x >= k }
  },
  (random) => {
    const k = random.int(3, 5)
    return { say: `are not divisible by ${k}`, python: `x % ${k} != 0`, holds: ({ x }) => x % k !== 0 }
  },
]

interface Weight {
  readonly say: string
  readonly python: string
  of(entry: { i: number; j: number; x: number }): number
}

/** What is added for each entry that fits. */
const weights: readonly ((random: Rng) => Weight)[] = [
  () => ({ say: 'the sum of the entries', python: 'x', of: ({ x }) => x }),
  () => ({ say: 'the number of entries', python: '1', of: () => 1 }),
  (random) => {
    const k = random.int(2, 9)
    return { say: `${k} times the sum of the entries`, python: `x * ${k}`, of: ({ x }) => x * k }
  },
  () => ({ say: 'the sum of the squares of the entries', python: 'x * x', of: ({ x }) => x * x }),
  () => ({
    say: 'the sum, over the entries, of the entry times its row number counted from 1,',
    python: 'x * (i + 1)',
    of: ({ x, i }) => x * (i + 1),
  }),
  () => ({
    say: 'the sum, over the entries, of the entry times its column number counted from 1,',
    python: 'x * (j + 1)',
    of: ({ x, j }) => x * (j + 1),
  }),
]

/** How many conditions on the place and on the value there are, and how many of the weights come in question, by level. */
const sizes = [
  { places: [1, 0], values: [0, 1], weights: 3 },
  { places: [1, 1], values: [1, 1], weights: 3 },
  { places: [1, 1], values: [1, 1], weights: 6 },
  { places: [2, 1], values: [1, 2], weights: 6 },
  { places: [2, 2], values: [2, 2], weights: 6 },
  { places: [3, 2], values: [2, 3], weights: 6 },
] as const

function total(m: Matrix, conditions: readonly Condition[], weight: Weight): number {
  let sum = 0
  for (const [i, row] of m.entries()) {
    for (const [j, x] of row.entries()) {
      const entry = { i, j, x, n: m.length }
      if (conditions.every(({ holds }) => holds(entry))) sum += weight.of(entry)
    }
  }
  return sum
}

/** The same by sieving a flat list of entries, condition after condition. */
function totalBySieve(m: Matrix, conditions: readonly Condition[], weight: Weight): number {
  const all = m.flatMap((row, i) => row.map((x, j) => ({ i, j, x, n: m.length })))
  return conditions
    .reduce((left, { holds }) => left.filter(holds), all)
    .reduce((sum, entry) => sum + weight.of(entry), 0)
}

function program(conditions: readonly Condition[], weight: Weight, name: string): string {
  const test = conditions.map(({ python }) => python).join(' and ')
  const loops = '    for i, row in enumerate(m):\n        for j, x in enumerate(row):\n'
  const add = test
    ? `            if ${test}:\n                total += ${weight.python}\n`
    : `            total += ${weight.python}\n`
  return `def ${name}(m):\n    total = 0\n${loops}${add}    return total\n`
}

const name = 'matrix_sum'

function drawConditions(random: Rng, size: (typeof sizes)[number]): readonly Condition[] {
  const form = random.int(0, 1)
  const places = random.shuffle(regions).slice(0, size.places[form])
  const chosen = random.shuffle(values).slice(0, size.values[form])
  return [...places, ...chosen.map((make) => make(random))]
}

/** True when the inputs give at least four results and each condition changes some of them. */
function tellsApart(conditions: readonly Condition[], weight: Weight, inputs: readonly Matrix[]): boolean {
  const results = (some: readonly Condition[]) => inputs.map((m) => total(m, some, weight))
  const all = results(conditions)
  if (new Set(all).size < 4) return false
  return conditions.every((left) => results(conditions.filter((one) => one !== left)).some((sum, i) => sum !== all[i]))
}

export const matrixSum = codeFamily({
  id: 'matrix-sum',
  levels: sizes.length,
  describe: 'a function that sums the entries of a square matrix that meet one up to five conditions',
  draft(level, random): CodeDraft {
    const size = sizes[level] as (typeof sizes)[number]
    const weight = random.pick(weights.slice(0, size.weights))(random)
    const matrix = (n: number): Matrix =>
      Array.from({ length: n }, () => Array.from({ length: n }, () => random.int(-9, 19)))
    const inputs = [matrix(3), matrix(1), ...[2, 3, 4, 4, 5, 6].map(matrix)]
    const conditions = drawUntil(
      () => drawConditions(random, size),
      (drawn) => tellsApart(drawn, weight, inputs),
    )
    const cases = inputs.map((m) => ({
      args: [m],
      expected: agreed(name, total(m, conditions, weight), totalBySieve(m, conditions, weight)),
    }))
    const which = conditions.length > 0 ? ` that ${conditions.map(({ say }) => say).join(' and ')}` : ''
    const task = `return ${weight.say}${which}.`
    const given = 'm is a square matrix of integers, given as a list of rows'
    const [example] = cases as [(typeof cases)[number]]
    const call = `${name}(${pythonLiteral(example.args[0] as Matrix)})`
    return {
      statement: `Write a Python function ${name}(m). ${given}; ${task}\nIf no entry counts, the result is 0.\nExample: ${call} returns ${example.expected}.`,
      check: { type: 'call', function: name, cases, compare: 'exact' },
      entryPoint: name,
      starter: `def ${name}(m):\n    """${given}; ${task}\n    If no entry counts, the result is 0.\n\n    >>> ${call}\n    ${example.expected}\n    """\n`,
      code: program(conditions, weight, name),
      skills: ['matrices'],
      wrong: wrongPrograms(conditions, weight),
    }
  },
})

function wrongPrograms(conditions: readonly Condition[], weight: Weight) {
  return [
    { kind: 'ignores-a-condition', code: program(conditions.slice(0, -1), weight, name) },
    { kind: 'off-by-one', code: program(conditions, weight, name).replace('total = 0', 'total = 1') },
  ]
}
