/** Values of functions that only the answer knows, as names: `f(x)` is `f()`, but f(1) and f(2) are two values. */
import type { KindOf, Node } from './node.js'
import { mapChildren, some } from './walk.js'

type Call = KindOf<'call'>

const head = ({ name, primes }: Call) => `${name}${"'".repeat(primes)}`
/** The value of a function as such, whatever its argument is called. */
export const calledName = (call: Call) => `${head(call)}()`
const spelled = (call: Call) =>
  `${head(call)}(${JSON.stringify(call.args, (_, value) => (typeof value === 'bigint' ? String(value) : value))})`

/** Of a point of its own, or of a name that is also an argument in another answer. */
const isSpelled = (name: string) => name.endsWith('])')
/** Does a spelled name hold names in turn, which another answer may call otherwise? */
export const holdsNames = (name: string) => isSpelled(name) && name.includes('"variable"')

/** Every call as a name; a function called in several ways has a name for each. */
export function withCallsNamed(node: Node): Node {
  const ways = new Map<string, string>()
  const several = new Set<string>()
  some(node, (one) => {
    if (one.kind !== 'call') return false
    const way = spelled(one)
    if (!one.args.every(isArgument) || (ways.get(one.name) ?? way) !== way) several.add(one.name)
    ways.set(one.name, way)
    return false
  })
  const named = (one: Node): Node => {
    if (one.kind !== 'call') return mapChildren(one, named)
    return { kind: 'variable', name: several.has(one.name) ? spelled(one) : calledName(one) }
  }
  return ways.size > 0 ? named(node) : node
}

/** `x`, `t`, `theta`, but not the A of P(A). */
export const isArgument = (node: Node) => node.kind === 'variable' && /^[a-z]+$/.test(node.name)
