import { expect, test } from 'vitest'
import { mergedResults, recordedResults } from '../../../src/curriculum/calibration/recorded-results.js'
import type { Event } from '../../../src/schemas/event.js'
import { eventMaker } from '../../cli/events.js'
import { codeProblem, mathProblem } from '../../exporters/trace.js'

const { drawn, replied, verified, stamp } = eventMaker()
const problems = [codeProblem, mathProblem]
const blamed = (event: Event, blame: 'problem' | 'infrastructure'): Event =>
  event.kind === 'candidate.verified' ? { ...event, verdict: { ...event.verdict, blame } } : event

const events = [
  drawn(0, 0, codeProblem.id, 'code/arithmetic', 0),
  ...['a', 'b', 'c', 'd'].map((id) => replied(1, id, codeProblem.id)),
  verified(2, 'a', 'accepted'),
  verified(2, 'b', 'wrong_answer'),
  blamed(verified(2, 'c', 'bad_problem'), 'problem'),
  // The sandbox failed first; the second check decides.
  blamed(verified(2, 'd', 'sandbox_error'), 'infrastructure'),
  verified(3, 'd', 'accepted'),
  replied(4, 'e', mathProblem.id),
]

test('only verdicts that blame the candidate count, each candidate once', async () => {
  const { results, attempts, stopped } = await recordedResults(events, problems)
  expect(results).toHaveLength(1)
  expect(results[0]).toMatchObject({
    id: codeProblem.id,
    skill: 'code/arithmetic',
    level: 0,
    byModel: [{ model: 'm', attempts: 3, passes: 2 }],
  })
  expect({ attempts, stopped }).toEqual({ attempts: 3, stopped: undefined })
})

test('how the run stopped last is told, unless it went on', async () => {
  const started = {
    kind: 'run.started',
    configHash: '',
    setHashes: {},
    problems: 2,
    versions: {},
    backend: '',
  } as const
  const stop = stamp(5, { kind: 'run.stopped', reason: 'interrupted' })
  expect((await recordedResults([...events, stop], problems)).stopped).toBe('interrupted')
  expect((await recordedResults([...events, stop, stamp(6, started)], problems)).stopped).toBeUndefined()
})

test('a problem that the run does not hold is refused by its name', async () => {
  await expect(recordedResults(events, [mathProblem])).rejects.toThrow(`'${codeProblem.id}', which is not among`)
})

test('results of runs add up by model, and a problem that changed between them is refused', async () => {
  const { results } = await recordedResults(events, problems)
  const other = results.map((one) => ({ ...one, byModel: [{ model: 'n', attempts: 4, passes: 1 }] }))
  expect(mergedResults([results, other, results])[0]!.byModel).toEqual([
    { model: 'm', attempts: 6, passes: 4 },
    { model: 'n', attempts: 4, passes: 1 },
  ])
  const changed = other.map((one) => ({ ...one, hash: 'another' }))
  expect(() => mergedResults([results, changed])).toThrow(/not the same in all runs/)
})
