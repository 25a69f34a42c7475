/**
 * Who owns a slot's container, written on it as a label, so that what a killed process left behind can be told from what
 * a living one uses. Most of it never stays: a container's stdin closes with its owner's connection, the agent ends
 * there, and the engine removes it. The sweep is for the rest (killed between create and start, an engine that restarted).
 */
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type Docker from 'dockerode'
import { z } from 'zod'
import { reasonOf, statusOf } from './docker-engine.js'

export const ownerLabel = 'assay.owner'

const ownerSchema = z.object({
  boot: z.string().describe('id of the boot of the machine, or its name where it has none'),
  pidNamespace: z.string().describe('pid namespace of the owner; a pid means nothing in another one'),
  pid: z.number().int(),
  start: z.string().describe('start of the owner in clock ticks since boot: pids are used again'),
  container: z.string().describe('id of the container that the owner itself runs in, or empty'),
})
export type Owner = z.infer<typeof ownerSchema>

/** What the engine lists of a container, as far as the sweep looks at it. */
export interface Listed {
  readonly id: string
  readonly label: string
  readonly running: boolean
  readonly ageMs: number
}

/** What the sweep may ask about owners. */
export interface Witness {
  /** Start ticks of a process of this pid namespace, or undefined when there is none. */
  processStart(pid: number): string | undefined
  /** Is this container there and running? */
  containerRuns(id: string): Promise<boolean>
}

/** A container whose owner cannot be checked is left alone this long after its end or creation. */
const graceMs = 600_000

export function thisOwner(): Owner {
  return {
    boot: readOr('/proc/sys/kernel/random/boot_id', hostname()),
    pidNamespace: pidNamespace(),
    pid: process.pid,
    start: processStart(process.pid) ?? '',
    container: ownContainer(readOr('/proc/self/mountinfo', '')),
  }
}

/** True when the owner is certainly dead, or cannot be checked and the container has not run for ten minutes. */
export async function isOrphan(listed: Listed, self: Owner, witness: Witness): Promise<boolean> {
  const owner = parseOwner(listed.label)
  if (owner && owner.boot === self.boot) {
    if (owner.pidNamespace === self.pidNamespace) return witness.processStart(owner.pid) !== owner.start
    if (owner.container) return !(await witness.containerRuns(owner.container))
  }
  return !listed.running && listed.ageMs > graceMs
}

/** Removes the containers of dead owners. Returns how many; one that cannot be removed is logged and left. */
export async function sweep(docker: Docker, log: (line: string) => void): Promise<number> {
  const self = thisOwner()
  const witness: Witness = { processStart, containerRuns: (id) => containerRuns(docker, id) }
  let removed = 0
  for (const found of await docker.listContainers({ all: true, filters: { label: [ownerLabel] } })) {
    const listed = {
      id: found.Id,
      label: found.Labels[ownerLabel] ?? '',
      running: found.State === 'running',
      ageMs: Date.now() - found.Created * 1000,
    }
    if (!(await isOrphan(listed, self, witness))) continue
    try {
      await docker.getContainer(found.Id).remove({ force: true })
      removed++
    } catch (error) {
      // Gone, or being removed by its engine or by another process that sweeps.
      if (![404, 409].includes(statusOf(error) ?? 0)) {
        log(`docker: could not remove the container ${found.Id.slice(0, 12)} of a dead run: ${reasonOf(error)}`)
      }
    }
  }
  return removed
}

async function containerRuns(docker: Docker, id: string): Promise<boolean> {
  try {
    return (await docker.getContainer(id).inspect()).State.Running
  } catch (error) {
    return statusOf(error) !== 404
  }
}

function parseOwner(label: string): Owner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(label))
  } catch {
    return undefined
  }
}

/** Field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets. Without /proc: whether the pid is alive. */
function processStart(pid: number): string | undefined {
  const stat = readOr(`/proc/${pid}/stat`, '')
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  if (readOr('/proc/self/stat', '')) return undefined
  try {
    process.kill(pid, 0)
    return ''
  } catch {
    return undefined
  }
}

/** The engine mounts /etc/hostname from a folder named by the container's id; this works on cgroup v1 and v2. */
export function ownContainer(mountinfo: string): string {
  return /\/containers\/([0-9a-f]{64})\/hostname /.exec(mountinfo)?.[1] ?? ''
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

function readOr(file: string, otherwise: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return otherwise
  }
}
