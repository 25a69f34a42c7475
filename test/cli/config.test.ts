import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AppError } from '../../src/base/errors.js'
import { loadConfig, mergeConfig } from '../../src/cli/config.js'
import { addSettings, settings } from '../../src/cli/settings.js'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-config-'))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

const write = (name: string, text: string): string => {
  writeFileSync(path.join(cwd, name), text)
  return name
}

async function refusal(attempt: () => unknown): Promise<AppError> {
  try {
    await attempt()
  } catch (error) {
    expect(error).toBeInstanceOf(AppError)
    return error as AppError
  }
  throw new Error('nothing was refused')
}

const flagsOf = (...argv: string[]) => addSettings(new Command()).parse(argv, { from: 'user' }).opts()

test('every defect of a file is told with file, line, column and key, in the order of the file', async () => {
  const file = write(
    'assay.yaml',
    'sets: [first-code]\nmodel: local\n# a comment\nsamples: none\ncurriculum:\n  policy: elo\n  bnd: [0.2, 0.8]\n  band: [0.2, 3]\nsampels: 3\n',
  )
  const error = await refusal(() => loadConfig(file, { cwd }))
  expect(error.code).toBe('config/invalid')
  expect(error.message.split('\n')).toEqual([
    expect.stringMatching(/^assay\.yaml:4:10 samples: .*expected number/),
    `assay.yaml:7:3 curriculum.bnd: unknown key (did you mean 'band'?)`,
    expect.stringMatching(/^assay\.yaml:8:15 curriculum\.band\.1: Too big/),
    `assay.yaml:9:1 sampels: unknown key (did you mean 'samples'?)`,
  ])
})

test.each([
  ['broken.yaml', 'model: local\nsets: [a\n', /^broken\.yaml:\d+:\d+ /],
  ['twice.yaml', 'model: local\nmodel: other\n', /^twice\.yaml:2:1 Map keys must be unique/],
  ['broken.json', '{"model": "local",\n "sampels": 1}', /^broken\.json:2:2 sampels: unknown key/],
  ['text.yaml', 'just words\n', /^text\.yaml:1:1: .*expected object/],
])('%s is refused at its place', async (name, text, message) => {
  const error = await refusal(() => loadConfig(write(name, text), { cwd }))
  expect(error.code).toBe('config/invalid')
  expect(error.message).toMatch(message)
})

test('a file that is not there names the nearest one', async () => {
  write('math.yaml', 'model: local\n')
  const error = await refusal(() => loadConfig('mth.yaml', { cwd }))
  expect([error.code, error.exitCode, error.hint]).toEqual(['config/missing-file', 2, "did you mean 'math.yaml'?"])
})

test('a folder is not taken for a configuration', async () => {
  expect((await refusal(() => loadConfig('.', { cwd }))).message).toContain('is a folder')
})

test('a TypeScript module is a configuration too, and its unknown keys are refused by file and key', async () => {
  const good = write('good.config.ts', "const samples: number = 2\nexport default { model: 'local', samples }\n")
  expect((await loadConfig(good, { cwd })).values).toEqual({ model: 'local', samples: 2 })
  const bad = write('bad.config.mjs', "export default { modle: 'local' }\n")
  expect((await refusal(() => loadConfig(bad, { cwd }))).message).toBe(
    `bad.config.mjs modle: unknown key (did you mean 'model'?)`,
  )
})

test('paths that begin with a dot are relative to the file, names stay names', async () => {
  write('local.yaml', 'sets: [first-code, ./mine]\nmodelFile: ../w.gguf\n')
  expect((await loadConfig('local.yaml', { cwd })).values).toEqual({
    sets: ['first-code', path.join(cwd, 'mine')],
    modelFile: path.join(path.dirname(cwd), 'w.gguf'),
  })
})

test('a flag wins over the environment, that over the file, that over the defaults', async () => {
  const file = await loadConfig(write('all.yaml', 'model: local\nsamples: 3\ntarget: 30\nseed: 3\n'), { cwd })
  const config = mergeConfig({
    flags: flagsOf('--set', 'a', 'b', '--samples', '5'),
    env: { ASSAY_SAMPLES: '4', ASSAY_TARGET: '40' },
    file,
    defaults: { samples: 2, target: 20, seed: 2, audit: 2 },
  })
  const { sets, samples, target, seed, audit, recipe } = config
  expect({ sets, samples, target, seed, audit, recipe }).toEqual({
    sets: ['a', 'b'],
    samples: 5,
    target: 40,
    seed: 3,
    audit: 2,
    recipe: 'solve',
  })
})

test('a nested setting from a flag leaves its neighbours from the file alone', async () => {
  const file = await loadConfig(
    write('nested.yaml', 'model: local\nsets: [a]\nsampling: { temperature: 0.1, topP: 0.5 }\n'),
    { cwd },
  )
  const { sampling } = mergeConfig({ flags: flagsOf('--temperature', '0.9'), env: {}, file })
  expect(sampling).toMatchObject({ temperature: 0.9, topP: 0.5 })
})

test('a switch that is on by default can be put off by the file or a flag, and on again by a flag', async () => {
  const file = await loadConfig(write('loose.yaml', 'sets: [s]\nmodel: local\nkeep: { strict: false }\n'), { cwd })
  const strict = (...flags: string[]) => mergeConfig({ flags: flagsOf(...flags), env: {}, file }).keep.strict
  expect([strict(), strict('--strict'), strict('--no-strict')]).toEqual([false, true, false])
})

test('a bad value names the flag or the variable it came from', async () => {
  const error = await refusal(() =>
    mergeConfig({
      flags: flagsOf('--set', 'a', '--samples', 'abc', '--budget', '5'),
      env: { ASSAY_MODEL: 'local', ASSAY_SEED: 'x', ASSAY_LIMIT: '' },
    }),
  )
  expect([error.code, error.exitCode]).toEqual(['usage/bad-option', 2])
  expect(error.message.split('\n')).toEqual([
    expect.stringMatching(/^--budget: write a number and one of usd/),
    expect.stringMatching(/^--samples: .*expected number/),
    expect.stringMatching(/^ASSAY_SEED: .*expected number/),
  ])
})

test('a missing set or model is said in words', async () => {
  const { message } = await refusal(() => mergeConfig({ flags: {}, env: {} }))
  expect(message).toContain('no problem set was named: --set DIR')
  expect(message).toContain('no model was named: --model provider:name')
})

test.each(settings)('$flag has a description of its own', ({ flag, path: dotted }) => {
  const option = addSettings(new Command()).options.find((each) => each.flags === flag)
  expect(option?.description).not.toBe('')
  expect(option?.description.startsWith(dotted.split('.').at(-1) as string)).toBe(false)
})

test.each(['http://user:hunter2@localhost/v1', 'http://localhost/v1?api_key=hunter2', 'user:hunter2@@ localhost'])(
  'an address with a secret is refused without showing it: %s',
  async (baseUrl) => {
    const flags = { set: ['first-code'], model: 'openai:m', baseUrl }
    const file = write('secret.json', JSON.stringify({ sets: ['first-code'], model: 'openai:m', baseUrl }))
    for (const attempt of [() => mergeConfig({ flags, env: {} }), () => loadConfig(file, { cwd })]) {
      const error = await refusal(attempt)
      expect(error.message).toContain('OPENAI_API_KEY')
      expect(JSON.stringify([error.message, error.hint, error.details])).not.toContain('hunter2')
    }
  },
)
