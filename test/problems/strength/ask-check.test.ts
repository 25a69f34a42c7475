import { expect, test } from 'vitest'
import { askCheck } from '../../../src/problems/strength/ask-check.js'
import type { Observed } from '../../../src/problems/strength/behaviour.js'
import type { FurtherCases } from '../../../src/problems/strength/further-cases.js'
import type { Checked, Verify } from '../../../src/schemas/ports.js'
import type { Problem } from '../../../src/schemas/problem.js'
import type { VerdictStatus } from '../../../src/schemas/verdict.js'

const cases = [0, 1, 2, 3, 4, 5, 6, 7].map((n): Observed => ({ input: { args: [n] }, shown: { value: n } }))
const numbers = ({ check }: Problem) => (check as unknown as { numbers: number[] }).numbers

/** A check whose verdict does not say which of its cases it refuses. */
const silent = {
  only: (some: readonly Observed[]) => ({ numbers: some.map(({ input }) => ('args' in input ? input.args[0] : -1)) }),
  told: () => undefined,
} as unknown as FurtherCases

function asking(statusOf: (given: readonly number[]) => VerdictStatus) {
  const asked: number[] = []
  const verify: Verify = async (problem) => {
    asked.push(numbers(problem).length)
    return { verdict: { status: statusOf(numbers(problem)) } } as Checked
  }
  return { asked, ports: { problem: { id: 's/p' } as Problem, further: silent, verify } }
}

test('a verdict over all cases is asked for again on halves until each refused one is known', async () => {
  const { asked, ports } = asking((given) => (given.some((n) => n === 2 || n === 5) ? 'wrong_answer' : 'accepted'))
  const fates = await askCheck('x', cases, ports)
  expect(fates.flatMap((fate, at) => (fate === 'killed' ? [at] : []))).toEqual([2, 5])
  expect(asked.slice(0, 3)).toEqual([8, 4, 2])
  const one = asking(() => 'accepted')
  await askCheck('x', cases, one.ports)
  expect(one.asked).toEqual([8])
})

test('it stops at as many refused ones as are wanted', async () => {
  const { asked, ports } = asking(() => 'wrong_answer')
  const fates = await askCheck('x', cases, ports, 1)
  expect(fates.filter((fate) => fate === 'killed')).toHaveLength(1)
  expect(asked).toEqual([8, 4, 2, 1])
})

test('trouble of ours is asked once and is no refusal', async () => {
  const { asked, ports } = asking(() => 'sandbox_error')
  expect(new Set(await askCheck('x', cases, ports))).toEqual(new Set(['notJudged']))
  expect(asked).toEqual([8])
})
