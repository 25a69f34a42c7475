import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import type { Io } from '../../src/cli/io.js'
import { main } from '../../src/cli/main.js'
import { isolating } from '../sandbox/open.js'

const member =
  isolating.find(({ backend, probe }) => backend.id === 'bubblewrap' && probe.usable) ??
  isolating.find(({ probe }) => probe.usable)
const isolated = test.skipIf(member === undefined)
const backend = ['--backend', member?.backend.id ?? 'none', '--slots', '2']

async function assay(args: readonly string[], stdin: string | Buffer = '', env: Io['env'] = process.env) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const collect = async (stream: PassThrough) => Buffer.concat(await stream.toArray()).toString('utf8')
  const texts = Promise.all([collect(stdout), collect(stderr)])
  const io: Io = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    env,
    cwd: '.',
    interrupt: new AbortController().signal,
  }
  const code = await main(args, io)
  stdout.end()
  stderr.end()
  const [out, err] = await texts
  return {
    code,
    out,
    err,
    lines: () =>
      out
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
  }
}

const jsonl = (...lines: unknown[]) =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')

isolated(
  'every line gets one answer with its id, and stdout holds nothing else',
  async () => {
    const requests = Array.from({ length: 40 }, (_, n) => ({
      id: `r${n}`,
      language: 'python',
      code: 'print(int(input()) ** 2)',
      cases: [{ stdin: String(n) }, { id: 'named', stdin: String(n + 1) }],
    }))
    const { code, lines } = await assay(['exec', ...backend], jsonl(...requests))
    expect(code).toBe(0)
    const answers = new Map(lines().map((line) => [line.id, line]))
    expect(answers.size).toBe(40)
    for (const [n, { id }] of requests.entries()) {
      const { cases } = answers.get(id)
      expect(cases.map((one: { id: string; stdout: string }) => [one.id, one.stdout])).toEqual([
        ['0', `${n ** 2}\n`],
        ['named', `${(n + 1) ** 2}\n`],
      ])
    }
  },
  120_000,
)

isolated(
  'bad lines are answered with an error and the stream goes on',
  async () => {
    const input = jsonl(
      'not json',
      [1, 2],
      { id: 1, language: 'python' },
      { id: 2, language: 'cobol', code: '' },
      { id: 3, language: 'python', code: 'x', limits: { cpuMs: 'fast' } },
      { id: 4, language: 'python', code: 'x', limits: { cpuMs: 0 } },
      {
        id: 5,
        language: 'python',
        code: 'def f(x): return x',
        cases: [{ call: { function: 'f', args: [{ $: 'odd' }] } }],
      },
      { id: 6, language: 'python', files: [{ path: '/etc/passwd', text: '' }] },
      { id: 7, language: 'python', code: 'print("fine")', cases: [{}], limits: { unknownKey: 5 }, unknownKey: true },
    )
    const { code, lines } = await assay(['exec', ...backend], input)
    expect(code).toBe(0)
    const answers = lines()
    expect(answers.length).toBe(9)
    const errors = answers.filter(({ error }) => error)
    expect(
      errors
        .map(({ id }) => id)
        .filter((id) => id !== null)
        .sort(),
    ).toEqual([1, 2, 3, 4, 5, 6])
    for (const { error } of errors)
      expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) })
    expect(errors.find(({ id }) => id === 4).error.message).toContain('limits.cpuMs')
    expect(errors.find(({ id }) => id === 2).error.hint).toContain('python')
    expect(answers.find(({ id }) => id === 7).cases[0].stdout).toBe('fine\n')
  },
  120_000,
)

isolated(
  'an empty input is answered with nothing',
  async () => {
    expect(await assay(['exec', ...backend])).toMatchObject({ code: 0, out: '' })
  },
  120_000,
)

isolated(
  'the reply has the documented shape',
  async () => {
    const request = {
      id: 'x',
      language: 'python',
      code: 'def add(a, b): return a + b',
      cases: [{ call: { function: 'add', args: [1, 2] } }],
      tests: { code: 'assert add(1, 2) == 3' },
    }
    const [answer] = (await assay(['exec', ...backend], jsonl(request))).lines()
    expect(Object.keys(answer).sort()).toEqual(['cases', 'compile', 'id', 'mode', 'slot', 'tests'])
    expect(answer).toMatchObject({
      id: 'x',
      compile: null,
      mode: 'batch',
      cases: [{ id: '0', status: 'ok', exitCode: 0, signal: null, stdout: '', stderr: '', value: 3, truncated: false }],
      tests: { ran: 1, failed: [], isolation: 'separate' },
      slot: { backend: member!.backend.id, versions: { python: expect.any(String) } },
    })
  },
  120_000,
)

test('an unknown backend is a usage error that names the nearest', async () => {
  const { code, err } = await assay(['exec', '--backend', 'bubblewarp'])
  expect(code).toBe(2)
  expect(err).toContain("did you mean 'bubblewrap'?")
})

test('ASSAY_BACKEND means the same as --backend', async () => {
  const { code, err } = await assay(['exec'], '', { ...process.env, ASSAY_BACKEND: 'nonsense' })
  expect(code).toBe(2)
  expect(err).toContain("unknown backend 'nonsense'")
})

test.each(['0', '65', 'many'])('--slots %s is refused', async (slots) => {
  expect((await assay(['exec', '--slots', slots])).code).toBe(2)
})

isolated(
  'doctor names the backend in use, its protection and its rate',
  async () => {
    const { code, lines } = await assay(['doctor', '--json', ...backend])
    expect(code).toBe(0)
    const [report] = lines()
    expect(report.used).toMatchObject({
      backend: member!.backend.id,
      slots: 2,
      versions: { python: expect.any(String) },
    })
    expect(report.used.runsPerSecond).toBeGreaterThan(1)
    expect(report.backends.map(({ id }: { id: string }) => id)).toContain('bubblewrap')
    expect(report.facts.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['node', 'python', 'local model']),
    )
    expect(report.bubblewrapInContainer[0]).toContain('--security-opt')
  },
  120_000,
)

test('doctor ends with 3 when the backend that was asked for cannot be used, and says why', async () => {
  const env = { ...process.env, DOCKER_HOST: 'unix:///nonexistent/docker.sock' }
  const { code, out } = await assay(['doctor', '--backend', 'docker'], '', env)
  expect(code).toBe(3)
  expect(out).toContain('LACK  sandbox:')
}, 120_000)
