import { expect, test } from 'vitest'
import { formats } from '../../../src/problems/formats/index.js'
import { importProblems } from '../../../src/problems/import.js'
import { collect } from '../collect.js'
import { jsonLinesOf, table, toldOf, useTables } from './tables.js'

useTables()

const nul = '\u0000'
const read = async (format: keyof typeof formats, row: object) => {
  const [problem] = await collect(importProblems(formats[format], [table('nul.jsonl', jsonLinesOf([row]))]))
  return problem!
}

const plus = {
  task_id: 'Mbpp/900',
  prompt: 'Write a function to tell the number of a character.',
  entry_point: 'number_of',
  canonical_solution: 'def number_of(c):\n    return ord(c)\n',
  base_input: [['a'], [nul]],
  plus_input: [],
  atol: 0,
}
const apps = {
  problem_id: 1,
  question: 'Do it.',
  solutions: '["print(input())"]',
  input_output: JSON.stringify({ inputs: [`a${nul}b`], outputs: [`a${nul}b`] }),
  difficulty: 'interview',
  starter_code: '',
}

test('NUL in an input of a call stands as an escape in the test code', async () => {
  const { check } = await read('mbppplus', plus)
  expect(check).toMatchObject({ type: 'unit', code: expect.stringContaining(String.raw`('\u0000',)`) })
  expect(JSON.stringify(check)).not.toContain(String.raw`'\u0000`)
})

test('NUL in standard input and output is kept', async () => {
  expect((await read('apps', apps)).check).toMatchObject({ cases: [{ stdin: `a${nul}b`, stdout: `a${nul}b` }] })
})

test('NUL in a column that is only kept is kept', async () => {
  expect((await read('apps', { ...apps, note: nul })).meta).toMatchObject({ note: nul })
})

test.each([
  [
    'the reference',
    'mbppplus',
    { ...plus, base_input: [['a']], canonical_solution: `def number_of(c):\n    return "${nul}"\n` },
    'canonical_solution',
  ],
  ['a statement', 'gsm8k', { question: `a${nul}b`, answer: '#### 1' }, 'question'],
  ['a program inside JSON', 'apps', { ...apps, solutions: JSON.stringify([`x = "${nul}"`]) }, 'reference.code'],
  ['a further solution', 'apps', { ...apps, solutions: JSON.stringify(['x', `y${nul}`]) }, 'meta.solutions.0'],
  ['a program beside values with it', 'mbppplus', { ...plus, prompt: `a${nul}b` }, 'statement'],
] as const)('NUL in %s is refused by its place', async (_, format, row, place) => {
  const failed = toldOf(await read(format, row).catch((error) => error))
  expect(failed).toMatchObject({
    code: 'problems/malformed-row',
    message: `nul.jsonl:1: ${place}: the text holds a NUL character`,
    hint: expect.stringMatching(/the values of tests may hold it[\s\S]*--bad-rows skip/),
  })
})
