/** Says in words how two requests differ, for the message about a missing recording. */
import type { GenerateRequest } from '../schemas/generate.js'

const SHOWN = 40

/** One phrase per field that differs, e.g. `seed (7 there, 9 here)`. */
export function differences(there: GenerateRequest, here: GenerateRequest): string[] {
  const [a, b] = [flat(there), flat(here)]
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return names.flatMap((name) => {
    const [x, y] = [a[name], b[name]]
    return x === y ? [] : phrase(name, x, y)
  })
}

export function commonPrefixLength(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  let count = 0
  while (count < end && a[count] === b[count]) count++
  return count
}

function flat({ sampling, messages, prompt, seed }: GenerateRequest): Record<string, string | number | undefined> {
  const { stop, ...numbers } = sampling
  return {
    seed,
    ...numbers,
    stop: JSON.stringify(stop),
    prompt,
    messages: messages?.map(({ role, content }) => `${role}: ${content}`).join('\n'),
  }
}

function phrase(name: string, there: string | number | undefined, here: string | number | undefined): string[] {
  if (typeof there !== 'string' || typeof here !== 'string')
    return [`${name} (${show(there)} there, ${show(here)} here)`]
  const at = commonPrefixLength(there, here)
  return [`${name} from character ${at} on (${show(there.slice(at))} there, ${show(here.slice(at))} here)`]
}

function show(value: string | number | undefined): string {
  if (value === undefined) return 'none'
  if (typeof value === 'number') return String(value)
  return JSON.stringify(value.length > SHOWN ? `${value.slice(0, SHOWN)}…` : value)
}
