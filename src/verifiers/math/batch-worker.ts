/** A worker thread that checks batches. It writes which pair it is at, so that its end costs no other. */
import { parentPort, workerData } from 'node:worker_threads'
import type { CheckedPair, Order, WorkerData } from './batch.js'
import { checkPair } from './batch-pair.js'

const { at } = workerData as WorkerData

parentPort?.on('message', async ({ pairs }: Order) => {
  const verdicts: CheckedPair[] = []
  for (const [index, pair] of pairs.entries()) {
    Atomics.store(at, 0, index)
    const startedMs = performance.now()
    const verdict = await checkPair(pair)
    verdicts.push({ ...verdict, ms: performance.now() - startedMs })
  }
  Atomics.store(at, 0, -1)
  parentPort?.postMessage(verdicts)
})
