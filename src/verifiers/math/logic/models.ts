/**
 * Formulas with quantifiers, tried in small worlds. A world in which they differ proves them unequal. When every predicate
 * has one argument, k of them cannot tell more than 2^k things apart, so that agreeing in the worlds of that size proves
 * them equal (Löwenheim).
 */
import type { Budget } from '../budget.js'
import { equivalent, type Formula, maxNames, namesOf } from './formula.js'

const maxNodes = 4000

/** null: no small world tells them apart, and that proves nothing. */
export function sameInWorlds(a: Formula, b: Formula, budget: Budget): boolean | null {
  const names = [...namesOf(b, namesOf(a))]
  const predicates = new Set(names.map((name) => name.replace(/\(.*/, (rest) => `/${rest.split(',').length}`)))
  const single = [...predicates].every((predicate) => !/\/[2-9]/.test(predicate))
  const enough = 2 ** [...predicates].filter((predicate) => predicate.includes('/')).length
  for (let size = 1; size <= Math.min(enough, 4); size++) {
    const [left, right] = [grounded(a, size, budget), grounded(b, size, budget)]
    if (!left || !right) return null
    if (namesOf(right, namesOf(left)).size > maxNames) return null
    const equal = equivalent(left, right, budget)
    if (!equal) return equal === false ? false : null
    if (single && size === enough) return true
  }
  return null
}

/** Every quantifier written out over a world of so many things; undefined for a name that nothing binds. */
function grounded(formula: Formula, size: number, budget: Budget): Formula | undefined {
  let nodes = 0
  const ground = (one: Formula, bound: ReadonlyMap<string, number>): Formula | undefined => {
    budget.spend()
    if (++nodes > maxNodes) return undefined
    if (one.kind === 'truth') return one
    if (one.kind === 'name') return applied(one.name, bound)
    if (one.kind === 'not') {
      const inner = ground(one.inner, bound)
      return inner && { kind: 'not', inner }
    }
    if ('bound' in one) {
      const kind = one.kind === 'all' ? 'and' : 'or'
      let all: Formula | undefined
      for (let thing = 0; thing < size; thing++) {
        const next = ground(one.inner, new Map(bound).set(one.bound, thing))
        if (!next) return undefined
        all = all ? { kind, left: all, right: next } : next
      }
      return all
    }
    const [left, right] = [ground(one.left, bound), ground(one.right, bound)]
    return left && right && { kind: one.kind, left, right }
  }
  return ground(formula, new Map())
}

function applied(name: string, bound: ReadonlyMap<string, number>): Formula | undefined {
  const match = /^(\w+)\((.*)\)$/.exec(name)
  // A small letter alone is a thing, which is neither true nor false.
  if (!match) return bound.has(name) ? undefined : { kind: 'name', name }
  const things = (match[2] ?? '').split(',').map((argument) => bound.get(argument))
  return things.includes(undefined) ? undefined : { kind: 'name', name: `${match[1]}(${things.join()})` }
}
