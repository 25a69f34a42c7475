/**
 * Slots in bubblewrap jails: namespaces, a read-only view of the system, own users, a system-call filter. It shares the
 * host's kernel, and programs can read what is under /usr. Without root there is one user only: a jail per program.
 */
import { execFile, spawn } from 'node:child_process'
import { existsSync, lstatSync, readlinkSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../base/errors.js'
import { packageRoot } from '../../base/paths.js'
import type { Backend, BackendContext, OpenBackend, Probe } from '../backend.js'
import { slotTmpBytes } from '../limits.js'
import { archOf, bpfProgram } from '../seccomp.js'
import { type Cgroup, cgroupPlaces, makeCgroup, sweepCgroups } from './cgroup.js'
import { slotOfChild } from './child.js'
import { findPython, type PythonRuntime } from './python-runtime.js'

const AGENT = '/opt/assay/slot'
const PYTHON = '/opt/python'
const CAPABILITIES = ['SETUID', 'SETGID', 'KILL', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER']
/** What programs may see of /etc: how to find libraries and programs, and nothing about this machine. */
const ETC = ['ld.so.cache', 'alternatives', 'localtime']

export const bubblewrap: Backend = {
  id: 'bubblewrap',
  automatic: true,
  protects: [
    'the network: a slot has none',
    'files: the system is read-only, homes, /etc and other projects are not there',
    'other processes: a process namespace for each slot, a user for each program (as root)',
    'the kernel: no capabilities, no new privileges, a system-call filter',
  ],
  doesNotProtect: [
    'against bugs of the kernel, which it shares',
    'what lies readable under /usr',
    'without root: programs of one slot run under one user, so each gets a jail of its own (slower)',
  ],
  probe,
  open,
}

async function probe(context: BackendContext): Promise<Probe> {
  if (process.platform !== 'linux') {
    return { usable: false, reason: `this is ${process.platform}, bubblewrap needs Linux`, hint: 'use docker' }
  }
  const version = await bwrapVersion(context)
  if (version === undefined) {
    return {
      usable: false,
      reason: 'bubblewrap is not installed',
      hint: 'install it, e.g. apt-get install bubblewrap, or start a container engine',
    }
  }
  const python = await findPython(context.env)
  if (python === undefined) {
    return {
      usable: false,
      reason: 'there is no python3 of version 3.9 or newer',
      hint: 'install python3, or name one in ASSAY_PYTHON',
    }
  }
  const refusal = await tryJail(context, python)
  if (refusal !== undefined) {
    return {
      usable: false,
      reason: `bubblewrap cannot make its namespaces here: ${refusal}`,
      hint: 'inside a container start it with: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN --cap-add NET_ADMIN; elsewhere allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0)',
    }
  }
  const places = cgroupPlaces()
  return {
    usable: true,
    facts: {
      bubblewrap: version,
      python: `${python.version} (${python.executable})`,
      users: isRoot() ? 'a user for each program' : 'one user, a jail for each program',
      memory: places.some(({ kind }) => kind !== 'pids')
        ? 'control group and address limit'
        : 'address limit and a watch over resident memory (no control group may be made here)',
      filter: archOf(process.arch) ? 'system-call filter' : `none for ${process.arch}`,
    },
  }
}

async function open(context: BackendContext): Promise<OpenBackend> {
  const found = await probe(context)
  if (!found.usable) throw new AppError('sandbox/backend-missing', { message: found.reason, hint: found.hint })
  const python = (await findPython(context.env)) as PythonRuntime
  const places = cgroupPlaces()
  await sweepCgroups(places)
  const arch = archOf(process.arch)
  const filter = arch ? bpfProgram(arch) : undefined
  const groups = new Set<Cgroup>()
  let started = 0
  return {
    image: `host /usr read-only, bubblewrap ${found.facts.bubblewrap}, python ${python.version}`,
    start: async () => {
      const group = makeCgroup(places, ++started)
      if (group) groups.add(group)
      const child = startJail(python, filter, group, context)
      return slotOfChild(child, async () => {
        if (!group) return
        await group.remove()
        groups.delete(group)
      })
    },
    close: async () => {
      for (const group of groups) await group.remove()
    },
  }
}

function startJail(
  python: PythonRuntime,
  filter: Buffer | undefined,
  group: Cgroup | undefined,
  { env }: BackendContext,
) {
  const memory = group?.memoryFolder ? ['--ro-bind', group.memoryFolder, '/run/assay/memory'] : []
  const args = [
    ...jail(python),
    '--ro-bind',
    path.join(packageRoot, 'sandboxes/slot'),
    AGENT,
    ...memory,
    ...(filter ? ['--seccomp', '3'] : []),
    '--remount-ro',
    '/',
    inside(python),
    '-s',
    '-S',
    '-B',
    `${AGENT}/agent.py`,
  ]
  // The shell puts itself into the group before it becomes bubblewrap, so nothing starts outside it.
  const entries = group?.entries ?? []
  const script = `${entries.map((_, i) => `echo $$ > "$${i + 1}" && `).join('')}shift ${entries.length} && exec bwrap "$@"`
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...entries, ...args], {
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    env: { PATH: env.PATH ?? '/usr/bin:/bin' },
  })
  const pipe = child.stdio[3] as NodeJS.WritableStream | null
  pipe?.on('error', () => {})
  if (filter) pipe?.end(filter)
  else pipe?.end()
  return child
}

/** Everything but the agent, the filter and the command. */
function jail(python: PythonRuntime): string[] {
  const outside = python.prefix !== '/usr'
  return [
    ...(isRoot()
      ? ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try']
      : ['--unshare-all', '--unshare-user']),
    '--cap-drop',
    'ALL',
    ...(isRoot() ? CAPABILITIES.flatMap((name) => ['--cap-add', `CAP_${name}`]) : []),
    '--as-pid-1',
    '--die-with-parent',
    '--new-session',
    '--hostname',
    'slot',
    '--clearenv',
    '--setenv',
    'PATH',
    '/usr/local/bin:/usr/bin:/bin',
    ...(outside ? ['--setenv', 'LD_LIBRARY_PATH', `${PYTHON}/lib`] : []),
    // Parents that bubblewrap makes by itself cannot be entered by other users.
    ...['/etc', '/opt', '/opt/assay', '/run', '/run/assay', '/var', '/home'].flatMap((folder) => [
      '--perms',
      '0755',
      '--dir',
      folder,
    ]),
    '--ro-bind',
    '/usr',
    '/usr',
    ...['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'].flatMap(systemFolder),
    ...ETC.flatMap((name) => ['--ro-bind-try', `/etc/${name}`, `/etc/${name}`]),
    ...(outside ? ['--ro-bind', python.prefix, PYTHON] : []),
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--size',
    String(slotTmpBytes),
    '--perms',
    '1777',
    '--tmpfs',
    '/tmp',
    '--chdir',
    '/',
  ]
}

function systemFolder(folder: string): string[] {
  if (!existsSync(folder)) return []
  return lstatSync(folder).isSymbolicLink() ? ['--symlink', readlinkSync(folder), folder] : ['--ro-bind', folder, folder]
}

/** Path of the interpreter inside the jail. */
function inside({ executable, prefix }: PythonRuntime): string {
  return prefix === '/usr' ? executable : path.join(PYTHON, path.relative(prefix, executable))
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

async function bwrapVersion({ env }: BackendContext): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('bwrap', ['--version'], { env: { PATH: env.PATH }, timeout: 10_000 })
    return stdout.trim().split(' ').at(-1)
  } catch {
    return undefined
  }
}

/** Why a jail like the slots' cannot be made; undefined when it can. */
async function tryJail({ env }: BackendContext, python: PythonRuntime): Promise<string | undefined> {
  try {
    await promisify(execFile)('bwrap', [...jail(python), '--', inside(python), '-I', '-S', '-c', ''], {
      env: { PATH: env.PATH },
      timeout: 20_000,
    })
    return undefined
  } catch (error) {
    const told = (error as { stderr?: string }).stderr?.trim()
    return told || (error as Error).message
  }
}
