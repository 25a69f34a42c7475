/** Python literals in a syntax tree, as typed values. Only what is written out is read: no name, no arithmetic. */
import type { Value } from '../../schemas/value.js'
import { partsOf, type SyntaxNode } from './syntax.js'

/** The value of a literal; undefined for anything else. */
export function pythonValue(node: SyntaxNode): Value | undefined {
  switch (node.type) {
    case 'integer':
      return wholeNumber(node.text)
    case 'float':
      return finite(Number(node.text.replaceAll('_', '')))
    case 'true':
      return true
    case 'false':
      return false
    case 'none':
      return null
    case 'string':
    case 'concatenated_string':
      return text(node)
    case 'unary_operator':
      return negated(node)
    case 'parenthesized_expression':
      return partsOf(node).length === 1 ? pythonValue(partsOf(node)[0] as SyntaxNode) : undefined
    case 'list':
      return allOf(node)
    case 'tuple':
      return tagged('tuple', allOf(node))
    case 'set':
      return tagged('set', allOf(node))
    case 'dictionary':
      return dictionary(node)
    case 'call':
      return built(node)
    default:
      return undefined
  }
}

function wholeNumber(source: string): Value | undefined {
  const digits = source.replaceAll('_', '')
  if (!/^(?:\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits)) return undefined
  return bigValue(BigInt(digits))
}

const bigValue = (value: bigint): Value =>
  Number.isSafeInteger(Number(value)) ? Number(value) : { $: 'int', v: String(value) }

const finite = (value: number): Value | undefined => {
  if (!Number.isFinite(value)) return undefined
  // A whole float has no JSON of its own: 2.0 crosses as 2, which is equal to it.
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : value
}

const allOf = (node: SyntaxNode): readonly Value[] | undefined => all(partsOf(node))

function all(nodes: readonly SyntaxNode[]): readonly Value[] | undefined {
  const values = nodes.map(pythonValue)
  return values.every((value) => value !== undefined) ? values : undefined
}

const tagged = (tag: string, v: readonly Value[] | undefined): Value | undefined => v && { $: tag, v }

function negated(node: SyntaxNode): Value | undefined {
  const inner = node.text.startsWith('-') ? pythonValue(partsOf(node)[0] as SyntaxNode) : undefined
  if (typeof inner === 'number') return inner === 0 ? 0 : -inner
  const big = typeof inner === 'object' && inner !== null && '$' in inner && inner.$ === 'int' ? inner.v : undefined
  if (typeof big === 'string') return bigValue(-BigInt(big))
  return undefined
}

/** A dict whose keys are all text is a plain object, as contracts.md §1 writes it. */
function dictionary(node: SyntaxNode): Value | undefined {
  const pairs: [Value, Value][] = []
  for (const pair of partsOf(node)) {
    const [key, value] = pair.type === 'pair' ? partsOf(pair).map(pythonValue) : []
    if (key === undefined || value === undefined) return undefined
    pairs.push([key, value])
  }
  return dictOf(pairs)
}

export function dictOf(pairs: readonly (readonly [Value, Value])[]): Value {
  const plain = pairs.every(([key]) => typeof key === 'string' && key !== '$' && key !== '__proto__')
  return plain ? Object.fromEntries(pairs.map(([key, value]) => [String(key), value])) : { $: 'dict', v: pairs }
}

const collections = new Set(['set', 'frozenset', 'tuple', 'list', 'dict'])

/** `set()`, `set([1, 2])`, `tuple(…)`, `list(…)` of literals. */
function built(node: SyntaxNode): Value | undefined {
  const [callee, list] = partsOf(node)
  const given = list?.type === 'argument_list' ? all(partsOf(list)) : undefined
  if (!callee || !given || given.length > 1 || !collections.has(callee.text)) return undefined
  const [only = []] = given
  if (callee.text === 'dict') return given.length === 0 ? {} : undefined
  const items = Array.isArray(only) ? only : itemsOf(only)
  if (!items) return undefined
  return callee.text === 'list' ? items : { $: callee.text, v: items }
}

function itemsOf(value: Value): readonly Value[] | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const { $, v } = value as { $?: Value; v?: Value }
  return ($ === 'tuple' || $ === 'set') && Array.isArray(v) ? v : undefined
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '\n': '',
}

function text(node: SyntaxNode): Value | undefined {
  if (node.type === 'concatenated_string') {
    const parts = partsOf(node).map(text)
    return parts.every((part) => typeof part === 'string') ? parts.join('') : undefined
  }
  const [, prefix = '', , inner] = /^([a-zA-Z]*)("""|'''|"|')([\s\S]*)\2$/.exec(node.text) ?? []
  if (inner === undefined || !/^[ruRUbB]*$/.test(prefix)) return undefined
  const bytes = /b/i.test(prefix)
  const read = /r/i.test(prefix) ? inner : unescaped(inner)
  if (read === undefined || !bytes) return read
  return [...read].some((char) => char.charCodeAt(0) > 255)
    ? undefined
    : { $: 'bytes', v: Buffer.from(read, 'latin1').toString('base64') }
}

function unescaped(inner: string): string | undefined {
  let known = true
  const read = inner.replace(
    /\\(x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{1,3}|\n|.)/g,
    (whole, sign: string) => {
      if (/^[0-7]/.test(sign)) return String.fromCharCode(Number.parseInt(sign, 8))
      if (sign.length > 1) return String.fromCodePoint(Number.parseInt(sign.slice(1), 16))
      if (/[xuUN]/.test(sign)) known = false
      return Object.hasOwn(escapes, sign) ? (escapes[sign] ?? '') : whole
    },
  )
  return known ? read : undefined
}
