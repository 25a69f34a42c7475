/** Names for what a run makes outside its own memory (cgroups, temporary folders), so that the next start knows whose it is. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const PREFIX = 'assay'

/** Clock ticks since boot at which a process started; undefined when it is gone or this is no Linux. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

/** Number of the process namespace: process numbers of another one (a container beside this) say nothing here. */
function namespace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch {
    return '0'
  }
}

/** `assay-NAMESPACE-PID-START-N` for the n-th thing of this process. */
export function ownedName(n: number | string): string {
  return `${PREFIX}-${namespace()}-${process.pid}-${startOf(process.pid) ?? '0'}-${n}`
}

/** Does a name made by ownedName belong to a dead process? A process number that was given out again has another start time. */
export function isOwnerless(name: string): boolean {
  const [, space, pid, start] = /^assay-(\d+)-(\d+)-(\d+)-/.exec(name) ?? []
  return space === namespace() && startOf(Number(pid)) !== start
}

const entriesOf = (folder: string): string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Those of the folder's entries whose owner is dead. */
export const ownerless = (folder: string): string[] => entriesOf(folder).filter(isOwnerless)

/** Environment variable that marks a process as made by the owner in its value. */
export const OWNER_VARIABLE = 'ASSAY_OWNER'

/**
 * Ends processes that a dead owner left behind. bubblewrap's child waits for ever when its parent was killed before it
 * had asked the kernel to die with it; such a child still has the environment that it was started with.
 */
export function endOrphans(): void {
  const marked = new RegExp(`(?:^|\\0)${OWNER_VARIABLE}=([^\\0]+)`)
  for (const pid of entriesOf('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const owner = marked.exec(readFileSync(`/proc/${pid}/environ`, 'latin1'))?.[1]
      if (owner !== undefined && isOwnerless(owner)) process.kill(Number(pid), 'SIGKILL')
    } catch {
      // Gone, or another user's.
    }
  }
}
