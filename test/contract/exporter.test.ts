import { describe, expect, test } from 'vitest'
import type { Exporter } from '../../src/exporters/exporter.js'
import { exporters } from '../../src/exporters/index.js'
import type { VerifiedRow } from '../../src/schemas/trace.js'
import { addTrace, collect, mathProblem, stream, traceOf } from '../exporters/trace.js'

const traces = [
  addTrace('c1'),
  traceOf(mathProblem, 'c2', { answer: '10', reply: '\\boxed{10}' }),
  traceOf(mathProblem, 'c3', { code: 'print(10)', answer: '10' }),
]

describe.each(Object.entries<Exporter>(exporters))('the format %s', (id, exporter) => {
  const rowsOf = (rows: readonly VerifiedRow[]) => collect(exporter.rows(stream(rows)))

  test('is registered under its id and says what it is', () => {
    expect(exporter.id).toBe(id)
    expect(exporter.describe).not.toBe('')
  })

  test('writes only to the files that it names, which are plain names', async () => {
    expect(exporter.files.length).toBeGreaterThan(0)
    for (const file of exporter.files) expect(file).toMatch(/^[a-z0-9][a-z0-9._-]*$/)
    for (const { file } of await rowsOf(traces)) expect(exporter.files).toContain(file)
  })

  test('writes rows that survive JSON unchanged', async () => {
    for (const { row } of await rowsOf(traces)) expect(JSON.parse(JSON.stringify(row))).toEqual(row)
  })

  test('gives the same rows for the same traces', async () => {
    expect(await rowsOf(traces)).toEqual(await rowsOf(traces))
  })

  test('asks for a trace only when the one before is written', async () => {
    let asked = 0
    async function* counted() {
      for (const trace of traces) {
        asked++
        yield trace
      }
    }
    for await (const _row of exporter.rows(counted())) break
    expect(asked).toBeLessThanOrEqual(1)
  })

  test('of nothing is nothing', async () => {
    expect(await rowsOf([])).toEqual([])
  })
})
