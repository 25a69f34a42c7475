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

/** Those of the folder's entries whose owner is dead. A process number that was given out again has another start time. */
export function ownerless(folder: string): string[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  const here = namespace()
  return names.filter((name) => {
    const [, space, pid, start] = /^assay-(\d+)-(\d+)-(\d+)-/.exec(name) ?? []
    return space === here && startOf(Number(pid)) !== start
  })
}
