/** The product's own image: builds from the Dockerfile as a user builds it, and runs programs in sibling slots. */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const dockerfile = readFileSync('Dockerfile', 'utf8')

test('the Dockerfile needs nothing but its base image: no syntax line, and every source is in the build context', () => {
  expect(dockerfile).not.toMatch(/^#\s*syntax\s*=/im)
  const allowed = readFileSync('.dockerignore', 'utf8').split('\n')
  const sources = dockerfile
    .split('\n')
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from'))
    .flatMap((line) => line.split(/\s+/).slice(1, -1))
  expect(sources.length).toBeGreaterThan(5)
  for (const source of sources) {
    expect(existsSync(source), source).toBe(true)
    expect(allowed, source).toContain(`!${source.split('/')[0]}`)
  }
})

test('the image starts as a user who is not root', () => {
  const users = [...dockerfile.matchAll(/^USER (.*)$/gm)].map(([, user]) => user)
  expect(users.at(-1)).toBe('node')
})

const engineAsked = Boolean(process.env.ASSAY_TEST_DOCKER)
describe.skipIf(!engineAsked)('with an engine (set ASSAY_TEST_DOCKER=1; .ci/engine.sh starts one)', () => {
  const image = `assay-test:${process.pid}`
  let folder: string
  const socket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')
  let model: Server

  /** `docker run` with the engine's socket, as the Dockerfile's head tells users to do it. */
  const assay = (
    args: readonly string[],
    input = '',
    mounts: readonly string[] = [],
    options: readonly string[] = [],
  ) =>
    execa({ reject: false, input, timeout: 300_000 })('docker', [
      'run',
      '--rm',
      '-i',
      '--network=host',
      `--volume=${socket}:/var/run/docker.sock`,
      `--group-add=${statSync(socket).gid}`,
      ...mounts.map((mount) => `--volume=${mount}`),
      ...options,
      image,
      ...args,
    ])

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'assay-image-test-'))
    const build = await execa({ reject: false, all: true, timeout: 900_000 })('docker', [
      'build',
      '--network=host',
      '--tag',
      image,
      '.',
    ])
    expect(build.exitCode, build.all.slice(-3000)).toBe(0)
    model = createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json')
        response.end(JSON.stringify(request.url?.endsWith('/models') ? { object: 'list', data: [] } : completion))
      })
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => model.once('listening', resolve))
  }, 960_000)

  afterAll(async () => {
    model?.close()
    await execa({ reject: false })('docker', ['rmi', '--force', image])
    rmSync(folder, { recursive: true, force: true })
  })

  const completion = {
    id: 'x',
    object: 'chat.completion',
    created: 0,
    model: 'stand-in',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: { role: 'assistant', content: '```python\nprint(int(input()) * 2)\n```' },
      },
    ],
    usage: { prompt_tokens: 5, completion_tokens: 9, total_tokens: 14 },
  }

  test('doctor finds the engine through the mounted socket', async () => {
    const { stdout, exitCode, stderr } = await assay(['doctor'])
    expect(exitCode, stderr).toBe(0)
    expect(stdout).toMatch(/docker/)
  })

  test('exec runs a program in a sibling slot', async () => {
    const request = { id: 'a', language: 'python', code: 'print(int(input()) + 1)', cases: [{ stdin: '41' }] }
    const { stdout, stderr, exitCode } = await assay(['exec', '--backend', 'docker'], `${JSON.stringify(request)}\n`)
    expect(exitCode, stderr).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'a',
      cases: [{ status: 'ok', stdout: '42\n' }],
      slot: { backend: 'docker', image: expect.stringMatching(/^sha256:/) },
    })
  })

  test('run asks a model, proves its answers in sibling slots, and writes verified traces to the mounted folder', async () => {
    const set = path.join(folder, 'set')
    const runs = path.join(folder, 'runs')
    for (const made of [set, runs]) mkdirSync(made)
    chmodSync(folder, 0o755)
    chmodSync(runs, 0o777)
    const rows = `${JSON.stringify(problem)}\n`
    writeFileSync(path.join(set, 'problems.jsonl'), rows)
    const sha256 = createHash('sha256').update(rows).digest('hex')
    writeFileSync(path.join(set, 'set.json'), JSON.stringify({ ...setFile, sha256, count: 1 }))
    const { port } = model.address() as AddressInfo
    const { exitCode, stderr } = await assay(
      [
        ...['run', '--set', '/data/set', '--model', 'openai:stand-in', '--base-url', `http://127.0.0.1:${port}/v1`],
        ...['--backend', 'docker', '--samples', '2', '--out', 'runs/first'],
      ],
      '',
      [`${set}:/data/set:ro`, `${runs}:/data/runs`],
    )
    expect(exitCode, stderr).toBe(0)
    const verified = readFileSync(path.join(runs, 'first/verified.jsonl'), 'utf8').trim().split('\n')
    expect(verified).toHaveLength(2)
    expect(JSON.parse(verified[0]!)).toMatchObject({ problemId: 'tiny/double', verdict: { status: 'accepted' } })
  })

  test('no slot is left behind, not even when the container of assay is killed while a program runs', async () => {
    const slots = async () =>
      (await execa('docker', ['ps', '--all', '--quiet', '--filter', 'label=assay.owner'])).stdout
    const until = async (fact: () => Promise<boolean>) => {
      const end = performance.now() + 60_000
      while (!(await fact())) {
        expect(performance.now()).toBeLessThan(end)
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
    expect(await slots()).toBe('')
    const name = `assay-test-${process.pid}`
    const limits = { cpuMs: 60_000, wallMs: 60_000 }
    const endless = { id: 1, language: 'python', code: 'while True: pass', cases: [{}], limits }
    const running = assay(['exec', '--backend', 'docker'], `${JSON.stringify(endless)}\n`, [], [`--name=${name}`])
    await until(async () => (await slots()) !== '')
    await execa('docker', ['kill', name])
    await running
    await until(async () => (await slots()) === '')
  })
})

const setFile = {
  v: 1,
  id: 'tiny',
  title: 'One problem',
  format: 'assay',
  license: 'Apache-2.0',
  source: 'this test',
}

const problem = {
  v: 1,
  id: 'tiny/double',
  kind: 'code',
  set: 'tiny',
  license: 'Apache-2.0',
  source: 'this test',
  statement: 'Read an integer and print its double.',
  language: 'python',
  check: {
    type: 'stdio',
    cases: [
      { stdin: '2\n', stdout: '4\n' },
      { stdin: '-7\n', stdout: '-14\n' },
    ],
  },
  reference: { code: 'print(int(input()) * 2)' },
  skills: ['arithmetic'],
  level: 0,
}
