import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rng } from '../../src/base/rng.js'
import { openBlobs } from '../../src/store/blobs.js'
import { readEvents } from '../../src/store/ledger.js'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'assay-crash-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const source = (name: string) => pathToFileURL(path.resolve(`src/store/${name}.ts`)).href

/** Writes blobs and events from eight workers without end and tells each event's number once it is on disk. */
const writer = (round: number) => `
  const { openLedger } = await import('${source('ledger')}')
  const { openBlobs } = await import('${source('blobs')}')
  const { acquireLock } = await import('${source('lock')}')
  const dir = ${JSON.stringify(dir)}
  acquireLock(dir)
  const ledger = await openLedger(dir, { runId: 'r', clock: Date, segmentBytes: 20_000 })
  const blobs = await openBlobs(dir)
  await Promise.all(Array.from({ length: 8 }, async (_, worker) => {
    for (let i = 0; ; i++) {
      const hash = await blobs.put('text ${round} ' + worker + ' ' + i + 'x'.repeat(i % 500))
      const { seq } = await ledger.append({ kind: 'candidate.failed', candidateId: hash, code: 'c', message: 'm' })
      process.stdout.write(seq + '\\n')
    }
  }))`

/** Starts the writer and kills it with SIGKILL once it told `lines` numbers. Returns all that it told, and its errors. */
function killAfter(round: number, lines: number): Promise<{ told: number[]; errors: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writer(round)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    let errors = ''
    child.stdout.on('data', (data) => {
      text += data
      if (text.split('\n').length > lines) child.kill('SIGKILL')
    })
    child.stderr.on('data', (data) => {
      errors += data
    })
    child.on('close', () => resolve({ told: text.split('\n').slice(0, -1).map(Number), errors }))
  })
}

test('nothing that was said to be on disk is lost by kill -9, and the next writer goes on', async () => {
  const random = rng(1, 'kills')
  let before = 0
  for (let round = 0; round < 4; round++) {
    const { told, errors } = await killAfter(round, random.int(1, 400))
    expect(errors).toBe('')
    expect(told.length).toBeGreaterThan(0)
    const hashes: string[] = []
    for await (const event of readEvents(dir)) if (event.kind === 'candidate.failed') hashes.push(event.candidateId)
    expect(Math.min(...told), 'the first number of this round').toBeGreaterThanOrEqual(before)
    expect(hashes.length).toBeGreaterThan(Math.max(...told))
    const blobs = await openBlobs(dir)
    for (const hash of hashes.slice(before)) expect(await blobs.get(hash)).toContain(`text ${round} `)
    await blobs.close()
    before = hashes.length
  }
})
