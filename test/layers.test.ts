import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

// A file may import its own folder, and any folder of an EARLIER row. Folders of one row never import each other.
const rows = [
  ['base'],
  ['schemas'],
  [
    'problems',
    'providers',
    'recipes',
    'sandbox',
    'verifiers',
    'store',
    'curation',
    'curriculum',
    'metrics',
    'exporters',
  ],
  ['pipeline'],
  ['server', 'viewer'],
  ['cli'],
]
const rowOf = new Map(rows.flatMap((folders, index) => folders.map((folder) => [folder, index] as const)))
const importPattern = /\bfrom\s*['"](\.[^'"]+)['"]|\bimport\s*\(?\s*['"](\.[^'"]+)['"]/g
const top = (file: string) => file.split(path.sep)[0]!

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
const edges = files
  .filter((file) => file.includes(path.sep))
  .flatMap((from) =>
    [...readFileSync(path.join('src', from), 'utf8').matchAll(importPattern)].map((match) => ({
      from,
      to: path.join(path.dirname(from), (match[1] ?? match[2])!),
    })),
  )

test('every import points to its own folder or to an earlier row', () => {
  expect(edges.length, 'no import found: the scan is broken, not the code clean').toBeGreaterThan(20)
  const wrong = edges.filter(({ from, to }) => {
    const [here, there] = [top(from), top(to)]
    return here !== there && !(rowOf.get(there)! < rowOf.get(here)!)
  })
  expect(wrong).toEqual([])
})

test('every folder of src has a row', () => {
  const folders = new Set(files.filter((file) => file.includes(path.sep)).map(top))
  expect([...folders].filter((folder) => !rowOf.has(folder))).toEqual([])
})

test('clock, randomness and environment are read only at the edge', () => {
  const edge = /^(providers|sandbox\/backends|store|server|cli|pipeline\/run\.ts|base\/clock\.ts)/
  const reads = /\bDate\.now\(|\bMath\.random\(|\bprocess\.(env|cwd)\b|\bconsole\./
  const wrong = files.filter((file) => !edge.test(file) && reads.test(readFileSync(path.join('src', file), 'utf8')))
  expect(wrong).toEqual([])
})
