/** HumanEval as published (Chen et al. 2021): HumanEval.jsonl or HumanEval.jsonl.gz. */
import { z } from 'zod'
import { toProblem } from '../problem-row.js'
import { type Format, readColumns } from './format.js'

const published = z.object({
  task_id: z.string().regex(/^\S+$/).describe('HumanEval/0 and on'),
  prompt: z.string().min(1).describe('imports, helpers, signature and docstring'),
  entry_point: z.string().min(1).describe('name of the function asked for'),
  canonical_solution: z.string().describe('body that continues the prompt'),
  test: z.string().regex(/\S/, 'empty: nothing would be tested').describe('source that defines check(candidate)'),
})

/** Topic by the first words that fit, the narrow ones first. */
const topics: readonly (readonly [topic: string, words: RegExp])[] = [
  ['recursion', /\b(recursi\w*|fibonacci|fib\w*|collatz|factorial)\b/i],
  ['number-theory', /\b(primes?|divisors?|divisible|modulo|gcd|factors?|multiple of)\b/i],
  ['brackets', /\b(brackets?|parenthes[ie]s|parens)\b/i],
  ['dictionaries', /\b(dict|dictionary|dictionaries|histogram)\b/i],
  ['sorting', /\b(sort\w*|median|ascending|descending)\b/i],
  ['text', /\b(strings?|characters?|letters?|vowels?|words?|sentence|palindrome|substring|text)\b/i],
  ['lists', /\b(lists?|arrays?|elements?|matrix|sequence|vector)\b/i],
  ['arithmetic', /\b(numbers?|integers?|digits?|decimal|sum|binary|area|triangle|float)\b/i],
]

/**
 * Upper bounds of levels 0 to 4, in characters of the canonical solution without white space; level 5 is beyond.
 * Source: the sextiles of the 164 published solutions, so that each level holds about a sixth of them.
 */
const levelBounds = [39, 66, 88, 123, 175] as const

/** Ordinal difficulty 0 to 5 by the size of the published solution: a proxy that the curriculum calibrates. */
function levelOf(solution: string): number {
  const size = solution.replace(/\s+/g, '').length
  const level = levelBounds.findIndex((bound) => size < bound)
  return level === -1 ? levelBounds.length : level
}

function skillsOf(prompt: string): string[] {
  const found = topics.filter(([, words]) => words.test(prompt)).map(([topic]) => topic)
  return found.length > 0 ? found : ['functions']
}

/**
 * A row becomes a `unit` problem: statement and starter are the prompt, the reference is prompt + canonical solution,
 * the id is `humaneval/0` for `HumanEval/0`. Level by the size of the solution, skills by words of the prompt.
 */
export const humaneval: Format = {
  id: 'humaneval',
  describe: 'HumanEval as published: HumanEval.jsonl or .jsonl.gz',
  title: 'HumanEval',
  license: 'MIT',
  source: 'https://github.com/openai/human-eval',
  parse(row, { where, license }) {
    const { known, further } = readColumns(published, row, where)
    const problem = {
      v: 1,
      id: `humaneval/${known.task_id.replace(/^HumanEval\//, '')}`,
      kind: 'code',
      set: 'humaneval',
      license: license ?? 'MIT',
      source: `https://github.com/openai/human-eval, ${known.task_id}`,
      statement: known.prompt,
      language: 'python',
      entryPoint: known.entry_point,
      starter: known.prompt,
      check: { type: 'unit', code: known.test, call: `check(${known.entry_point})`, framework: 'plain' },
      reference: { code: known.prompt + known.canonical_solution },
      skills: skillsOf(known.prompt),
      level: levelOf(known.canonical_solution),
      meta: further,
    }
    return toProblem(problem, where)
  },
}
