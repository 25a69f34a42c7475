/** Names for what a run makes outside its own memory (cgroups, temporary folders), so that the next start knows whose it is. */
import { readFileSync, readdirSync } from 'node:fs'

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

/** `assay-PID-START-N` for the n-th thing of this process. */
export function ownedName(n: number | string): string {
  return `${PREFIX}-${process.pid}-${startOf(process.pid) ?? '0'}-${n}`
}

/** Those of the folder's entries whose owner is dead. A process number that was given out again has another start time. */
export function ownerless(folder: string): string[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return []
  }
  return names.filter((name) => {
    const match = /^assay-(\d+)-(\d+)-/.exec(name)
    return match !== null && startOf(Number(match[1])) !== match[2]
  })
}
