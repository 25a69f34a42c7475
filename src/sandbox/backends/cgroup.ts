/**
 * A control group for each slot, v1 or v2, where one can be made: memory and processes of everything in it together.
 * Without one, a program's own limits and the agent's watch over resident memory remain.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { slotMemoryBytes, slotProcesses } from '../limits.js'
import { ownedName, ownerless } from './owner.js'

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

export function makeCgroup(places: readonly Place[], n: number): Cgroup | undefined {
  const made: { place: Place; folder: string }[] = []
  for (const place of places) {
    const folder = path.join(place.folder, ownedName(n))
    try {
      mkdirSync(folder)
      limit(place, folder)
      made.push({ place, folder })
    } catch {
      if (existsSync(folder)) rmdirSync(folder)
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

/** Removes the groups of owners that are dead. */
export async function sweepCgroups(places: readonly Place[]): Promise<void> {
  for (const { folder } of places) {
    for (const name of ownerless(folder)) await removeFolder(path.join(folder, name))
  }
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
