import { expect, test } from 'vitest'
import { logit, sigmoid } from '../../../src/curriculum/belief/logit.js'
import { Solver } from '../../../src/curriculum/belief/solver.js'
import { Worth } from '../../../src/curriculum/belief/worth.js'

const edges = [logit(0.2), logit(0.8)] as const

function believed() {
  const solver = new Solver(1, 1)
  for (let i = 0; i < 30; i++) solver.observe(0, 0, 4, [4, 2, 0, 3, 1][i % 5] as number)
  return { solver, worth: new Worth(solver, { skills: 1, levels: 1, edges }) }
}

/** The same expectation by many small steps. */
function dense(solver: Solver, attempts: number, passes: number) {
  const { luck, loss, variance } = solver.noise
  const rate = (x: number) => luck + (1 - luck - loss) * sigmoid(x)
  let [total, harvest, inBand] = [0, 0, 0]
  for (const { weight, belief } of solver.arm(0, 0)) {
    const spread = belief.variance + variance
    for (let x = belief.mean - 40; x < belief.mean + 40; x += 0.005) {
      const prior = (weight / Math.sqrt(spread)) * Math.exp(-((x - belief.mean) ** 2) / (2 * spread))
      const likelihood = rate(x) ** passes * (1 - rate(x)) ** (attempts - passes)
      total += prior * likelihood
      if (x > edges[0] && x < edges[1]) {
        harvest += prior * likelihood * rate(x)
        inBand += prior * likelihood
      }
    }
  }
  return { harvest: harvest / total, inBand: inBand / total }
}

test.each([
  [1, 4],
  [4, 4],
  [0, 8],
  [5, 8],
  [20, 32],
])('what a problem with %d of %d passes promises is what dense integration says', (passes, attempts) => {
  const { solver, worth } = believed()
  const found = worth.again(0, 0, { attempts, passes })
  const wanted = dense(solver, attempts, passes)
  expect(Math.abs(found.harvest - wanted.harvest)).toBeLessThan(0.03)
  expect(Math.abs(found.inBand - wanted.inBand)).toBeLessThan(0.04)
})

test.each([64, 1024, 100_000])('a problem that passes half of %d attempts is in the band all the same', (attempts) => {
  const { harvest, inBand } = believed().worth.again(0, 0, { attempts, passes: attempts / 2 })
  expect(inBand).toBeGreaterThan(0.9)
  expect(inBand).toBeLessThanOrEqual(1)
  expect(harvest).toBeGreaterThan(0.4)
  expect(harvest).toBeLessThan(0.6)
})
