import type { Rng } from '../../base/rng.js'
import { type Question, questionFamily } from './question.js'
import { firstFrom, gcd, lcm } from './whole-numbers.js'

const listed = (numbers: readonly number[]): string => `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`

/** Different numbers that share the factor `shared`. */
function multiples(random: Rng, { count, shared, largest }: { count: number; shared: number; largest: number }) {
  const factors = random.shuffle(Array.from({ length: largest - 1 }, (_, i) => i + 2)).slice(0, count)
  return factors.map((factor) => factor * shared)
}

function greatest(numbers: readonly number[], ask: string): Question {
  const answer = numbers.reduce(gcd)
  const smallest = Math.min(...numbers)
  // By trial, from the smallest number down.
  const proof = smallest - firstFrom(0, (n) => numbers.every((number) => number % (smallest - n) === 0))
  const worked = `${numbers.map((number) => `${number} = ${answer} * ${number / answer}`).join(', ')}, and the second factors share none.`
  return { ask, worked, answer, proof, slip: numbers.reduce(lcm) }
}

function least(numbers: readonly number[], ask: string): Question {
  const answer = numbers.reduce(lcm)
  const largest = Math.max(...numbers)
  // By trial, through the multiples of the largest number.
  const proof = largest * firstFrom(1, (n) => numbers.every((number) => (n * largest) % number === 0))
  const worked = `${numbers.map((number) => `${answer} = ${number} * ${answer / number}`).join(', ')}, and no smaller number is a multiple of each.`
  return { ask, worked, answer, proof, slip: numbers.reduce((a, b) => a * b) }
}

const gcdAsk = (numbers: readonly number[]) => `What is the greatest common divisor of ${listed(numbers)}?`
const lcmAsk = (numbers: readonly number[]) => `What is the least common multiple of ${listed(numbers)}?`

function meetings(random: Rng): Question {
  const numbers = multiples(random, { count: 3, shared: random.int(2, 4), largest: 9 })
  const ask = `Three buses leave a station together at noon. From then on they leave every ${numbers[0]}, ${numbers[1]} and ${numbers[2]} minutes. After how many minutes do all three leave together again?`
  return least(numbers, ask)
}

function tiles(random: Rng): Question {
  const numbers = multiples(random, { count: 2, shared: random.int(6, 36), largest: 15 })
  const ask = `A floor of ${listed(numbers).replace(' and ', ' cm by ')} cm is to be covered exactly with equal square tiles, none of them cut. How many centimetres long is the side of the largest such tile?`
  return greatest(numbers, ask)
}

function divisibleByEither(random: Rng): Question {
  const limit = random.int(100, 999)
  const [a, b] = multiples(random, { count: 2, shared: random.int(1, 3), largest: 9 }) as [number, number]
  const [ofA, ofB, both] = [a, b, lcm(a, b)].map((n) => Math.floor(limit / n)) as [number, number, number]
  const proof = Array.from({ length: limit }, (_, i) => i + 1).filter((n) => n % a === 0 || n % b === 0).length
  return {
    ask: `How many integers from 1 to ${limit} are divisible by ${a} or by ${b} (or by both)?`,
    worked: `${ofA} are divisible by ${a}, ${ofB} by ${b} and ${both} by both: ${ofA} + ${ofB} - ${both} = ${ofA + ofB - both}.`,
    answer: ofA + ofB - both,
    proof,
    slip: ofA + ofB,
  }
}

const levels: readonly ((random: Rng) => Question)[] = [
  (random) => {
    const numbers = multiples(random, { count: 2, shared: random.int(2, 9), largest: 7 })
    return greatest(numbers, gcdAsk(numbers))
  },
  (random) => {
    const numbers = multiples(random, { count: 2, shared: random.int(1, 4), largest: 9 })
    return least(numbers, lcmAsk(numbers))
  },
  (random) => {
    const numbers = multiples(random, { count: 2, shared: random.int(11, 60), largest: 20 })
    return greatest(numbers, gcdAsk(numbers))
  },
  (random) => {
    const numbers = multiples(random, { count: 3, shared: random.int(1, 5), largest: 12 })
    return least(numbers, lcmAsk(numbers))
  },
  (random) => random.pick([meetings, tiles])(random),
  divisibleByEither,
]

export const gcdLcm = questionFamily({
  id: 'gcd-lcm',
  describe: 'common divisors and multiples: of two numbers up to word problems and inclusion-exclusion',
  skill: 'number-theory',
  levels,
})
