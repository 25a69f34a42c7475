import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { interruptBySignals } from '../../src/cli/interrupt.js'

test('the first Ctrl-C is told and ends in order, its echo does nothing, a later one ends at once', () => {
  const source = new EventEmitter()
  const said: string[] = []
  const exits: number[] = []
  let nowMs = 1000
  const signal = interruptBySignals(source, {
    say: (line) => said.push(line),
    exit: (code) => exits.push(code),
    nowMs: () => nowMs,
  })
  source.emit('SIGINT')
  expect(signal.aborted).toBe(true)
  nowMs += 100
  source.emit('SIGTERM')
  expect(exits).toEqual([])
  nowMs += 100
  source.emit('SIGINT')
  expect(exits).toEqual([130])
  expect(said).toEqual(['finishing what is in flight; Ctrl-C again stops at once'])
})
