import { describe, expect, test } from 'vitest'
import { curationSteps } from '../../src/curation/index.js'
import type { CurationStep } from '../../src/curation/step.js'
import { addTrace, mathProblem, traceOf } from '../exporters/trace.js'

const rows = [
  addTrace('c1'),
  addTrace('c2', { code: 'def add(a, b):\n    return b + a\n' }),
  addTrace('c3', { code: 'def add(a, b):\n\n    return a + b  # sum\n' }),
  traceOf(mathProblem, 'c4', { answer: '10' }),
  traceOf(mathProblem, 'c5', { answer: ' 10 ' }),
]

describe.each(Object.entries<CurationStep>(curationSteps))('the step %s', (id, step) => {
  test('is registered under its id and says what it leaves out', () => {
    expect(step.id).toBe(id)
    expect(step.describe).not.toBe('')
  })

  test('gives every drop a reason', () => {
    const judge = step.create()
    for (const row of rows) {
      const decision = judge(row)
      if (!decision.keep) expect(decision.reason).not.toBe('')
    }
  })

  test('decides the same in a second pass, which remembers nothing of the first', () => {
    const pass = () => {
      const judge = step.create()
      return rows.map(judge)
    }
    expect(pass()).toEqual(pass())
  })
})

describe('exact', () => {
  const decide = (list: typeof rows) => {
    const judge = curationSteps.exact.create()
    return list.map((row) => {
      const decision = judge(row)
      return decision.keep ? 'keep' : decision.because
    })
  }

  test('drops what the same problem already has and names it', () => {
    expect(decide(rows)).toEqual(['keep', 'keep', 'c1', 'keep', 'c4'])
  })

  test('lets the mark of the run stand', () => {
    expect(decide([addTrace('c9', { duplicateOf: 'c0' })])).toEqual(['c0'])
  })

  test('keeps equal solutions of different problems', () => {
    const other = { ...mathProblem, id: 'own/pears' }
    expect(decide([traceOf(mathProblem, 'a', { answer: '10' }), traceOf(other, 'b', { answer: '10' })])).toEqual([
      'keep',
      'keep',
    ])
  })
})
