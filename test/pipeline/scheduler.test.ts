import { expect, test } from 'vitest'
import { createScheduler } from '../../src/pipeline/scheduler.js'
import type { RunConfig } from '../../src/schemas/config.js'
import type { Tried } from '../../src/schemas/curriculum.js'
import type { CurriculumPolicy, Stock } from '../../src/schemas/ports.js'
import type { Problem } from '../../src/schemas/problem.js'

const problems = ['a', 'b', 'c'].map((id) => ({ id, kind: 'math', skills: ['sums'], level: 0 }) as unknown as Problem)
const config = {
  seed: 5,
  samples: 4,
  rounds: 9,
  curriculum: { policy: 'told', band: [0.2, 0.8], window: 1, adaptive: true, earlyStop: false },
} as unknown as RunConfig

/** A policy that keeps what it is shown, and asks for the record it is given. */
function told() {
  const seen: (readonly Tried[])[] = []
  const wish: { tried?: Tried } = {}
  const policy: CurriculumPolicy = {
    id: 'told',
    create: () => ({
      next: (_n: number, stock?: Stock) => {
        seen.push(stock?.('math/sums', 0) ?? [])
        return [{ id: String(seen.length), topic: 'math/sums', level: 0, ...(wish.tried && { tried: wish.tried }) }]
      },
      report: () => {},
      estimates: () => [],
      levelOf: () => 0,
    }),
  }
  return { seen, wish, scheduler: createScheduler({ config, problems, policy, rounds: 9 }) }
}

test('the policy is shown what is known of the problems, and gets the one that it asks for', () => {
  const { seen, wish, scheduler } = told()
  const draw = () => scheduler.next()!
  const [first, second] = [draw(), draw()]
  expect(seen[0]).toEqual([{ attempts: 0, passes: 0 }])
  scheduler.observe({ draw: first, attempts: 4, passes: 4, tokens: 1, model: 'm' })
  scheduler.observe({ draw: second, attempts: 4, passes: 2, tokens: 1, model: 'm' })
  wish.tried = { attempts: 4, passes: 2 }
  expect(draw().problem.id).toBe(second.problem.id)
  expect(seen[2]).toEqual([
    { attempts: 0, passes: 0 },
    { attempts: 4, passes: 4 },
    { attempts: 4, passes: 2 },
  ])
})
