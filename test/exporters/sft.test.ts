import { describe, expect, test } from 'vitest'
import { question, solution } from '../../src/exporters/chat.js'
import { sft } from '../../src/exporters/sft.js'
import { addTrace, codeProblem, collect, mathProblem, stream, traceOf } from './trace.js'

describe('sft', () => {
  test('writes one conversation a row, with what verified it beside', async () => {
    const rows = await collect(sft.rows(stream([addTrace('c1')])))
    expect(rows).toEqual([
      {
        file: 'sft.jsonl',
        row: expect.objectContaining({
          messages: [
            {
              role: 'user',
              content: 'Return the sum of two numbers.\n\nComplete this code:\n\n```python\ndef add(a, b):\n```',
            },
            { role: 'assistant', content: '```python\ndef add(a, b):\n    return a + b\n```' },
          ],
          id: 'c1',
          problem_id: 'own/add',
          license: 'CC0-1.0',
          level: 0,
          model: 'some-model',
          verifier: 'call@1',
          run_id: 'r1',
        }),
      },
    ])
  })

  test('never shows the expected answers of the check', async () => {
    const [first] = await collect(
      sft.rows(stream([traceOf(mathProblem, 'c1', { answer: '10', reply: 'Ten: \\boxed{10}' })])),
    )
    expect(Object.keys(first!.row)).not.toContain('problem')
    expect(JSON.stringify(first!.row)).not.toContain('gold')
  })
})

describe('the question', () => {
  test('is the statement alone when it says everything', () => {
    expect(question(mathProblem)).toBe(mathProblem.statement)
    expect(question({ ...codeProblem, statement: 'Complete:\ndef add(a, b):' })).toBe('Complete:\ndef add(a, b):')
  })

  test('names the function that nothing else names', () => {
    expect(question({ ...codeProblem, starter: undefined })).toBe('Return the sum of two numbers.\n\nName it `add`.')
  })
})

describe('the solution', () => {
  test('of math by program is the program and its answer', () => {
    const row = traceOf(mathProblem, 'c1', { code: 'def solution():\n    return 6 / 3 * 5\n', answer: '10' })
    expect(solution(row)).toBe('```python\ndef solution():\n    return 6 / 3 * 5\n```\n\nThe answer is \\boxed{10}.')
  })

  test('of math in words is the reply', () => {
    const row = traceOf(mathProblem, 'c1', { answer: '10', reply: '\nOne costs 2, five cost \\boxed{10}.\n' })
    expect(solution(row)).toBe('One costs 2, five cost \\boxed{10}.')
  })

  test('of code that holds backticks is fenced by more of them', () => {
    const code = 'fence = "```"\n'
    expect(solution(addTrace('c1', { code }))).toBe('````python\nfence = "```"\n````')
  })

  test('keeps the indentation of its first line', () => {
    expect(solution(addTrace('c1', { code: '\n    x = 1\n\n' }))).toBe('```python\n    x = 1\n```')
  })
})
