import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { docker } from '../../src/sandbox/backends/docker.js'
import { connect, engineOptions, ping } from '../../src/sandbox/backends/docker-engine.js'
import { splitFrames } from '../../src/sandbox/backends/docker-frames.js'
import { ensureImage, imageId, slotFolder, slotTag } from '../../src/sandbox/backends/docker-image.js'
import { isOrphan, type Owner, ownContainer, ownerLabel, thisOwner } from '../../src/sandbox/backends/docker-owner.js'
import { slotContainer, startSlot } from '../../src/sandbox/backends/docker-slot.js'
import type { AgentRequest } from '../../src/sandbox/protocol.js'
import { defaultLimits } from '../../src/schemas/exec.js'

const folder = mkdtempSync(path.join(tmpdir(), 'assay-docker-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const quiet = () => {}

describe('the connection to the engine', () => {
  test.each([
    ['unix:///run/user/7/docker.sock', { socketPath: '/run/user/7/docker.sock' }, '/run/user/7/docker.sock'],
    ['tcp://10.0.0.9', { host: '10.0.0.9', port: '2375', protocol: 'http' }, '10.0.0.9:2375'],
    ['tcp://engine:4000', { host: 'engine', port: '4000', protocol: 'http' }, 'engine:4000'],
  ])('DOCKER_HOST=%s is taken as the docker client takes it', (given, options, address) => {
    const found = engineOptions({ DOCKER_HOST: given })
    expect(found.options).toMatchObject(options)
    expect(found.address).toBe(address)
  })

  test.each(['ssh://me@host', 'nonsense', 'tcp:'])('DOCKER_HOST=%s is refused with the way out', (given) => {
    expect(() => engineOptions({ DOCKER_HOST: given })).toThrow(`DOCKER_HOST is '${given}'`)
  })

  test('TLS without certificates names the folder that was looked in', () => {
    expect(() => engineOptions({ DOCKER_HOST: 'tcp://h:2376', DOCKER_CERT_PATH: folder })).toThrow(folder)
  })

  test('a missing socket makes the backend unusable, in words and with a hint', async () => {
    const env = { DOCKER_HOST: `unix://${folder}/none.sock` }
    expect(await docker.probe({ env, log: quiet })).toEqual({
      usable: false,
      reason: `no container engine: ${folder}/none.sock is not there`,
      hint: expect.stringContaining('DOCKER_HOST'),
    })
    await expect(docker.open({ env, log: quiet })).rejects.toMatchObject({ code: 'sandbox/backend-missing' })
  })

  test('an engine that never answers is given up', async () => {
    const server = createServer(() => {}).listen(path.join(folder, 'mute.sock'))
    await once(server, 'listening')
    const engine = await connect({ DOCKER_HOST: `unix://${folder}/mute.sock` })
    await expect(ping(engine, { timeoutMs: 20 })).rejects.toThrow('did not answer in time')
    server.close()
  })
})

describe('the attach stream', () => {
  const frame = (stream: number, payload: Buffer) => {
    const header = Buffer.from([stream, 0, 0, 0, 0, 0, 0, 0])
    header.writeUInt32BE(payload.length, 4)
    return Buffer.concat([header, payload])
  }

  test('frames come out whole however the engine cuts them', async () => {
    const payload = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes))
    const frames = fc.array(fc.tuple(fc.constantFrom(1, 2), payload), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(frames, fc.array(fc.nat(50), { maxLength: 20 }), async (list, cuts) => {
        const bytes = Buffer.concat(list.map(([stream, data]) => frame(stream, data)))
        const edges = [0, ...cuts.filter((cut) => cut < bytes.length).sort((a, b) => a - b), bytes.length]
        const pieces = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end))
        const [stdout, stderr] = [new PassThrough(), new PassThrough()]
        const done = splitFrames(Readable.from(pieces), stdout, stderr)
        const collect = async (stream: PassThrough) => Buffer.concat(await stream.toArray())
        const [out, err] = await Promise.all([collect(stdout), collect(stderr), done])
        const wanted = (number: number) => Buffer.concat(list.filter(([n]) => n === number).map(([, data]) => data))
        expect([out, err]).toEqual([wanted(1), wanted(2)])
      }),
      { seed: 11, numRuns: 200 },
    )
  })

  test('stderr that nobody reads neither stops the answers nor fills the memory', async () => {
    const noise = frame(2, Buffer.alloc(50_000, 'e'))
    const source = Readable.from([...Array<Buffer>(100).fill(noise), frame(1, Buffer.from('answer'))])
    const [stdout, stderr] = [new PassThrough(), new PassThrough()]
    const done = splitFrames(source, stdout, stderr)
    expect(await text(stdout)).toBe('answer')
    await done
    expect(stderr.readableLength + stderr.writableLength).toBeLessThan(200_000)
  })
})

describe('who owns a container', () => {
  const self: Owner = { boot: 'b', pidNamespace: 'p', pid: 1, start: '10', container: '' }
  const processes = new Map([
    [1, '10'],
    [2, '20'],
  ])
  const witness = {
    processStart: (pid: number) => processes.get(pid),
    containerRuns: async (id: string) => id === 'alive',
  }
  const listed = (owner: Partial<Owner>, running = true, ageMs = 0) => ({
    id: 'c',
    label: JSON.stringify({ ...self, ...owner }),
    running,
    ageMs,
  })
  const gone = 1e9
  test.each([
    ['of this process', false, listed({})],
    ['of a living process', false, listed({ pid: 2, start: '20' })],
    ['of a dead process', true, listed({ pid: 3, start: '30' })],
    ['of a dead process whose pid was used again', true, listed({ pid: 2, start: '7' })],
    ['of a process in a living container', false, listed({ pidNamespace: 'q', container: 'alive' })],
    ['of a process in a container that is gone', true, listed({ pidNamespace: 'q', container: 'dead' })],
    ['of a process that cannot be seen, running', false, listed({ pidNamespace: 'q' }, true, gone)],
    ['of a process that cannot be seen, ended just now', false, listed({ pidNamespace: 'q' }, false, 1000)],
    ['of a process that cannot be seen, ended long ago', true, listed({ pidNamespace: 'q' }, false, gone)],
    ['of another machine on the same engine', false, listed({ boot: 'x', pid: 3 })],
    ['with a label that cannot be read, ended long ago', true, { ...listed({}, false, gone), label: '{' }],
    ['with a label that cannot be read, running', false, { ...listed({}), label: 'null' }],
  ])('a container %s: orphan is %s', async (_name, orphan, container) => {
    expect(await isOrphan(container, self, witness)).toBe(orphan)
  })

  test('the own container is read from the mount of /etc/hostname', () => {
    const id = 'f'.repeat(64)
    const line = `36 35 254:0 /var/lib/docker/containers/${id}/hostname /etc/hostname rw - ext4 /dev/vda rw`
    expect(ownContainer(`1 2 3:4 / / rw - ext4 /dev/vda rw\n${line}`)).toBe(id)
    expect(ownContainer('1 2 3:4 / / rw - ext4 /dev/vda rw')).toBe('')
  })
})

describe('the image', () => {
  test('its tag changes with every file that goes into it, and not with caches', () => {
    const copy = path.join(folder, 'slot')
    cpSync(slotFolder, copy, { recursive: true })
    const tag = slotTag('python', copy)
    expect(tag).toBe(slotTag('python'))
    writeFileSync(path.join(copy, '.hidden'), 'x')
    expect(slotTag('python', copy)).toBe(tag)
    writeFileSync(path.join(copy, 'agent.py'), '# another agent')
    expect(slotTag('python', copy)).not.toBe(tag)
  })
})

test('a slot has no network, no mounts, no capabilities but the agent’s, and hard limits', () => {
  const { HostConfig, ...container } = slotContainer({ image: 'i', owner: thisOwner(), seccomp: '{}' })
  expect(container).toMatchObject({ OpenStdin: true, StdinOnce: true, Tty: false })
  expect(HostConfig).toMatchObject({
    AutoRemove: true,
    NetworkMode: 'none',
    ReadonlyRootfs: true,
    CapDrop: ['ALL'],
    SecurityOpt: ['no-new-privileges', 'seccomp={}'],
  })
  expect(HostConfig?.Binds ?? HostConfig?.Mounts).toBeUndefined()
  expect(HostConfig?.Memory).toBe(HostConfig?.MemorySwap)
})

test('a runtime of its own gets its filter through the agent, and the threads that it needs itself', () => {
  const runtime = { name: 'runsc', filter: Buffer.from('filter'), threads: 5_000 }
  const { HostConfig, Env } = slotContainer({ image: 'i', owner: thisOwner(), seccomp: '{}', runtime })
  expect(HostConfig).toMatchObject({ Runtime: 'runsc', PidsLimit: 5_000 })
  expect(Env).toEqual([`ASSAY_SLOT_FILTER=${runtime.filter.toString('base64')}`])
})

const endless = {
  id: 1,
  language: 'python',
  files: [{ path: 'solution.py', text: 'while True: pass' }],
  cases: [{}],
  limits: { ...defaultLimits, cpuMs: 60_000, wallMs: 60_000 },
  mode: 'batch',
} satisfies AgentRequest & { id: number }

const engineAsked = Boolean(process.env.ASSAY_TEST_DOCKER)
describe.skipIf(!engineAsked)('with an engine (set ASSAY_TEST_DOCKER=1; .ci/engine.sh starts one)', () => {
  const context = { env: process.env, log: quiet }
  const ours = async (pid: number) => {
    const { docker: client } = await connect(process.env)
    const all = await client.listContainers({ all: true, filters: { label: [ownerLabel] } })
    return all.filter(({ Labels }) => (JSON.parse(Labels[ownerLabel] ?? '{}') as Partial<Owner>).pid === pid)
  }
  /** Waits for a fact of the engine, which removes containers in its own time. */
  const eventually = async (fact: () => Promise<boolean>, limitMs = 15_000) => {
    const end = performance.now() + limitMs
    while (performance.now() < end) {
      if (await fact()) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect.fail(`not so after ${limitMs} ms`)
  }

  test('the probe names the engine and the image, and starts nothing', async () => {
    const probe = await docker.probe(context)
    expect(probe).toMatchObject({ usable: true, facts: { image: expect.stringContaining(slotTag('python')) } })
    expect(await ours(process.pid)).toEqual([])
  })

  test('slots start, are killed twice without complaint, and leave nothing', async () => {
    const backend = await docker.open(context)
    const slots = await backend.image('python')
    expect(slots.image).toMatch(/^sha256:/)
    const [first, second] = await Promise.all([slots.start(), slots.start()])
    expect(await ours(process.pid)).toHaveLength(2)
    await first.kill()
    await first.kill()
    expect(await first.exited).toBe('ended by assay')
    expect(await ours(process.pid)).toHaveLength(1)
    await backend.close()
    expect(await second.exited).toBe('ended by assay')
    expect(await ours(process.pid)).toEqual([])
  })

  test('the agent ends at the end of stdin, and its container with it', async () => {
    const backend = await docker.open(context)
    const slot = await (await backend.image('python')).start()
    slot.stdin.end()
    expect(await slot.exited).toBe('the agent ended')
    await eventually(async () => (await ours(process.pid)).length === 0)
    await backend.close()
  })

  test('a slot that is killed from outside says so', async () => {
    const backend = await docker.open(context)
    const slot = await (await backend.image('python')).start()
    const { docker: client } = await connect(process.env)
    const [container] = await ours(process.pid)
    await client.getContainer(container!.Id).kill()
    expect(await slot.exited).toMatch(/was killed/)
    await backend.close()
  })

  test('a failed build is `sandbox/image` with the end of its output', async () => {
    const broken = path.join(folder, 'broken')
    cpSync(slotFolder, broken, { recursive: true })
    writeFileSync(
      path.join(broken, 'python.Dockerfile'),
      'FROM debian:bookworm-slim\nRUN echo about to fail && exit 7\n',
    )
    const { docker: client } = await connect(process.env)
    const attempt = ensureImage(client, { kind: 'python', log: quiet, folder: broken })
    await expect(attempt).rejects.toMatchObject({
      code: 'sandbox/image',
      message: expect.stringContaining('about to fail'),
    })
    await expect(attempt).rejects.toThrow('non-zero code: 7')
    expect(await imageId(client, slotTag('python', broken))).toBeUndefined()
  })

  test('a build that is called off is an interruption, not a failure of the image', async () => {
    const slow = path.join(folder, 'slow')
    cpSync(slotFolder, slow, { recursive: true })
    writeFileSync(path.join(slow, 'python.Dockerfile'), 'FROM debian:bookworm-slim\nRUN sleep 60\n')
    const { docker: client } = await connect(process.env)
    const stop = new AbortController()
    const log = (line: string) => line.includes('RUN') && stop.abort()
    const attempt = ensureImage(client, { kind: 'python', log, signal: stop.signal, folder: slow })
    await expect(attempt).rejects.toMatchObject({ code: 'run/interrupted' })
  })

  test('an image that lacks what it starts is `sandbox/agent-died` and leaves no container', async () => {
    const { docker: client } = await connect(process.env)
    const spec = { image: 'debian:bookworm-slim', owner: thisOwner(), seccomp: '{"defaultAction":"no"}' }
    await expect(startSlot(client, spec)).rejects.toMatchObject({ code: 'sandbox/agent-died' })
    expect(await ours(process.pid)).toEqual([])
  })

  /** A process of its own that opens the backend, starts two slots, gives one of them an endless program, says so and stays. */
  const ownerProcess = async () => {
    const script = `
      import { docker } from ${JSON.stringify(path.resolve('src/sandbox/backends/docker.ts'))}
      const backend = await docker.open({ env: process.env, log: () => {} })
      const image = await backend.image('python')
      const [busy] = await Promise.all([image.start(), image.start()])
      busy.stdin.write(${JSON.stringify(`${JSON.stringify(endless)}\n`)})
      console.log('ready')
    `
    const file = path.join(folder, 'owner.mts')
    writeFileSync(file, script)
    const child = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(readline.createInterface({ input: child.stdout }), 'line')) as [string]
    expect(line).toBe('ready')
    return child
  }

  test('after kill -9 of their owner the slots end by themselves', async () => {
    const child = await ownerProcess()
    expect(await ours(child.pid!)).toHaveLength(2)
    child.kill('SIGKILL')
    await eventually(async () => (await ours(child.pid!)).length === 0)
  })

  test('a slot that cannot end by itself is swept by the next open, a living owner’s is not', async () => {
    const { docker: client } = await connect(process.env)
    const [dead, living] = await Promise.all([ownerProcess(), ownerProcess()])
    const [stuck] = await ours(dead.pid!)
    await client.getContainer(stuck!.Id).pause()
    dead.kill('SIGKILL')
    await once(dead, 'exit')
    await eventually(async () => (await ours(dead.pid!)).length === 1)
    const said: string[] = []
    const backend = await docker.open({ ...context, log: (line) => said.push(line) })
    expect(said).toContain('docker: removed 1 container of dead runs')
    expect(await ours(dead.pid!)).toEqual([])
    expect(await ours(living.pid!)).toHaveLength(2)
    await backend.close()
    living.kill('SIGKILL')
    await eventually(async () => (await ours(living.pid!)).length === 0)
  })
})
