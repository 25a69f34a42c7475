import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { launch, newFolder } from '../e2e/assay.js'

test('a stderr that nobody reads does not end the work', async () => {
  const cwd = newFolder()
  const { child, ended } = launch(
    ['problems', 'generate', 'percent-word-problem', '--count', '3', '--out', 'set', '--json'],
    {
      cwd,
    },
  )
  child.stderr?.destroy()
  const { code, stdout } = await ended
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ set: { count: 3 } })
  expect(
    readFileSync(path.join(cwd, 'set', 'problems.jsonl'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(3)
}, 60_000)

test('a stdout that nobody reads ends quietly', async () => {
  const { child, ended } = launch(['problems', 'list', 'first-code', '--json'])
  child.stdout?.destroy()
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
}, 60_000)
