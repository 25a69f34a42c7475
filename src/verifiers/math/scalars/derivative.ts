/** Derivatives by the rules, on the tree. */
import type { FunctionName, Node } from '../tree/node.js'
import { variablesOf } from '../tree/walk.js'
import { apply, difference, minus, num, over, plus, power, times } from './build.js'

/** By a name; undefined where a function has none that is known here. */
export function derivativeOf(node: Node, name: string): Node | undefined {
  if (!variablesOf(node).has(name)) return num(0)
  switch (node.kind) {
    case 'variable':
      return num(1)
    case 'percent': {
      const inner = derivativeOf(node.value, name)
      return inner && over(inner, num(100))
    }
    case 'add':
    case 'multiply':
    case 'divide': {
      const [u, v] = [derivativeOf(node.left, name), derivativeOf(node.right, name)]
      if (!u || !v) return undefined
      if (node.kind === 'add') return plus(u, v)
      if (node.kind === 'multiply') return plus(times(u, node.right), times(node.left, v))
      return over(difference(times(u, node.right), times(node.left, v)), power(node.right, num(2)))
    }
    case 'power':
      return ofPower(node.left, node.right, name)
    case 'apply':
      return ofFunction(node.name, node.args, name)
    case 'sum': {
      const inner = node.name === name ? undefined : derivativeOf(node.body, name)
      return inner && !variablesOf(node.from).has(name) && !variablesOf(node.to).has(name)
        ? { ...node, body: inner }
        : undefined
    }
    case 'cases': {
      const pieces = node.pieces.map(({ value, when }) => ({ value: derivativeOf(value, name), when }))
      if (pieces.some(({ value }) => value === undefined)) return undefined
      return {
        kind: 'cases',
        pieces: pieces.map(({ value, when }) => ({ value: value as Node, ...(when && { when }) })),
      }
    }
    default:
      return undefined
  }
}

function ofPower(base: Node, exponent: Node, name: string): Node | undefined {
  const [u, v] = [derivativeOf(base, name), derivativeOf(exponent, name)]
  if (!u || !v) return undefined
  if (!variablesOf(exponent).has(name)) return times(times(exponent, power(base, difference(exponent, num(1)))), u)
  const log = base.kind === 'constant' && base.name === 'e' ? num(1) : apply('ln', base)
  const growth = plus(times(v, log), variablesOf(base).has(name) ? over(times(exponent, u), base) : num(0))
  return times(power(base, exponent), growth)
}

const squared = (x: Node) => power(x, num(2))
const root = (x: Node) => apply('sqrt', x)

/** The derivative by the one argument. */
const outer: Partial<Record<FunctionName, (x: Node) => Node>> = {
  sqrt: (x) => over(num(1), times(num(2), root(x))),
  ln: (x) => over(num(1), x),
  exp: (x) => apply('exp', x),
  abs: (x) => apply('sgn', x),
  sin: (x) => apply('cos', x),
  cos: (x) => minus(apply('sin', x)),
  tan: (x) => over(num(1), squared(apply('cos', x))),
  cot: (x) => over(num(-1), squared(apply('sin', x))),
  sec: (x) => times(apply('sec', x), apply('tan', x)),
  csc: (x) => minus(times(apply('csc', x), apply('cot', x))),
  arcsin: (x) => over(num(1), root(difference(num(1), squared(x)))),
  arccos: (x) => over(num(-1), root(difference(num(1), squared(x)))),
  arctan: (x) => over(num(1), plus(num(1), squared(x))),
  arccot: (x) => over(num(-1), plus(num(1), squared(x))),
  arcsec: (x) => over(num(1), times(apply('abs', x), root(difference(squared(x), num(1))))),
  arccsc: (x) => over(num(-1), times(apply('abs', x), root(difference(squared(x), num(1))))),
  sinh: (x) => apply('cosh', x),
  cosh: (x) => apply('sinh', x),
  tanh: (x) => over(num(1), squared(apply('cosh', x))),
  coth: (x) => over(num(-1), squared(apply('sinh', x))),
  sech: (x) => minus(times(apply('sech', x), apply('tanh', x))),
  csch: (x) => minus(times(apply('csch', x), apply('coth', x))),
  arsinh: (x) => over(num(1), root(plus(squared(x), num(1)))),
  arcosh: (x) => over(num(1), root(difference(squared(x), num(1)))),
  artanh: (x) => over(num(1), difference(num(1), squared(x))),
}

function ofFunction(name: FunctionName, args: readonly Node[], by: string): Node | undefined {
  const [x, second] = args
  if (!x) return undefined
  if (name === 'root' && second && !variablesOf(second).has(by)) return ofPower(x, over(num(1), second), by)
  if (name === 'log' && !(second && variablesOf(second).has(by))) {
    const inner = derivativeOf(x, by)
    return inner && over(inner, times(x, apply('ln', second ?? num(10))))
  }
  const rule = outer[name]
  const inner = args.length === 1 ? derivativeOf(x, by) : undefined
  return rule && inner && times(rule(x), inner)
}
