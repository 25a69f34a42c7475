/** What programs do on inputs, and on which of them two programs differ. */
import type { ExecCaseResult, ExecRequest, Limits } from '../../schemas/exec.js'
import type { Exec } from '../../schemas/ports.js'
import type { Value } from '../../schemas/value.js'
import type { Input } from './inputs.js'
import { identity } from './value-parts.js'

export interface Program {
  readonly language: string
  readonly code: string
  /** Called with the inputs; left out for a program that reads. */
  readonly function?: string
  readonly limits?: Partial<Limits>
}

/** What one run showed; null: it ended badly, took too long, or returned what cannot cross. */
export type Shown = { readonly value: Value } | { readonly stdout: string } | null

export interface RunPorts {
  readonly exec: Exec
  readonly signal?: AbortSignal
}

interface ObserveOptions extends RunPorts {
  readonly enough?: (shown: readonly Shown[]) => Promise<boolean>
  /** Runs that took too long before the rest is left out. */
  readonly timeouts?: number
  /** CPU time of all runs after which the rest is left out. */
  readonly cpuMs?: number
}

/** The sandbox failed: nothing is known of the program. */
export class NotRun extends Error {}

const firstChunk = 8
const largestChunk = 96
/** Behind a batch that took so much CPU time the next one is small again. */
const slowChunkMs = 500
/** So many runs that took too long are enough, of a mutant and of a reference: the rest is left out. */
const mostTimeouts = 3
const mostReferenceTimeouts = 16
/** The inputs are the shortest first, so what is left out are the large ones. Every mutant that passes runs on the others. */
const mostReferenceMs = 2_000

/**
 * Runs a program on inputs, in growing batches. shown[i] belongs to inputs[i]; it ends early when `enough` says so, after
 * a few runs that took too long, or when the CPU time is used up. Throws `NotRun` when the sandbox failed.
 */
export async function observe(
  program: Program,
  inputs: readonly Input[],
  {
    exec,
    signal,
    enough = async () => false,
    timeouts: most = mostTimeouts,
    cpuMs: mostMs = Number.POSITIVE_INFINITY,
  }: ObserveOptions,
): Promise<Shown[]> {
  const shown: Shown[] = []
  let [timeouts, spentMs] = [0, 0]
  let size = firstChunk
  while (shown.length < inputs.length && timeouts < most && spentMs <= mostMs) {
    const chunk = inputs.slice(shown.length, shown.length + size)
    const results = await runOnce(program, chunk, { exec, signal })
    const before = { timeouts, spentMs }
    for (const result of results) {
      if (spentMs > mostMs) break
      spentMs += result.cpuMs
      if (result.status === 'time_limit') timeouts++
      shown.push(shownBy(program, result))
    }
    const isSlow = timeouts > before.timeouts || spentMs - before.spentMs > slowChunkMs
    size = isSlow ? firstChunk : Math.min(largestChunk, size * 3)
    if (await enough(shown)) break
  }
  return shown
}

async function runOnce(
  program: Program,
  inputs: readonly Input[],
  { exec, signal }: RunPorts,
): Promise<ExecCaseResult[]> {
  const { language, code, limits } = program
  const cases = inputs.map((input, index): NonNullable<ExecRequest['cases']>[number] => {
    const id = String(index)
    if ('stdin' in input) return { id, stdin: input.stdin }
    const { args, kwargs } = input
    return {
      id,
      call: { function: program.function ?? '', args: [...args], ...(kwargs ? { kwargs: { ...kwargs } } : {}) },
    }
  })
  const result = await exec({ language, code, cases, limits, mode: 'batch' }, { signal })
  if (result.compile && result.compile.status !== 'ok') throw new NotRun(`not compiled: ${result.compile.status}`)
  const byId = new Map(result.cases.map((one) => [one.id, one]))
  return inputs.map((_, index) => {
    const one = byId.get(String(index))
    if (!one || one.status === 'sandbox_error') throw new NotRun('the sandbox failed')
    return one
  })
}

function shownBy(program: Program, { status, value, stdout, stdoutBase64, truncated }: ExecCaseResult): Shown {
  if (status !== 'ok' || truncated) return null
  if (program.function === undefined) return stdoutBase64 === undefined ? { stdout } : null
  return value === undefined ? null : { value }
}

/** Nothing at all tells the two apart. What a check makes of a difference is for the check to say. */
export function sameShown(a: Shown, b: Shown): boolean {
  if (a === null || b === null) return a === b
  if ('stdout' in a || 'stdout' in b) return 'stdout' in a && 'stdout' in b && a.stdout === b.stdout
  return identity(a.value) === identity(b.value)
}

export interface Observed {
  readonly input: Input
  readonly shown: NonNullable<Shown>
}

/**
 * The inputs on which a reference ends well and shows the same when they come in the opposite order in fresh processes:
 * neither chance nor what an earlier input left behind decides.
 */
export async function steady(program: Program, inputs: readonly Input[], ports: RunPorts): Promise<Observed[]> {
  const first = await observe(program, inputs, {
    ...ports,
    timeouts: mostReferenceTimeouts,
    cpuMs: mostReferenceMs,
  })
  const fine = inputs.flatMap((input, at): Observed[] => {
    const shown = first[at]
    return shown ? [{ input, shown }] : []
  })
  const backwards = [...fine].reverse()
  const again = await observe(
    program,
    backwards.map(({ input }) => input),
    ports,
  )
  return backwards.filter(({ shown }, at) => sameShown(shown, again[at] ?? null)).reverse()
}
