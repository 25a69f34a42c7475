import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { stagesManifestSchema } from '../../src/schemas/stage.js'
import { assay, newFolder } from './assay.js'

// Replies that the small local model gave to the twelve problems of the fixture, with these options.
const set = path.resolve('test/fixtures/sets/loop')
const cassette = path.resolve('test/fixtures/cassettes/loop.jsonl')

test('a run of recorded replies becomes stages from easy to hard, each distinct trace in one of them', async () => {
  const folder = newFolder()
  const [run, out, again] = ['run', 'out', 'again'].map((name) => path.join(folder, name)) as [string, string, string]
  const options = ['--samples', '3', '--temperature', '0.4', '--seed', '7']
  expect((await assay(['run', '--set', set, '--model', `recorded:${cassette}`, ...options, '--out', run])).code).toBe(0)

  const { code, stderr } = await assay(['export', run, '--stages', '3', '--out', out])
  expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('3 stages, 9 of 20 verified') })
  const { stages, withoutTraces, traces, models } = stagesManifestSchema.parse(
    JSON.parse(readFileSync(path.join(out, 'stages.json'), 'utf8')),
  )
  expect(traces).toEqual({ verified: 20, exported: 9, leftOut: [{ reason: 'duplicate', traces: 11 }] })
  expect(models).toEqual(['smollm2-135m'])
  expect(stages.map(({ id }) => id)).toEqual(['stage-01', 'stage-02', 'stage-03'])
  const rates = stages.map(({ passRate }) => passRate)
  expect(rates).toEqual([...rates].sort((a, b) => b - a))
  expect(withoutTraces.map(({ skill, level }) => `${skill} ${level}`)).toEqual(['math/algebra 2', 'math/geometry 0'])
  // 36 candidates, of which 9 are at levels that never passed.
  expect(stages.reduce((sum, { candidates }) => sum + candidates, 0)).toBe(27)

  expect((await assay(['export', run, '--stages', '3', '--out', again])).code).toBe(0)
  for (const name of readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((one) => one.includes('.json')))
    expect(readFileSync(path.join(again, name))).toEqual(readFileSync(path.join(out, name)))
})
