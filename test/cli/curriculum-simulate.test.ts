import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { main } from '../../src/cli/main.js'
import { policies } from '../../src/curriculum/policies/index.js'
import { worlds } from '../../src/curriculum/simulation/worlds.js'
import { simulationSchema } from '../../src/schemas/simulation.js'

let cwd: string
beforeEach(() => {
  cwd = mkdtempSync(path.join(tmpdir(), 'assay-simulate-'))
})
afterEach(() => rmSync(cwd, { recursive: true, force: true }))

async function simulate(args: readonly string[], interrupt = new AbortController()) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const [out, err]: [string[], string[]] = [[], []]
  stdout.on('data', (chunk) => out.push(String(chunk)))
  stderr.on('data', (chunk) => {
    err.push(String(chunk))
    if (args.includes('disorder') && String(chunk).includes('brief')) interrupt.abort()
  })
  const io = { stdin: new PassThrough(), stdout, stderr, env: {}, cwd, interrupt: interrupt.signal }
  const code = await main(['curriculum', 'simulate', ...args], io)
  await new Promise(setImmediate)
  return { code, out: out.join(''), err: err.join('') }
}

test('prints a row for each policy and a column for each world on stdout, progress on stderr', async () => {
  const { code, out, err } = await simulate('--world brief lone --policy elo uniform --seeds 2 --budget 400'.split(' '))
  expect(code).toBe(0)
  expect(out).toMatch(/^policy +brief +lone +mean$/m)
  expect(out).toMatch(/^elo +\.\d\d ±\.\d\d +\.\d\d ±\.\d\d +\.\d\d$/m)
  expect(out).toMatch(/^uniform +\.\d\d ±/m)
  expect(out).toMatch(/^oracle +1\.00 +1\.00 +1\.00/m)
  expect(out.indexOf('\nelo')).toBeLessThan(out.indexOf('\nuniform'))
  expect(err.trim().split('\n')).toHaveLength(4)
  expect(out + err).not.toContain('\u001b')
})

test('--json prints one object that fits its schema, the same every time', async () => {
  const args = '--world brief --seeds 2 --seed 40 --json'.split(' ')
  const { code, out } = await simulate(args)
  expect(code).toBe(0)
  const simulation = simulationSchema.parse(JSON.parse(out))
  expect(simulation).toMatchObject({ v: 1, complete: true, seeds: [40, 41] })
  expect(simulation.policies).toEqual([...Object.keys(policies), 'oracle'])
  expect(simulation.plays).toHaveLength(2 * simulation.policies.length)
  expect(simulation.worlds).toEqual([{ name: 'brief', world: worlds.brief }])
  expect((await simulate(args)).out).toBe(out)
})

test('--plot writes a page that names every world and policy, and loads and runs nothing', async () => {
  const args = ['--world', 'all', '--policy', 'uniform', 'elo', '--seeds', '1', '--budget', '200', '--plot', 'p.html']
  const { code, err } = await simulate(args)
  expect(code).toBe(0)
  expect(err).toContain(`plots: ${path.join(cwd, 'p.html')}`)
  const page = readFileSync(path.join(cwd, 'p.html'), 'utf8')
  for (const name of Object.keys(worlds)) expect(page, name).toContain(`<h2>${name}</h2>`)
  for (const id of ['uniform', 'elo']) expect(page).toContain(`<th scope="col">${id}</th>`)
  expect(page).toContain(`default-src 'none'`)
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|https?:\/\//i)
  expect(page).not.toMatch(/NaN|undefined|Infinity/)
})

test('a world of its own is a JSON file', async () => {
  writeFileSync(
    path.join(cwd, 'mine.json'),
    JSON.stringify({ topics: 2, levels: 4, budget: 200, describe: 'a <b> one' }),
  )
  const { code, out } = await simulate(['--world', 'mine.json', '--policy', 'uniform', '--json', '--plot', 'p.html'])
  expect(code).toBe(0)
  expect(JSON.parse(out).worlds).toMatchObject([{ name: 'mine', world: { topics: 2, levels: 4, k: 4 } }])
  expect(readFileSync(path.join(cwd, 'p.html'), 'utf8')).toContain('A &lt;b&gt; one.')
})

test.each([
  ['{"topicz": 3}', /^config\/invalid: \.\/mine\.json: topicz: unknown key .*did you mean 'topics'/],
  ['{"levels": "ten"}', /^config\/invalid: \.\/mine\.json: levels: /],
  ['{"band": [0.8, 0.2]}', /^config\/invalid: \.\/mine\.json: band: the first number must be below/],
  ['nothing', /^config\/invalid: \.\/mine\.json: not JSON/],
  ['{"impossible": 1}', /^input\/malformed: world mine, seed 1: /],
])('a world file %s is refused by name and key', async (text, message) => {
  writeFileSync(path.join(cwd, 'mine.json'), text)
  const { code, out, err } = await simulate(['--world', './mine.json', '--budget', '100'])
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(message)
})

test.each([
  ['--world fixd', `did you mean 'fixed'?`],
  ['--world all fixed', `'all' stands beside other names`],
  ['--world gone.json', 'gone.json: there is no such file'],
  ['--policy eloo', `did you mean 'elo'?`],
  ['--policy all elo', `'all' stands beside other names`],
  ['--seeds 0', 'whole number from 1'],
  ['--seeds two', 'whole number from 1'],
  ['--seed -1', 'whole number from 0'],
  ['--seed 9007199254740991', 'use a smaller one'],
  ['--budget 0', 'whole number from 1'],
  ['--plot p.txt', 'ends in .html'],
  ['--plot no/p.html', 'there is no folder'],
  ['--plot d.html', 'is a folder'],
  ['fixed', 'too many arguments'],
])('%s is refused before anything is played', async (options, message) => {
  mkdirSync(path.join(cwd, 'd.html'))
  const { code, out, err } = await simulate(options.split(' '))
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(message)
})

test('an interrupt tells what is done so far, writes the page, and exits with 130', async () => {
  const args = [
    '--world',
    'brief',
    'drift',
    'disorder',
    '--policy',
    'uniform',
    '--seeds',
    '50',
    '--json',
    '--plot',
    'p.html',
  ]
  const { code, out, err } = await simulate(args)
  expect(code).toBe(130)
  const simulation = simulationSchema.parse(JSON.parse(out))
  expect(simulation.complete).toBe(false)
  expect(simulation.plays.length).toBeGreaterThanOrEqual(2)
  expect(simulation.plays.length).toBeLessThan(20)
  expect(err).toContain('interrupted')
  expect(existsSync(path.join(cwd, 'p.html'))).toBe(true)
})

test('an interrupt before the first play says so', async () => {
  const interrupt = new AbortController()
  interrupt.abort()
  const { code, out, err } = await simulate(['--world', 'drift', '--seeds', '1'], interrupt)
  expect([code, out]).toEqual([130, ''])
  expect(err).toContain('interrupted before the first play was finished')
})
