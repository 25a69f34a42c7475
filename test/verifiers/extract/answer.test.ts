import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { extractAnswer } from '../../../src/verifiers/extract/answer.js'

interface Row {
  name: string
  text: string
  answer: string | null
  how?: string
  style?: 'chat' | 'completion'
}
const rows = readFileSync('test/fixtures/replies/answers.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)

test.each(rows)('$name', ({ text, answer, how, style }) => {
  const found = extractAnswer(text, { style })
  expect(found?.answer ?? null).toBe(answer)
  if (how) expect(found?.how).toBe(how)
  if (found && !answer?.includes(', ')) expect(text.slice(...found.span)).toBe(found.answer)
})

test('hostile replies are read in linear time', () => {
  const startedMs = performance.now()
  const parts = [
    '<think>',
    '\\boxed{',
    '\\boxed{1}',
    '<answer>',
    '**a',
    'answer is ',
    '$1$ ',
    '#### 1\n',
    '$',
    '. ',
    ' ',
    '\n',
  ]
  for (const part of parts) extractAnswer(part.repeat(50_000))
  expect(performance.now() - startedMs).toBeLessThan(20_000)
})
