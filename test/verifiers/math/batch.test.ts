import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { type MathWorkers, type MathWorkersOptions, openMathWorkers } from '../../../src/verifiers/math/batch.js'
import { checkPair, type MathPair } from '../../../src/verifiers/math/batch-pair.js'

function open(options: MathWorkersOptions): MathWorkers {
  const workers = openMathWorkers(options)
  onTestFinished(() => workers.close())
  return workers
}

/** A worker that says `equal` to all, but has an accident at some predictions. */
function accidentProne(): URL {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-batch-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'worker.mjs')
  writeFileSync(
    file,
    `import { parentPort, workerData } from 'node:worker_threads'
parentPort.on('message', ({ pairs }) => {
  const verdicts = pairs.map(({ prediction }, index) => {
    Atomics.store(workerData.at, 0, index)
    if (prediction === 'exit') process.exit(1)
    if (prediction === 'throw') throw new Error('an accident')
    while (prediction === 'hang');
    return { equal: true, reason: prediction, layer: 'test', work: 1, ms: 0 }
  })
  Atomics.store(workerData.at, 0, -1)
  parentPort.postMessage(verdicts)
})
`,
  )
  return pathToFileURL(file)
}

const pairsOf = (...predictions: string[]): MathPair[] => predictions.map((prediction) => ({ gold: '7', prediction }))

test('verdicts come in the order of the pairs, and are those of this thread', async () => {
  const pairs: MathPair[] = [
    { gold: '7', prediction: '7.0' },
    { gold: '7', prediction: 'The answer is 8.' },
    { gold: '7', prediction: 'nothing of it', form: 'response' },
    { gold: '\\frac{x}{2}', prediction: '0.5x' },
  ]
  const here = await Promise.all(pairs.map(checkPair))
  const batches = await Promise.all([pairs, [...pairs].reverse(), []].map(open({ threads: 2 }).check))
  const untimed = batches.map((verdicts) => verdicts.map(({ ms: _, ...verdict }) => verdict))
  expect(untimed).toEqual([here, [...here].reverse(), []])
})

test.each([
  ['ends', 'exit', 'its worker died'],
  ['throws', 'throw', 'an accident'],
])('a worker that %s costs only its pair', async (_how, accident, reason) => {
  const workers = open({ threads: 1, entry: accidentProne() })
  const verdicts = await workers.check(pairsOf('1', '2', accident, '3', accident, '4'))
  expect(verdicts.map(({ equal }) => equal)).toEqual([true, true, null, true, null, true])
  expect(verdicts[2]).toMatchObject({ layer: 'worker', reason: expect.stringContaining(reason) })
  expect(verdicts.filter(({ equal }) => equal).map((verdict) => verdict.reason)).toEqual(['1', '2', '3', '4'])
  expect(await workers.check(pairsOf('5'))).toMatchObject([{ equal: true }])
})

test('a batch of nothing but accidents is answered', async () => {
  const workers = open({ threads: 1, entry: accidentProne() })
  const verdicts = await workers.check(pairsOf('exit', 'exit'))
  expect(verdicts.map(({ equal }) => equal)).toEqual([null, null])
})

test('a worker that gets stuck is ended, and costs only its pair', async () => {
  const workers = open({ threads: 1, entry: accidentProne(), patienceMs: 200 })
  const [first, stuck, last] = await workers.check(pairsOf('1', 'hang', '2'))
  expect([first?.equal, stuck?.equal, last?.equal]).toEqual([true, null, true])
  expect(stuck?.reason).toContain('no end after 200 ms')
})

test('workers that do not start reject rather than wait', async () => {
  const workers = open({ threads: 2, entry: pathToFileURL('/nonexistent/worker.mjs') })
  await expect(workers.check(pairsOf('1'))).rejects.toThrow('do not start')
})

test('closing rejects what is in hand and what comes later', async () => {
  const workers = openMathWorkers({ threads: 1, entry: accidentProne() })
  const refused = ['hang', '2'].map((prediction) =>
    expect(workers.check(pairsOf(prediction))).rejects.toThrow('closed'),
  )
  await workers.close()
  await Promise.all(refused)
  await expect(workers.check(pairsOf('3'))).rejects.toThrow('closed')
})
