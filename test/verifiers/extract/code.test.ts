import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { completeProgram, extractProgram, type FoundProgram } from '../../../src/verifiers/extract/code.js'

interface Row {
  name: string
  style: 'chat' | 'completion'
  prefix: string
  text: string
  entryPoint?: string
  starter?: string
  code?: string
  missing?: string
}
const rows = readFileSync('test/fixtures/replies/programs.jsonl', 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Row)
const trimmed = (found: FoundProgram) => ('code' in found ? { code: found.code.trimEnd() } : found)

test.each(rows)('$name', ({ style, prefix, text, entryPoint, starter, code, missing }) => {
  const found = extractProgram({ style, prefix, text }, { language: 'python', entryPoint, starter })
  expect(trimmed(found)).toEqual(code === undefined ? { missing } : { code: code.trimEnd() })
})

test('a program that a user gives is left as it is', () => {
  const code = 'import math\n\ndef f(x):\n    return x\n\n# note\n'
  expect(completeProgram(code, { language: 'python', entryPoint: 'f', starter: 'def f(x):\n' })).toBe(code)
})

test('hostile replies are read in linear time', () => {
  const startedMs = performance.now()
  const parts = [
    '<think>',
    '</think>',
    '```\n',
    '``` ',
    '<answer>',
    'def f():\n',
    '(',
    '"""',
    '@x\n',
    'a = ',
    '>>> x\n',
    '\n',
    ' ',
  ]
  for (const part of parts) {
    for (const style of ['chat', 'completion'] as const) {
      const text = part.repeat(50_000)
      extractProgram(
        { style, prefix: 'def f(x):', text },
        { language: 'python', entryPoint: 'f', starter: 'def f(x):\n' },
      )
    }
  }
  expect(performance.now() - startedMs).toBeLessThan(30_000)
})
