/**
 * A control group for each slot, v1 or v2, where one can be made: memory and processes of everything in it together.
 * Without one, a program's own limits and the agent's watch over resident memory remain.
 */
import { type Dirent, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { slotMemoryBytes, slotProcesses } from '../limits.js'
import { ownedName, ownerless } from './owner.js'

const SWEEP_DEPTH = 6

export interface Cgroup {
  /** Files to write a process number into, to put it in the group. */
  readonly entries: readonly string[]
  /** Folder with the memory accounting, for the agent to read. */
  readonly memoryFolder: string | undefined
  /** Kills what is left and removes the group; waits for dying processes. */
  remove(): Promise<void>
}

interface Place {
  readonly folder: string
  readonly kind: 'v2' | 'memory' | 'pids'
}

/** Where groups for this process's children may be made; empty when nowhere. */
export function cgroupPlaces(): Place[] {
  let own: string
  try {
    own = readFileSync('/proc/self/cgroup', 'utf8')
  } catch {
    return []
  }
  const found: Place[] = []
  for (const line of own.trim().split('\n')) {
    const [, controllers = '', inside = '/'] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    if (controllers === '') {
      const folder = path.join('/sys/fs/cgroup', inside)
      if (existsSync(path.join(folder, 'cgroup.controllers'))) found.push({ folder, kind: 'v2' })
    }
    for (const kind of ['memory', 'pids'] as const) {
      if (!controllers.split(',').includes(kind)) continue
      const folder = ['/sys/fs/cgroup', kind, inside].reduce((base, part) => path.join(base, part))
      // In a container the group's own path may not be visible; its root is then the container's group.
      found.push({ folder: existsSync(folder) ? folder : `/sys/fs/cgroup/${kind}`, kind })
    }
  }
  return found.filter(usable)
}

function usable(place: Place): boolean {
  const probe = path.join(place.folder, ownedName(`probe-${place.kind}`))
  try {
    mkdirSync(probe)
  } catch {
    return false
  }
  try {
    limit(place, probe)
    return true
  } catch {
    return false
  } finally {
    rmdirSync(probe)
  }
}

function limit({ kind }: Place, folder: string): void {
  const write = (file: string, value: number) => writeFileSync(path.join(folder, file), String(value))
  const writeIfThere = (file: string, value: number) => {
    if (existsSync(path.join(folder, file))) write(file, value)
  }
  if (kind === 'memory') {
    write('memory.limit_in_bytes', slotMemoryBytes)
    writeIfThere('memory.memsw.limit_in_bytes', slotMemoryBytes)
  } else if (kind === 'pids') {
    write('pids.max', slotProcesses)
  } else {
    write('memory.max', slotMemoryBytes)
    writeIfThere('memory.swap.max', 0)
    writeIfThere('pids.max', slotProcesses)
  }
}

/** Groups that this process made; their names must differ also between two sandboxes of one process. */
let counter = 0

/** A group with a slot's limits in every hierarchy that allows one; undefined when none does. */
export function makeCgroup(places: readonly Place[]): Cgroup | undefined {
  const made: { place: Place; folder: string }[] = []
  const name = ownedName(++counter)
  for (const place of places) {
    const folder = path.join(place.folder, name)
    try {
      mkdirSync(folder)
    } catch {
      continue
    }
    try {
      limit(place, folder)
      made.push({ place, folder })
    } catch {
      rmdirSync(folder)
    }
  }
  if (made.length === 0) return undefined
  return {
    entries: made.map(({ folder }) => path.join(folder, 'cgroup.procs')),
    memoryFolder: made.find(({ place }) => place.kind !== 'pids')?.folder,
    remove: async () => {
      for (const { folder } of made) await removeFolder(folder)
    },
  }
}

/** Removes the groups of owners that are dead, wherever their process stood in the hierarchies. */
export async function sweepCgroups(): Promise<void> {
  for (const root of ['/sys/fs/cgroup/memory', '/sys/fs/cgroup/pids', '/sys/fs/cgroup']) {
    for (const folder of below(root, SWEEP_DEPTH)) {
      for (const name of ownerless(folder)) await removeFolder(path.join(folder, name))
    }
  }
}

function* below(folder: string, depth: number): Generator<string> {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return
  }
  yield folder
  if (depth === 0) return
  for (const entry of entries) if (entry.isDirectory()) yield* below(path.join(folder, entry.name), depth - 1)
}

async function removeFolder(folder: string): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    try {
      const left = readFileSync(path.join(folder, 'cgroup.procs'), 'utf8').trim()
      for (const pid of left === '' ? [] : left.split('\n')) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone between reading and killing.
    }
    try {
      rmdirSync(folder)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    }
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
