import type { Value } from '../schemas/value.js'

const entries = (value: object) => Object.entries(value as Record<string, Value>)

/**
 * A value as Python source. Numbers keep their JSON text; tagged values become what they stand for.
 * Source of the tags: contracts.md §1.
 */
export function pythonLiteral(value: Value): string {
  if (value === null) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return pythonString(value)
  if (Array.isArray(value)) return `[${value.map(pythonLiteral).join(', ')}]`
  const record = value as { readonly [key: string]: Value }
  if (typeof record.$ === 'string') return taggedLiteral(record.$, record.v as Value)
  return `{${entries(record)
    .map(([key, inner]) => `${pythonString(key)}: ${pythonLiteral(inner)}`)
    .join(', ')}}`
}

/** Text as a Python string literal, in single quotes where it holds none: JSON's escapes are Python's too. */
export function pythonString(text: string): string {
  const json = JSON.stringify(text)
  return /['"]/.test(text) ? json : `'${json.slice(1, -1)}'`
}

function taggedLiteral(tag: string, v: Value): string {
  const items = Array.isArray(v) ? v : []
  const list = items.map(pythonLiteral).join(', ')
  if (tag === 'tuple') return items.length === 1 ? `(${list},)` : `(${list})`
  if (tag === 'set') return items.length === 0 ? 'set()' : `{${list}}`
  if (tag === 'frozenset') return `frozenset([${list}])`
  if (tag === 'dict') {
    const pairs = items.map((pair) => (pair as readonly [Value, Value]).map(pythonLiteral).join(': '))
    return `{${pairs.join(', ')}}`
  }
  if (tag === 'bytes') return bytesLiteral(Buffer.from(String(v), 'base64'))
  if (tag === 'int') return String(v)
  if (tag === 'float') return `float('${v}')`
  return `complex(${list})`
}

const bytesLiteral = (bytes: Buffer): string =>
  `b'${[...bytes].map((byte) => (byte < 32 || byte > 126 || byte === 39 || byte === 92 ? `\\x${byte.toString(16).padStart(2, '0')}` : String.fromCharCode(byte))).join('')}'`
