import type { Rng } from '../../base/rng.js'
import { agreed, type MathDraft, mathFamily } from './generator.js'

interface Question {
  readonly ask: string
  readonly worked: readonly string[]
  readonly answer: number
  readonly proof: number
  readonly slip: number
}

const things = ['jacket', 'bicycle', 'lamp', 'tent', 'guitar', 'desk', 'printer', 'kettle']
const names = ['Aylin', 'Bruno', 'Chidi', 'Dana', 'Emeka', 'Farah', 'Goran', 'Hana']
const towns = ['Northfield', 'Millbrook', 'Eastham', 'Larkhill']
const tens = [10, 20, 30, 40, 50]

/** A starting value after percent changes, in integers only: start * (100 + p1) * (100 + p2) / 100 / 100. */
function changed(start: number, changes: readonly number[]): number {
  const top = changes.reduce((product, change) => product * BigInt(100 + change), BigInt(start))
  const bottom = 100n ** BigInt(changes.length)
  if (top % bottom !== 0n) throw new Error(`${start} changed by ${changes.join(', ')} percent is no integer`)
  return Number(top / bottom)
}

/** The same by adding each change to what was there, with the lines of a worked answer. */
function stepByStep(start: number, changes: readonly number[]): { value: number; worked: string[] } {
  const worked: string[] = []
  let value = start
  for (const change of changes) {
    const part = (value * Math.abs(change)) / 100
    const next = change < 0 ? value - part : value + part
    worked.push(`${Math.abs(change)}% of ${value} is ${part}; ${value} ${change < 0 ? '-' : '+'} ${part} = ${next}.`)
    value = next
  }
  return { value, worked }
}

function inTurn(start: number, changes: readonly number[], ask: string): Question {
  const { value, worked } = stepByStep(start, changes)
  const atOnce = changes.reduce((sum, change) => sum + change, 0)
  return { ask, worked, answer: changed(start, changes), proof: value, slip: (start * (100 + atOnce)) / 100 }
}

const changeText = (change: number): string => (change < 0 ? `falls by ${-change}%` : `rises by ${change}%`)

function mixture(random: Rng): Question {
  const [a, b] = [random.int(2, 9), random.int(2, 9)]
  const [low, result] = [random.int(1, 8) * 5, random.int(1, Math.floor(60 / (a + b)))]
  // The strong one lies above the mixture by b parts for every a parts that the weak one lies below.
  const [weak, mixed, strong] = [low, low + a * result, low + (a + b) * result]
  const ask = `${b} litres of a ${weak}% salt solution are mixed with ${a} litres of a ${strong}% salt solution. What percentage of salt does the mixture have?`
  const salt = b * weak + a * strong
  return {
    ask,
    worked: [
      `The salt is ${b} * ${weak}% + ${a} * ${strong}% = ${salt / 100} litres in ${a + b} litres.`,
      `${salt} / ${a + b} = ${mixed} percent.`,
    ],
    answer: salt / (a + b),
    proof: mixed,
    slip: (weak + strong) / 2,
  }
}

const levels: readonly ((random: Rng) => Question)[] = [
  (random) => {
    const [p, n] = [random.pick([5, 10, 20, 25, 50, 75]), random.int(1, 30) * 20]
    const answer = (n * p) / 100
    const worked = [`${n} * ${p} / 100 = ${answer}.`]
    return { ask: `What is ${p}% of ${n}?`, worked, answer, proof: n - changed(n, [-p]), slip: n - answer }
  },
  (random) => {
    const [p, n] = [random.pick(tens), random.int(2, 40) * 10]
    const ask = `A ${random.pick(things)} costs $${n}. It is sold at ${p}% off. What is the sale price in dollars?`
    return { ...inTurn(n, [-p], ask), slip: (n * p) / 100 }
  },
  (random) => {
    const [n, p, q] = [random.int(1, 20) * 100, random.pick(tens), random.pick([10, 20, 30])]
    const ask = `${random.pick(names)} buys a ${random.pick(things)} with a list price of $${n}. The shop takes ${p}% off, then ${q}% tax is added to the reduced price. How many dollars does it cost in the end?`
    return inTurn(n, [-p, q], ask)
  },
  (random) => {
    const [before, p] = [random.int(1, 60) * 20, random.pick([5, 10, 15, 20, 25, 40])]
    const after = changed(before, [p])
    const town = random.pick(towns)
    const ask = `The population of ${town} grew by ${p}% and is now ${after}. What was it before?`
    const worked = [`${after} is ${100 + p}% of it; ${after} * 100 / ${100 + p} = ${before}.`]
    return {
      ask,
      worked,
      answer: before,
      proof: (after * 100) / (100 + p),
      slip: after - Math.round((after * p) / 100),
    }
  },
  (random) => {
    const n = random.int(1, 9) * 1000
    const changes = [random.pick(tens), -random.pick(tens), random.pick(tens)] as const
    const ask = `A share costs $${n}. Its price ${changes.map(changeText).join(', then ')}. What does it cost now, in dollars?`
    return inTurn(n, changes, ask)
  },
  mixture,
]

export const percentWordProblem = mathFamily({
  id: 'percent-word-problem',
  levels: levels.length,
  describe: 'percentages: of a number, discounts, the value before a change, chains of changes, mixtures',
  draft(level, random): MathDraft {
    const { ask, worked, answer, proof, slip } = (levels[level] as (random: Rng) => Question)(random)
    return {
      statement: ask,
      gold: String(agreed(ask, answer, proof)),
      worked,
      skills: ['percentages'],
      wrong: [
        { kind: 'common-slip', answer: String(slip) },
        { kind: 'off-by-one', answer: String(answer + 1) },
      ],
    }
  },
})
