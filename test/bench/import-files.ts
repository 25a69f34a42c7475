/** Large published files for the bench of the import: the same rows in the shape of APPS, in every form of table. */
import { execFile } from 'node:child_process'
import { createReadStream, createWriteStream } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGzip } from 'node:zlib'
import { rng } from '../../src/base/rng.js'

const run = promisify(execFile)

const WORDS =
  'array path tree graph cost letter index query prime number string value count sum limit edge node queue stack city'.split(
    ' ',
  )

/** A row of some 2 to 20 kB: statement, two solutions, tests as JSON in JSON. The same number gives the same row. */
export function plausibleRow(number: number): Record<string, unknown> {
  const random = rng(1, 'bench-import', number)
  const int = (below: number) => random.int(0, below - 1)
  const text = (words: number) => Array.from({ length: words }, () => random.pick(WORDS)).join(' ')
  const cases = Array.from({ length: 2 + int(20) }, () => Array.from({ length: 2 + int(60) }, () => int(1e6)))
  const solution = (name: string) =>
    `import sys\n\ndef main():\n    ${name} = list(map(int, sys.stdin.read().split()))\n${`    # ${text(6)}\n`.repeat(2 + int(12))}    print(sum(${name}[1:]))\n\nmain()\n`
  return {
    problem_id: number,
    question: `Given n numbers, find "the total".\n${text(80 + int(300))}\n\n-----Input-----\n${text(40)} ≤ 10⁶\n`,
    solutions: JSON.stringify([solution('numbers'), solution('data')]),
    input_output: JSON.stringify({
      inputs: cases.map((numbers) => `${numbers.length}\n${numbers.join(' ')}\n`),
      outputs: cases.map((numbers) => `${numbers.reduce((sum, n) => sum + n, 0)}\n`),
    }),
    difficulty: ['introductory', 'interview', 'competition'][number % 3],
    url: `https://example.org/problems/${number}`,
    starter_code: '',
  }
}

/** A row of some 650 bytes: what is kept of each row weighs most where rows are small and many. */
export function smallRow(number: number): Record<string, unknown> {
  const random = rng(1, 'bench-import-small', number)
  const words = Array.from({ length: 60 }, () => random.pick(WORDS)).join(' ')
  return {
    problem_id: number,
    question: `Given n numbers, find their total.\n${words}\n`,
    solutions: JSON.stringify(['input()\nprint(sum(map(int, input().split())))\n']),
    input_output: JSON.stringify({ inputs: [`2\n1 ${number}\n`], outputs: [`${number + 1}\n`] }),
    difficulty: 'introductory',
    url: `https://example.org/problems/${number}`,
    starter_code: '',
  }
}

export interface RowsFile {
  readonly file: string
  readonly rows: number
}

/** Writes `NAME.jsonl` of about `bytes` and returns its path and how many rows it has. */
export async function writeJsonLines(
  dir: string,
  { name, row, bytes }: { name: string; row: (number: number) => Record<string, unknown>; bytes: number },
): Promise<RowsFile> {
  const file = path.join(dir, `${name}.jsonl`)
  let rows = 0
  const lines = function* () {
    for (let written = 0; written < bytes; ) {
      const lines = Array.from({ length: 64 }, () => `${JSON.stringify(row(rows++))}\n`).join('')
      written += Buffer.byteLength(lines)
      yield lines
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file))
  return { file, rows }
}

export async function writeGzip(jsonLines: string): Promise<string> {
  const file = `${jsonLines}.gz`
  await pipeline(createReadStream(jsonLines), createGzip({ level: 6 }), createWriteStream(file))
  return file
}

/** One JSON array with a row a line. */
export async function writeArray(jsonLines: string): Promise<string> {
  const file = jsonLines.replace(/\.jsonl$/, '.json')
  const edited = async function* () {
    yield '['
    let before = ''
    for await (const chunk of createReadStream(jsonLines, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
      // A comma stands between rows: where a line ended and more follows.
      const text = `${before}${chunk}`
      before = text.endsWith('\n') ? '\n' : ''
      yield (before ? text.slice(0, -1) : text).replaceAll('\n', ',\n')
    }
    yield ']\n'
  }
  await pipeline(Readable.from(edited()), createWriteStream(file))
  return file
}

const toParquet = `
import json, sys
import pyarrow as pa, pyarrow.parquet as pq
source, target, codec, group = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
names = ['problem_id', 'question', 'solutions', 'input_output', 'difficulty', 'url', 'starter_code']
schema = pa.schema([(name, pa.int64() if name == 'problem_id' else pa.string()) for name in names])
batches, rows = [], []
with open(source, encoding='utf-8') as lines:
    for line in lines:
        rows.append(json.loads(line))
        if len(rows) == 4096:
            batches.append(pa.RecordBatch.from_pylist(rows, schema)); rows = []
if rows: batches.append(pa.RecordBatch.from_pylist(rows, schema))
pq.write_table(pa.Table.from_batches(batches, schema), target, compression=codec, row_group_size=group)
`

/** A Python with pyarrow: the one that is there, else one of its own in the scratch folder; undefined with the reason. */
export async function pythonWithPyarrow(dir: string): Promise<{ python: string } | { reason: string }> {
  const has = (python: string) =>
    run(python, ['-c', 'import pyarrow']).then(
      () => true,
      () => false,
    )
  if (await has('python3')) return { python: 'python3' }
  const venv = path.join(dir, 'venv')
  try {
    await run('python3', ['-m', 'venv', venv])
    await run(path.join(venv, 'bin/python'), ['-m', 'pip', 'install', '--quiet', 'pyarrow'], { timeout: 300_000 })
    return { python: path.join(venv, 'bin/python') }
  } catch (error) {
    return { reason: `pyarrow cannot be had (${(error as Error).message.split('\n')[0]})` }
  }
}

export interface ParquetShape {
  readonly python: string
  readonly codec: string
  /** Rows of a row group. */
  readonly group: number
}

export async function writeParquet(jsonLines: string, { python, codec, group }: ParquetShape): Promise<string> {
  const file = jsonLines.replace(/\.jsonl$/, `-${codec}-${group}.parquet`)
  await run(python, ['-c', toParquet, jsonLines, file, codec, String(group)])
  return file
}
