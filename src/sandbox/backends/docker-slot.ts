/** One hardened container as a slot, attached over stdio. No bind mount, so it works beside an assay that runs in a container itself. */
import { type Duplex, PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type Docker from 'dockerode'
import type { Container, ContainerCreateOptions } from 'dockerode'
import { AppError } from '../../base/errors.js'
import type { SlotProcess } from '../backend.js'
import { slotMemoryBytes, slotProcesses, slotShmBytes, slotTmpBytes } from '../limits.js'
import { reasonOf, statusOf } from './docker-engine.js'
import { splitFrames } from './docker-frames.js'
import { type Owner, ownerLabel } from './docker-owner.js'

const MiB = 1 << 20

/** What one container may use: the wall behind the limits that the agent keeps for each program. */
const containerLimits = {
  /** The agent, the memfds of outputs and what the kernel counts beside a program that uses all it may ask for. */
  memoryBytes: slotMemoryBytes + 256 * MiB,
  tmpFiles: 16_384,
}

/** Kept by the agent to give each program a fresh uid and a folder of its own; all of them are gone in the program. */
const agentCapabilities = ['SETUID', 'SETGID', 'KILL', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER']

export interface SlotSpec {
  /** Image id or tag. */
  image: string
  owner: Owner
  /** Docker's seccomp profile, as JSON text. */
  seccomp: string
  /** What the engine starts the container with; its default when not given. */
  runtime?: Runtime
}

export interface Runtime {
  /** Its name at the engine. */
  name: string
  /** BPF program that the agent puts on itself, for a runtime that does not apply Docker's profile. */
  filter?: Buffer
  /** Threads that the runtime itself may have for a slot; `slotProcesses` when not given. */
  threads?: number
}

export function slotContainer({ image, owner, seccomp, runtime }: SlotSpec): ContainerCreateOptions {
  return {
    Image: image,
    Labels: { [ownerLabel]: JSON.stringify(owner) },
    ...(runtime?.filter ? { Env: [`ASSAY_SLOT_FILTER=${runtime.filter.toString('base64')}`] } : {}),
    Hostname: 'slot',
    User: '0:0',
    Tty: false,
    OpenStdin: true,
    // With the owner's connection stdin ends too, and with stdin the agent: kill -9 of the owner leaves nothing running.
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      AutoRemove: true,
      ...(runtime ? { Runtime: runtime.name } : {}),
      NetworkMode: 'none',
      IpcMode: 'private',
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      CapAdd: agentCapabilities,
      SecurityOpt: ['no-new-privileges', `seccomp=${seccomp}`],
      PidsLimit: runtime?.threads ?? slotProcesses,
      Memory: containerLimits.memoryBytes,
      MemorySwap: containerLimits.memoryBytes,
      ShmSize: slotShmBytes,
      Tmpfs: {
        '/tmp': `rw,nosuid,nodev,exec,mode=1777,size=${slotTmpBytes},nr_inodes=${containerLimits.tmpFiles}`,
      },
      Ulimits: [
        // Of one byte, see jail.py.
        { Name: 'core', Soft: 1, Hard: 1 },
        { Name: 'nofile', Soft: 1024, Hard: 1024 },
      ],
      // The agent's; each program raises its own to 1000, so that out of memory never ends the agent.
      OomScoreAdj: 0,
      // What programs print passes through the attached stream; a log would copy all of it to the engine's disk.
      LogConfig: { Type: 'none', Config: {} },
    },
  }
}

/** Creates, attaches and starts one slot. Throws `sandbox/agent-died` with the engine's words. */
export async function startSlot(docker: Docker, spec: SlotSpec): Promise<SlotProcess> {
  let container: Container | undefined
  try {
    container = await docker.createContainer(slotContainer(spec))
    // Attached before the start, so that the agent's first line is not lost.
    const stream = (await container.attach({
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      hijack: true,
    })) as Duplex
    const stdout = new PassThrough()
    const stderr = new PassThrough()
    // A broken connection shows as the end of stdout and as `exited`.
    stream.on('error', () => {})
    const hungUp = splitFrames(stream, stdout, stderr)
    await container.start()
    return slotProcess(container, { stream, stdout, stderr, hungUp })
  } catch (error) {
    await container?.remove({ force: true }).catch(() => {})
    throw new AppError('sandbox/agent-died', {
      message: `the engine did not start a slot: ${reasonOf(error)}`,
      hint: 'assay doctor --backend docker looks at the engine; its own log says more',
      cause: error,
    })
  }
}

interface Streams {
  stream: Duplex
  stdout: PassThrough
  stderr: PassThrough
  /** Settles when the engine has closed the slot's output. */
  hungUp: Promise<void>
}

function slotProcess(container: Container, { stream, stdout, stderr, hungUp }: Streams): SlotProcess {
  let killed = false
  // An engine that dies in the middle of an answer never ends it, so neither of these may be waited for alone.
  const removed = container.wait({ condition: 'removed' }).catch(() => undefined)
  const reason = Promise.race([exitReason(container), hungUp.then(() => within(graceMs, brokenReason))])
  const exited = reason.then((told) => (killed ? 'ended by assay' : told))
  const kill = async () => {
    killed = true
    // Gone already, being removed by its engine, or the engine is gone: what is left, the next start sweeps.
    await container.remove({ force: true }).catch(() => {})
    await Promise.race([removed, within(removalMs)])
    stream.destroy()
  }
  return { stdin: stream, stdout, stderr, exited, kill }
}

/** How long an engine may take to say why a slot ended, once its streams are closed. */
const graceMs = 2_000
/** How long it may take to remove a container that it was told to remove. */
const removalMs = 10_000
const brokenReason = 'the connection to the engine broke'

const within = <T>(ms: number, value?: T) => setTimeout(ms, value, { ref: false })

async function exitReason(container: Container): Promise<string> {
  try {
    const { StatusCode } = (await container.wait({ condition: 'not-running' })) as { StatusCode: number }
    const outOfMemory = await container.inspect().then(
      ({ State }) => State.OOMKilled,
      () => undefined,
    )
    if (StatusCode === 0) return 'the agent ended'
    if (StatusCode !== 137) return `the agent ended with exit code ${StatusCode}`
    if (outOfMemory) return 'the slot ran out of memory and was killed'
    return outOfMemory === false
      ? 'the slot was killed from outside'
      : 'the slot was killed (out of memory, or from outside)'
  } catch (error) {
    if (statusOf(error) === 404) return 'the slot is gone'
    return `${brokenReason}: ${reasonOf(error)}`
  }
}
