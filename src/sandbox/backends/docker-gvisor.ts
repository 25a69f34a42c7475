/**
 * Slots as containers under gVisor: the engine's runtime `runsc` answers system calls by itself, so a program does not reach
 * this machine's kernel. The same image and agent as `docker`; what a run costs is several times more.
 */
import { AppError } from '../../base/errors.js'
import type { Backend, BackendContext, OpenBackend, Probe } from '../backend.js'
import { slotMemoryBytes, slotTmpBytes } from '../limits.js'
import { bpfProgram } from '../seccomp.js'
import { docker, type EngineFacts, lookAtEngine, openEngine } from './docker.js'

const RUNTIME = 'runsc'
/**
 * gVisor ends the whole slot when the machine gives it no thread more, and it takes several for each process of a program.
 * What a program may have, the agent watches; this is only the wall behind it.
 */
const MOST_THREADS = 8_192

export const dockerGvisor: Backend = {
  id: 'docker-gvisor',
  protects: [
    'the kernel of this machine: system calls are answered by gVisor',
    ...docker.protects.filter((line) => !line.startsWith('memory, processes')),
    'memory, processes, files and output are limited by gVisor and the agent; nothing of a program outlives it',
  ],
  doesNotProtect: [
    'against bugs of gVisor itself',
    'gVisor refuses no process or thread: a program with more than its limit is ended, once the agent has seen it',
    'gVisor counts a program as computing while it waits for a processor: on a busy machine CPU limits are reached too early',
    'gVisor shows a program what other processes of its slot have open, their environment and memory maps (not memory, not files of others)',
    'gVisor lets a program raise its priority, and takes no notice of it',
    'processor time is shared with the machine; side channels between programs on one processor are not closed',
  ],
  // Never chosen by itself: slower, and some system calls of compilers and programs are not there.
  automatic: false,
  probe,
  open,
}

async function probe(context: BackendContext): Promise<Probe> {
  const found = await look(context)
  if ('usable' in found) return found
  const slot = `${slotMemoryBytes / 2 ** 20} MiB memory, ${MOST_THREADS} threads of gVisor itself, ${slotTmpBytes / 2 ** 20} MiB /tmp`
  return { usable: true, facts: { ...found.facts, slot, runtime: RUNTIME } }
}

async function look(context: BackendContext): Promise<EngineFacts | Extract<Probe, { usable: false }>> {
  const found = await lookAtEngine(context)
  if ('usable' in found || found.runtimes.includes(RUNTIME)) return found
  return {
    usable: false,
    reason: `the engine has no runtime '${RUNTIME}' (it has ${found.runtimes.join(', ')})`,
    hint: 'install gVisor, then let `runsc install` add it to the engine and restart the engine (or start dockerd with --add-runtime runsc=/usr/bin/runsc)',
  }
}

async function open(context: BackendContext): Promise<OpenBackend> {
  const found = await look(context)
  if ('usable' in found) throw new AppError('sandbox/backend-missing', { message: found.reason, hint: found.hint })
  const machine = ({ x86_64: 'x86_64', aarch64: 'arm64' } as const)[found.architecture]
  // gVisor leaves the profile to itself; the agent's own filter it keeps.
  return openEngine(context, { name: RUNTIME, filter: machine && bpfProgram(machine), threads: MOST_THREADS })
}
