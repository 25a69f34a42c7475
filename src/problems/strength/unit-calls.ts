/**
 * What Python test code says about the function under test: the arguments it is called with, as far as they are written out,
 * and how what it returns is compared.
 */
import { argumentsOf } from '../../schemas/python-literals/literals.js'
import { valueSchema } from '../../schemas/value.js'
import type { Input } from './inputs.js'
import { childrenOf, partsOf, type SyntaxNode } from './syntax.js'

/** How a returned value is compared with what is expected. */
export type Form =
  /** `before f(…) after == before expected after`; both are empty, or calls such as `set(` and `)`. */
  | { readonly is: 'equal'; readonly before: string; readonly after: string }
  /** It counts as true, or not. */
  | { readonly is: 'truth' }
  | { readonly is: 'close'; readonly tolerance: number }

export interface UnitCalls {
  readonly inputs: readonly Input[]
  /** The form of most calls; undefined where that is none of these. */
  readonly form?: Form
  /** A float is among what is expected, so it is known how fractions are compared. */
  readonly expectsFractions: boolean
  /** Some call spreads a list over its arguments: `candidate(*args)`. */
  readonly spreads: boolean
}

/** names: the entry point, and what the tests' own functions call it. */
export function unitCalls(root: SyntaxNode, names: ReadonlySet<string>): UnitCalls {
  const calls = root.descendantsOfType('call').filter((node) => node !== null)
  const inputs: Input[] = []
  const compared: Compared[] = []
  let spreads = false
  for (const call of calls) {
    const callee = call.childForFieldName('function')
    const given = call.childForFieldName('arguments')
    if (callee?.type !== 'identifier' || !names.has(callee.text) || given?.type !== 'argument_list') continue
    spreads ||= partsOf(given).some(({ type }) => type === 'list_splat')
    const input = inputOf(given)
    if (!input) continue
    inputs.push(input)
    compared.push(comparedIn(call))
  }
  const expectsFractions = compared.some(({ fractions }) => fractions)
  return { inputs, form: mostUsed(compared), expectsFractions, spreads }
}

/** The arguments between the brackets of a node, when all of them are literals. */
export function inputOf({ text }: SyntaxNode): Input | undefined {
  const read = argumentsOf(text.slice(1, -1))
  if ('defect' in read) return undefined
  const { args, kwargs } = read
  if (![...args, ...Object.values(kwargs)].every((value) => valueSchema.safeParse(value).success)) return undefined
  return Object.keys(kwargs).length > 0 ? { args, kwargs } : { args }
}

interface Compared {
  readonly form?: Form
  readonly fractions: boolean
}

function mostUsed(compared: readonly Compared[]): Form | undefined {
  const times = new Map<string, number>()
  for (const { form } of compared) times.set(JSON.stringify(form), (times.get(JSON.stringify(form)) ?? 0) + 1)
  const most = Math.max(...times.values())
  return compared.find(({ form }) => times.get(JSON.stringify(form)) === most)?.form
}

const unknown: Compared = { fractions: false }
const nearlyEqual = /(?:^|\.)(?:isclose|allclose|approx|assertAlmostEqual)$/

/** Looks at what stands around a call, from the inside to the statement. */
function comparedIn(call: SyntaxNode): Compared {
  let inner = call
  let plain = true
  for (let node = call.parent; node; inner = node, node = node.parent) {
    if (node.type === 'comparison_operator') return inComparison({ call, operand: inner, node })
    if (node.type === 'call') {
      const callee = node.childForFieldName('function')?.text ?? ''
      if (nearlyEqual.test(callee)) return close(node.text)
      if (/\.assertEquals?$/.test(callee) && plain) return equal({ before: '', after: '' }, node)
      if (/\.assert(?:True|False)$/.test(callee) && plain) return { ...unknown, form: { is: 'truth' } }
      plain = false
    }
    if (node.type === 'assert_statement') return plain ? { ...unknown, form: { is: 'truth' } } : unknown
    if (node.type.endsWith('_statement') || node.type === 'assignment') return unknown
    plain &&= /^(?:not_operator|parenthesized_expression|argument_list|boolean_operator)$/.test(node.type)
  }
  return unknown
}

const opening = /^(?:(?:set|frozenset|sorted|list|tuple|dict|len|sum|int|float|str|bool|round)\(\s*)*$/
const closing = /^(?:\s*,\s*-?\d+)?[\s)]*$/

function inComparison(at: { call: SyntaxNode; operand: SyntaxNode; node: SyntaxNode }): Compared {
  const { call, operand, node } = at
  const [operator, ...more] = childrenOf(node).filter(({ isNamed }) => !isNamed)
  if (!operator || more.length > 0) return unknown
  if (/\babs\(/.test(operand.text) && /^(?:<|<=)$/.test(operator.text)) return close(node.text)
  if (!/^(?:==|is)$/.test(operator.text)) return unknown
  if (/\bapprox\(/.test(node.text)) return close(node.text)
  const start = call.startIndex - operand.startIndex
  const before = operand.text.slice(0, start)
  const after = operand.text.slice(start + call.text.length)
  return opening.test(before) && closing.test(after) ? equal({ before, after }, node) : unknown
}

const equal = (around: { before: string; after: string }, node: SyntaxNode): Compared => ({
  form: { is: 'equal', ...around },
  fractions: node.descendantsOfType('float').length > 0,
})

const allowed = /(?:<=?|\b\w*tol\s*=|\b(?:rel|abs|delta)\s*=)\s*(\d*\.?\d+(?:[eE]-?\d+)?)/

/** A tolerance that is not written down as a number is taken for 1e-6. */
function close(text: string): Compared {
  const written = Number(allowed.exec(text)?.[1])
  const tolerance = written > 0 && written < 1 ? written : 1e-6
  return { form: { is: 'close', tolerance }, fractions: true }
}
