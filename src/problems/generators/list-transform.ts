import type { Rng } from '../../base/rng.js'
import { type CodeDraft, codeFamily } from './generator.js'
import { drawSteps, type Step, transformDraft } from './transform.js'
import { mod } from './whole-numbers.js'

type ListStep = (random: Rng) => Step<readonly number[]>

const simple: readonly ListStep[] = [
  (random) => {
    const k = random.int(1, 40)
    return { say: `Add ${k} to every number`, python: `xs = [x + ${k} for x in xs]`, run: (xs) => xs.map((x) => x + k) }
  },
  (random) => {
    const k = random.int(2, 12)
    return {
      say: `Multiply every number by ${k}`,
      python: `xs = [x * ${k} for x in xs]`,
      run: (xs) => xs.map((x) => x * k),
    }
  },
  () => ({ say: 'Reverse the list', python: 'xs = xs[::-1]', run: (xs) => xs.toReversed() }),
  () => ({ say: 'Sort the numbers ascending', python: 'xs = sorted(xs)', run: (xs) => xs.toSorted((a, b) => a - b) }),
  () => ({
    say: 'Keep only the even numbers',
    python: 'xs = [x for x in xs if x % 2 == 0]',
    run: (xs) => xs.filter((x) => x % 2 === 0),
  }),
  (random) => {
    const k = random.int(-8, 18)
    return {
      say: `Keep only the numbers greater than ${k}`,
      python: `xs = [x for x in xs if x > ${k}]`,
      run: (xs) => xs.filter((x) => x > k),
    }
  },
  (random) => {
    const k = random.int(1, 3)
    return {
      say: `Drop the first ${k === 1 ? 'number' : `${k} numbers`} (all of them if there are no more)`,
      python: `xs = xs[${k}:]`,
      run: (xs) => xs.slice(k),
    }
  },
]

const harder: readonly ListStep[] = [
  () => ({
    say: 'Remove repeated numbers, keeping the first of each',
    python: 'xs = list(dict.fromkeys(xs))',
    run: (xs) => [...new Set(xs)],
  }),
  () => ({
    say: 'Replace every number by the sum of all numbers up to and including it',
    python: 'xs = [sum(xs[:i + 1]) for i in range(len(xs))]',
    run: (xs) => xs.map((_, i) => xs.slice(0, i + 1).reduce((a, b) => a + b, 0)),
  }),
  () => ({
    say: 'Replace the list by the differences between neighbours, each number minus the one before it',
    python: 'xs = [b - a for a, b in zip(xs, xs[1:])]',
    run: (xs) => xs.slice(1).map((x, i) => x - (xs[i] as number)),
  }),
  (random) => {
    const k = random.int(3, 7)
    return {
      say: `Replace every number by its remainder modulo ${k}, which lies in 0 to ${k - 1}`,
      python: `xs = [x % ${k} for x in xs]`,
      run: (xs) => xs.map((x) => mod(x, k)),
    }
  },
  (random) => {
    const k = random.int(1, 4)
    return {
      say: `Rotate the list to the left by ${k} (a list that is shorter rotates as often; an empty one stays empty)`,
      python: `xs = xs[${k} % len(xs):] + xs[:${k} % len(xs)] if xs else []`,
      run: (xs) => xs.map((_, i) => xs[(i + k) % xs.length] as number),
    }
  },
  () => ({
    say: 'Keep only the numbers at even positions, counted from 0',
    python: 'xs = xs[::2]',
    run: (xs) => xs.filter((_, i) => i % 2 === 0),
  }),
]

/** How many simple and how many harder steps a level has. */
const mixes = [
  [1, 0],
  [2, 0],
  [2, 1],
  [2, 2],
  [3, 2],
  [3, 4],
] as const

export const listTransform = codeFamily({
  id: 'list-transform',
  levels: mixes.length,
  describe: 'a function that changes a list of integers in one up to seven steps',
  draft(level, random): CodeDraft {
    const [few, more] = mixes[level] as (typeof mixes)[number]
    const list = (length: number) => Array.from({ length }, () => random.int(-12, 25))
    const repeats = list(4)
    const inputs = [
      list(6),
      [],
      list(1),
      ...Array.from({ length: 6 }, () => list(random.int(4, 9))),
      [...repeats, ...repeats],
    ]
    const steps = drawSteps(
      () => {
        const chosen = [...random.shuffle(simple).slice(0, few), ...random.shuffle(harder).slice(0, more)]
        return random.shuffle(chosen).map((make) => make(random))
      },
      { inputs, least: 4 },
    )
    return transformDraft({
      entryPoint: 'transform',
      parameter: 'xs',
      given: 'A list of integers',
      result: 'the list',
      steps,
      inputs,
      skills: ['lists'],
      damaged: 'xs[:-1]',
    })
  },
})
