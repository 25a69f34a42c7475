import { expect, test } from 'vitest'
import { findStop, trimPrompt } from '../../src/providers/completion-text.js'
import { reportSchema } from '../../src/providers/local-protocol.js'
import { commonPrefix, pieces } from '../../src/providers/token-prefix.js'

test.each([
  ['a newline', 'def f(x):\n', 'def f(x):'],
  ['newlines and an indent', 'def f(x):\n\n    ', 'def f(x):'],
  ['a carriage return', 'A:\r\n', 'A:'],
  ['nothing', 'def f(x):', 'def f(x):'],
  ['white space inside', '\n  a\n b', '\n  a\n b'],
])('a completion prompt that ends in %s keeps all but that', (_name, prompt, trimmed) => {
  expect(trimPrompt(prompt)).toBe(trimmed)
})

test.each([
  ['the first of several stops', 'a\n#b\ndef c', ['\ndef ', '\n#'], 0, 1],
  ['a stop that began before the new text', 'return x\ndef g', ['\ndef '], 10, 8],
  ['none', 'return x', ['\ndef '], 0, -1],
  ['none when there are no stops', 'return x', [], 0, -1],
  ['a stop at the very start', '```', ['```'], 0, 0],
])('finds %s', (_name, text, stops, from, at) => {
  expect(findStop(text, stops, from)).toBe(at)
})

test('searching from where the text grew finds what a whole search finds', () => {
  const text = 'return a\n    # ok\nprint(1)\ndef g():\n#'
  const stops = ['\ndef ', '\nprint', '#']
  for (let cut = 0; cut <= text.length; cut++) {
    const seen = findStop(text.slice(0, cut), stops)
    const found = seen === -1 ? findStop(text, stops, cut) : seen
    expect(found).toBe(findStop(text, stops))
  }
})

test('counts the tokens that two prompts share', () => {
  expect(commonPrefix([1, 2, 3], [1, 2, 4, 5])).toBe(2)
  expect(commonPrefix([1, 2], [1, 2, 3])).toBe(2)
  expect(commonPrefix([], [1])).toBe(0)
})

test('no piece of a prompt is a single token, which would be computed another way', () => {
  for (let count = 2; count <= 40; count++) {
    const items = Array.from({ length: count }, (_, i) => i)
    const cut = pieces(items, 8)
    expect(cut.flat()).toEqual(items)
    expect(cut.every(({ length }) => length >= 2 && length <= 8)).toBe(true)
  }
  expect(pieces([1], 8)).toEqual([[1]])
})

test('what a child process says is checked', () => {
  const reply = { type: 'reply', id: 1, text: 'x', promptTokens: 3, completionTokens: 1, finishReason: 'stop' }
  expect(reportSchema.parse(reply)).toEqual(reply)
  for (const bad of [null, 'reply', {}, { ...reply, promptTokens: -1 }, { ...reply, finishReason: 'done' }]) {
    expect(reportSchema.safeParse(bad).success).toBe(false)
  }
})
