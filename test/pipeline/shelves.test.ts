import { expect, test } from 'vitest'
import { Shelves } from '../../src/pipeline/shelves.js'
import type { Problem } from '../../src/schemas/problem.js'

const problem = (id: string, level = 0) => ({ id, kind: 'math', skills: ['sums'], level }) as unknown as Problem
const problems = ['a', 'b', 'c'].map((id) => problem(id))
const on = (rounds: number) => new Shelves(problems, { seed: 1, rounds })

const name = 'math/sums'

test('each problem comes once a round, in an order that the seed fixes', () => {
  const [one, other] = [on(2), on(2)]
  const take = (shelves: Shelves) => {
    const taken = shelves.take(name, 0)
    shelves.settled(taken, { attempts: 4, passes: 1 })
    return taken.id
  }
  const order = Array.from({ length: 6 }, () => take(one))
  expect(Array.from({ length: 6 }, () => take(other))).toEqual(order)
  expect(new Set(order.slice(0, 3)).size).toBe(3)
  expect(order.slice(3)).toEqual(order.slice(0, 3))
  expect(one.records(name, 0)).toEqual([])
})

test('nothing is left after the last round, and elsewhere there never was', () => {
  const shelves = on(1)
  for (let i = 0; i < 3; i++) shelves.take(name, 0)
  expect(shelves.records(name, 0)).toEqual([])
  expect(shelves.records(name, 1)).toEqual([])
  expect(() => shelves.take(name, 0)).toThrow(/empty shelf/)
})

test('records add up over the draws of a problem, each told once', () => {
  const shelves = on(9)
  const [first, second] = [shelves.take(name, 0), shelves.take(name, 0)]
  shelves.settled(first, { attempts: 4, passes: 1 })
  shelves.settled(second, { attempts: 4, passes: 1 })
  expect(shelves.records(name, 0)).toEqual([
    { attempts: 0, passes: 0 },
    { attempts: 4, passes: 1 },
  ])
  const again = shelves.take(name, 0, { attempts: 4, passes: 1 })
  expect(again.id).toBe(first.id)
  shelves.settled(again, { attempts: 4, passes: 3 })
  expect(shelves.records(name, 0)).toContainEqual({ attempts: 8, passes: 4 })
})

test('a problem that is out is drawn again only when all are out', () => {
  const shelves = on(9)
  const out = [shelves.take(name, 0), shelves.take(name, 0), shelves.take(name, 0)]
  expect(new Set(out.map(({ id }) => id)).size).toBe(3)
  expect(shelves.take(name, 0).id).toBe(out[0]?.id)
  shelves.settled(out[2] as Problem, { attempts: 4, passes: 0 })
  expect(shelves.take(name, 0).id).toBe(out[2]?.id)
})

test('a record that no problem has any more gives the next problem', () => {
  const [one, other] = [on(1), on(1)]
  expect(one.take(name, 0, { attempts: 8, passes: 8 }).id).toBe(other.take(name, 0).id)
})
