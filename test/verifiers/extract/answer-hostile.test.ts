import { expect, test } from 'vitest'
import { searchAnswer } from '../../../src/verifiers/extract/answer.js'
import { cpuMsSince } from '../cpu-time.js'

const pieces = [
  ...[
    '\\boxed{',
    '\\boxed{1}',
    '\\boxed ',
    '{',
    '}',
    '$',
    '$$',
    '$a$',
    '\\(',
    '\\[',
    '\\frac{',
    '\\',
    '\\begin{aligned}',
  ],
  ...['**', '**a** ', '__', '`', '```', '```\n', '~~~\n', '|', '| a | b |\n', '#### a\n', '####', '- x\n'],
  ...[
    '<think>',
    '</think>',
    '<think></think>',
    '<think>\n',
    '<answer>',
    '<answer>1</answer>',
    '[THINK]',
    '<|channel|>',
  ],
  ...['\n', ' ', '\t', 'a', '1', '.', '. ', '1.', '(', '(a) 3 ', '=', '1=', '1 1/2 ', '2^', 'x = 1 ', 'İ'],
  ...[
    'answer is ',
    'Answer: ',
    'the answer is 5. ',
    'final answer\n',
    '答案是',
    '"answer":',
    'is 5 and ',
    'So ',
    'wait, ',
    'Check: 5 ✓\n',
  ],
]
const size = 1_000_000

test.each(pieces.flatMap((piece) => ['', '<think>', '```\n', 'The answer is '].map((head) => [head, piece] as const)))(
  'a megabyte of %j and %j takes work in proportion to its length',
  (head, piece) => {
    const text = head + piece.repeat(Math.ceil(size / piece.length))
    const { work } = searchAnswer(text)
    expect(work).toBeLessThan(1.5 * text.length)
  },
)

test('each of them is read well within the limit', () => {
  const slowest = Math.max(
    ...pieces.map((piece) => {
      const text = piece.repeat(Math.ceil(size / piece.length))
      const before = process.cpuUsage()
      searchAnswer(text)
      return cpuMsSince(before)
    }),
  )
  // About 60 ms on a quiet machine; a quadratic read takes minutes.
  expect(slowest).toBeLessThan(2_000)
})

test('two hundred thousand boxes are read', () => {
  const { found } = searchAnswer(`${'\\boxed{1} x '.repeat(200_000)}\\boxed{2}.`)
  expect(found?.answer).toBe('2')
})

test('a box at the end of a long reply is found', () => {
  expect(searchAnswer(`${'We add 1 to 2 and get 3. '.repeat(40_000)}\n\n$\\boxed{3}$`).found?.answer).toBe('3')
})
