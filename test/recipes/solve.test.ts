import { expect, test } from 'vitest'
import { recipes } from '../../src/recipes/index.js'
import { runConfigSchema } from '../../src/schemas/config.js'
import { type Problem, problemSchema } from '../../src/schemas/problem.js'

const base = { v: 1, set: 's', license: 'Apache-2.0', source: 'test', skills: ['a'], level: 0 } as const
const addTwo = problemSchema.parse({
  ...base,
  id: 's/add-two',
  kind: 'code',
  statement: 'Write add(a, b).',
  entryPoint: 'add',
  starter: 'def add(a, b):\n    """Return the sum."""\n',
  check: { type: 'call', function: 'add', cases: [{ args: [1, 2], expected: 3 }] },
})
const echo = problemSchema.parse({
  ...base,
  id: 's/echo',
  kind: 'code',
  statement: 'Read a line\nand print it.',
  check: { type: 'stdio', cases: [{ stdin: 'x', stdout: 'x' }] },
})
const apples = problemSchema.parse({
  ...base,
  id: 's/apples',
  kind: 'math',
  statement: 'Two apples and\nthree apples?',
  check: { type: 'answer', gold: '5' },
})

const tiny = { chat: true, completion: true, prefersCompletion: true }
const chatOnly = { chat: true, completion: false, prefersCompletion: false }
const ask = (problem: Problem, over: object = {}) =>
  recipes.solve.ask({
    problem,
    draw: 0,
    sample: 0,
    seed: 1,
    math: 'answer',
    supports: tiny,
    prompting: 'auto',
    sampling: {},
    ...over,
  })

test.each([addTwo, echo, apples])('the completion prompt of $id ends without white space', (problem) => {
  const { request } = ask(problem)
  expect(request.prompt).toBe(request.prompt?.trimEnd())
})

test('a function is continued from its starter, and the reply is read behind it', () => {
  const { request, prefix, form } = ask(addTwo)
  expect(request.prompt?.endsWith(prefix)).toBe(true)
  expect(prefix).toBe('def add(a, b):\n    """Return the sum."""')
  expect(form).toBe('code')
})

test('a statement of several lines becomes one comment line, so that no line of it can run', () => {
  expect(ask(apples).request.prompt).toContain('# Question: Two apples and three apples?\ndef solution():')
  expect(ask(echo).request.prompt).toContain('# Task: Read a line and print it.\n# Program:')
})

test('a completion model is asked for math as a program', () => {
  expect(ask(apples)).toMatchObject({ form: 'program', style: 'completion', prefix: 'def solution():' })
})

test('a chat model is asked for math in a box, or as a program when the config says so', () => {
  expect(ask(apples, { supports: chatOnly })).toMatchObject({ form: 'answer', style: 'chat', prefix: '' })
  expect(ask(apples, { supports: chatOnly, math: 'program' })).toMatchObject({ form: 'program', style: 'chat' })
})

test('the expected answers of a problem never stand in its prompt', () => {
  const secret = { ...addTwo, check: { ...addTwo.check, cases: [{ args: [1, 2], expected: 'the-secret' }] } } as Problem
  for (const supports of [tiny, chatOnly]) expect(JSON.stringify(ask(secret, { supports }))).not.toContain('the-secret')
})

test('each sample has a seed of its own, the same one every time', () => {
  const seeds = [0, 1, 2, 3].map((sample) => ask(addTwo, { sample }).request.seed)
  expect(new Set(seeds).size).toBe(4)
  expect([0, 1, 2, 3].map((sample) => ask(addTwo, { sample }).request.seed)).toEqual(seeds)
  expect(ask(addTwo, { draw: 1 }).request.seed).not.toBe(seeds[0])
})

test('sampling that the config gives wins over the recipe', () => {
  expect(ask(addTwo, { sampling: { temperature: 0.1, maxTokens: 7 } }).request.sampling).toMatchObject({
    temperature: 0.1,
    maxTokens: 7,
  })
})

test('a config that says nothing about sampling leaves the recipe its own stops and lengths', () => {
  const { sampling } = runConfigSchema.parse({ sets: ['s'], model: 'local' })
  expect(sampling).toEqual({})
  const own = ask(addTwo, { sampling }).request.sampling
  expect(own.stop).toContain('\ndef ')
  expect(own.maxTokens).toBe(512)
})
