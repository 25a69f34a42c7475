import { PassThrough, Readable } from 'node:stream'
import { Command } from 'commander'
import { expect, test } from 'vitest'
import { registerSteps } from '../../src/cli/math-steps.js'

async function steps(...lines: string[]) {
  const stdout = new PassThrough()
  let out = ''
  stdout.on('data', (chunk) => {
    out += chunk
  })
  let code = 0
  const io = {
    stdin: Readable.from([Buffer.from(`${lines.join('\n')}\n`)]),
    stdout,
    stderr: new PassThrough(),
    env: {},
    cwd: '.',
    interrupt: new AbortController().signal,
  }
  const program = new Command('assay').exitOverride()
  registerSteps(program.command('math'), io, (wanted) => {
    code = wanted
  })
  await program.parseAsync(['math', 'steps'], { from: 'user' })
  await new Promise(setImmediate)
  const rows = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return { code, rows }
}

test('each line is answered with its steps, in order', async () => {
  const { rows } = await steps('{"id":1,"text":"2 + 2 = 5"}', '{"id":"b","text":"no step"}')
  expect(rows).toEqual([
    {
      id: 1,
      found: 1,
      checked: 1,
      wrong: 1,
      unread: 0,
      steps: [{ span: [0, 9], text: '2 + 2 = 5', verdict: 'wrong', reason: 'the left side is 4, the right side is 5' }],
    },
    { id: 'b', found: 0, checked: 0, wrong: 0, unread: 0, steps: [] },
  ])
})

test('a bad line gets an error that names it, and the others are answered', async () => {
  const { code, rows } = await steps(
    '{"id":1,"text":"1 + 1 = 2"}',
    'nonsense',
    '{"id":3}',
    '{"id":4,"text":"1 + 1 = 2"}',
  )
  expect(code).toBe(0)
  expect(rows.map(({ id, error }) => [id, error === undefined])).toEqual([
    [1, true],
    [null, false],
    [3, false],
    [4, true],
  ])
  expect(JSON.stringify(rows[1])).toContain('line 2')
  expect(JSON.stringify(rows[2])).toContain('line 3')
})
