import type { Rng } from '../../base/rng.js'
import { type Question, questionFamily } from './question.js'
import { firstFrom, gcd, mod } from './whole-numbers.js'

/** base^exponent mod m by repeated multiplication. */
function powerByLoop(base: number, exponent: number, m: number): number {
  let value = 1
  for (let i = 0; i < exponent; i++) value = (value * base) % m
  return value
}

/** base^exponent mod m by squaring, in big integers. */
function powerBySquares(base: number, exponent: number, m: number): number {
  let [value, square, left] = [1n, BigInt(base), exponent]
  for (; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) value = (value * square) % BigInt(m)
    square = (square * square) % BigInt(m)
  }
  return Number(value)
}

const remainder = (text: string, m: number) => `What is the remainder when ${text} is divided by ${m}?`

/** Remainder by subtraction only: a second way that shares nothing with `%`. */
function bySubtraction(value: number, m: number): number {
  let left = value
  for (let step = m * 2 ** 20; step >= m; step /= 2) while (left >= step) left -= step
  return left
}

function power(random: Rng, largest: number): Question {
  const [base, exponent, m] = [random.int(2, 12), random.int(3, largest), random.int(5, 23)]
  const answer = powerByLoop(base, exponent, m)
  return {
    ask: remainder(`${base}^${exponent}`, m),
    worked: `Multiplying by ${base} modulo ${m}, ${exponent} times from 1, gives ${answer}.`,
    answer,
    proof: powerBySquares(base, exponent, m),
    slip: (base * exponent) % m,
  }
}

function coprimePair(random: Rng): [number, number] {
  const first = random.int(4, 15)
  return [first, firstFrom(random.int(4, 15), (n) => n !== first && gcd(n, first) === 1)]
}

const levels: readonly ((random: Rng) => Question)[] = [
  (random) => {
    const [a, m] = [random.int(10, 99), random.int(3, 9)]
    const answer = a % m
    const worked = `${a} = ${m} * ${(a - answer) / m} + ${answer}.`
    return { ask: remainder(String(a), m), worked, answer, proof: bySubtraction(a, m), slip: (a - answer) / m }
  },
  (random) => {
    const [a, b, m] = [random.int(20, 200), random.int(20, 200), random.int(5, 15)]
    const answer = mod((a % m) + (b % m), m)
    const worked = `${a} leaves ${a % m} and ${b} leaves ${b % m}; together they leave ${answer}.`
    return { ask: remainder(`${a} + ${b}`, m), worked, answer, proof: bySubtraction(a + b, m), slip: (a % m) + (b % m) }
  },
  (random) => {
    const [a, b, m] = [random.int(20, 200), random.int(20, 200), random.int(5, 19)]
    const answer = mod((a % m) * (b % m), m)
    const worked = `${a} leaves ${a % m} and ${b} leaves ${b % m}; their product leaves ${answer}.`
    return { ask: remainder(`${a} * ${b}`, m), worked, answer, proof: bySubtraction(a * b, m), slip: mod(a + b, m) }
  },
  (random) => power(random, 9),
  (random) => power(random, 400),
  (random) => {
    const [m, n] = coprimePair(random)
    const [r, s] = [random.int(0, m - 1), random.int(0, n - 1)]
    const answer = firstFrom(1, (x) => x % m === r && x % n === s)
    // Chinese remainder theorem, with the inverse of m modulo n; 0 stands for m * n.
    const inverse = firstFrom(1, (x) => (x * m) % n === 1)
    const proof = mod(r + m * mod((s - r) * inverse, n), m * n) || m * n
    const ask = `What is the smallest positive integer that leaves remainder ${r} when divided by ${m} and remainder ${s} when divided by ${n}?`
    const worked = `${answer} = ${m} * ${(answer - r) / m} + ${r} = ${n} * ${(answer - s) / n} + ${s}, and no smaller positive integer does both.`
    return { ask, worked, answer, proof, slip: answer + m * n }
  },
]

export const modularArithmetic = questionFamily({
  id: 'modular-arithmetic',
  describe: 'remainders: of a number up to large powers and two remainders at once',
  skill: 'modular-arithmetic',
  levels,
})
