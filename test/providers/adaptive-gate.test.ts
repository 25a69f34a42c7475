import { expect, test } from 'vitest'
import { AdaptiveGate } from '../../src/providers/adaptive-gate.js'

/** A gate whose time only moves by hand. */
function gateAt(most: number) {
  let now = 0
  const sleeping: { until: number; wake: () => void }[] = []
  const gate = new AdaptiveGate({
    most,
    clock: { now: () => now },
    sleep: (ms) => new Promise((wake) => sleeping.push({ until: now + ms, wake })),
  })
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  return {
    gate,
    settle,
    async pass(ms: number) {
      now += ms
      for (const one of sleeping.splice(0)) one.until <= now ? one.wake() : sleeping.push(one)
      await settle()
    },
  }
}

test('lets in as many as allowed and the next one when a place is free', async () => {
  const { gate, settle } = gateAt(2)
  const entered: string[] = []
  const [a] = await Promise.all([gate.enter(), gate.enter()])
  void gate.enter().then(() => entered.push('c'))
  await settle()
  expect(entered).toEqual([])
  gate.leave(a!, true)
  await settle()
  expect(entered).toEqual(['c'])
})

test('halves the limit once for all that were inside when the server said too many', async () => {
  const { gate } = gateAt(8)
  const inside = await Promise.all(Array.from({ length: 8 }, () => gate.enter()))
  for (const place of inside) gate.leaveLimited(place, 100)
  expect(gate.limit).toBe(4)
})

test('lets nobody in for as long as the server asked, then goes on', async () => {
  const { gate, pass, settle } = gateAt(4)
  gate.leaveLimited(await gate.enter(), 1000)
  let entered = false
  void gate.enter().then(() => {
    entered = true
  })
  await settle()
  await pass(999)
  expect(entered).toBe(false)
  await pass(1)
  expect(entered).toBe(true)
})

test('never falls below one and climbs back to the full limit by successes', async () => {
  const { gate, pass } = gateAt(4)
  for (let i = 0; i < 5; i++) {
    gate.leaveLimited(await gate.enter(), 0)
    await pass(0)
  }
  expect(gate.limit).toBe(1)
  for (let i = 0; i < 1 + 2 + 3; i++) gate.leave(await gate.enter(), true)
  expect(gate.limit).toBe(4)
  for (let i = 0; i < 9; i++) gate.leave(await gate.enter(), true)
  expect(gate.limit).toBe(4)
})

test('someone who gives up while waiting takes no place', async () => {
  const { gate, settle } = gateAt(1)
  const first = await gate.enter()
  const controller = new AbortController()
  const waiting = gate.enter(controller.signal)
  controller.abort(new Error('enough'))
  await expect(waiting).rejects.toThrow('enough')
  gate.leave(first, true)
  await settle()
  await gate.enter()
})
