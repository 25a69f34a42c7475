/**
 * What an import costs: files of 1 GB, each imported in a fresh process: MB/s, rows/s and the most memory held (RSS).
 * Parquet is written by pyarrow, from the registry into the scratch folder where it is not there; without it, it is left out.
 * Usage: npm run bench -- import [--megabytes N] [--forms jsonl,gz,json,parquet,small] [--scratch DIR] [--json]
 */
import { execFile, spawn } from 'node:child_process'
import { copyFile, mkdtemp, rm, stat, statfs, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs, promisify } from 'node:util'
import {
  plausibleRow,
  pythonWithPyarrow,
  type RowsFile,
  smallRow,
  writeArray,
  writeGzip,
  writeJsonLines,
  writeParquet,
} from './import-files.js'

const { values: options } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1000' },
    forms: { type: 'string', default: 'jsonl,gz,json,parquet,small' },
    scratch: { type: 'string', default: tmpdir() },
    json: { type: 'boolean' },
  },
})
const bytes = Number(options.megabytes) * 1e6
const forms = options.forms.split(',')
const wanted = (form: string) => forms.includes(form)

/** The rows, another form of them, and the set that is written. */
const needed = bytes * 3 + 500e6
/** Rows of a group: of the size that is usual on the Hub, and all rows in one. */
const parquetShapes = [
  { codec: 'snappy', group: 1000 },
  { codec: 'zstd', group: 100_000_000 },
]

interface Cost {
  readonly form: string
  readonly megabytes: number
  readonly rows: number
  readonly seconds: number
  readonly peakMegabytes: number
}

const say = (line: string) => process.stderr.write(`${line}\n`)

const dir = await mkdtemp(path.join(options.scratch, 'assay-bench-import-'))
try {
  const { bavail, bsize } = await statfs(dir)
  if (bavail * bsize < needed) {
    throw new Error(
      `${(needed / 1e9).toFixed(1)} GB of disk are needed in ${options.scratch}; --scratch names another place`,
    )
  }
  const app = await builtApp()
  const costs: Cost[] = []
  if (wanted('small')) {
    say(`writing ${options.megabytes} MB of small rows`)
    const small = await writeJsonLines(dir, { name: 'small', row: smallRow, bytes })
    costs.push(await importCost('JSON Lines, small rows', { app, ...small }))
    await rm(small.file)
  }
  if (forms.some((form) => form !== 'small')) costs.push(...(await costsOfForms(app)))
  print(costs)
} finally {
  await rm(dir, { recursive: true, force: true })
}

/** The same rows in each form of table. */
async function costsOfForms(app: string): Promise<Cost[]> {
  say(`writing ${options.megabytes} MB of rows`)
  const { file: jsonLines, rows } = await writeJsonLines(dir, { name: 'rows', row: plausibleRow, bytes })
  const costs: Cost[] = []
  const measure = async (form: string, make: () => Promise<string>) => {
    const file = await make()
    costs.push(await importCost(form, { app, file, rows }))
    if (file !== jsonLines) await rm(file)
  }
  if (wanted('jsonl')) await measure('JSON Lines', async () => jsonLines)
  if (wanted('gz')) await measure('JSON Lines in gzip', () => writeGzip(jsonLines))
  if (wanted('json')) await measure('JSON array', () => writeArray(jsonLines))
  const found = wanted('parquet') ? await pythonWithPyarrow(dir) : undefined
  if (found && 'reason' in found) say(`Parquet is left out: ${found.reason}`)
  if (found && 'python' in found) {
    for (const { codec, group } of parquetShapes) {
      const form = `Parquet, ${codec}, ${group > rows ? 'one row group' : `row groups of ${group}`}`
      await measure(form, () => writeParquet(jsonLines, { python: found.python, codec, group }))
    }
  }
  return costs
}

/** The product as users run it, built into the scratch folder: a loader of TypeScript would count as memory. */
async function builtApp(): Promise<string> {
  const root = path.resolve(import.meta.dirname, '../..')
  const app = path.join(dir, 'app')
  await promisify(execFile)('npx', ['tsc', '-p', 'tsconfig.build.json', '--outDir', path.join(app, 'dist')], {
    cwd: root,
  })
  await symlink(path.join(root, 'node_modules'), path.join(app, 'node_modules'))
  await copyFile(path.join(root, 'package.json'), path.join(app, 'package.json'))
  return path.join(app, 'dist/cli/main.js')
}

/** Imports a file in a process of its own; throws when that fails or a row is missing. */
async function importCost(form: string, { app, file, rows }: RowsFile & { readonly app: string }): Promise<Cost> {
  const { size } = await stat(file)
  const out = path.join(dir, 'set')
  const atExit = 'process.on("exit",()=>process.stderr.write("\\nmaxRSS "+process.resourceUsage().maxRSS+"\\n"))'
  const args = ['problems', 'import', '--format', 'apps', file, '--out', out, '--json']
  const start = performance.now()
  const { code, stdout, stderr } = await finished([
    ...['--import', `data:text/javascript,${encodeURIComponent(atExit)}`],
    ...[app, ...args],
  ])
  const seconds = (performance.now() - start) / 1000
  await rm(out, { recursive: true, force: true })
  const count: unknown = code === 0 ? JSON.parse(stdout).set.count : undefined
  if (count !== rows) throw new Error(`${form}: ${String(count)} of ${rows} rows, exit ${code}: ${stderr}`)
  const peakMegabytes = (Number(/maxRSS (\d+)/.exec(stderr)?.[1]) * 1024) / 1e6
  return { form, megabytes: size / 1e6, rows, seconds, peakMegabytes }
}

function finished(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => {
      text.stdout += chunk
    })
    child.stderr.on('data', (chunk) => {
      text.stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...text }))
  })
}

function print(costs: readonly Cost[]): void {
  if (options.json) {
    for (const cost of costs) console.log(JSON.stringify(cost))
    return
  }
  console.log(
    `${'form'.padEnd(40)}${['file MB', 'rows', 'seconds', 'MB/s', 'rows/s', 'peak MB'].map((name) => name.padStart(10)).join('')}`,
  )
  for (const { form, megabytes, rows, seconds, peakMegabytes } of costs) {
    const figures = [megabytes, rows, seconds, megabytes / seconds, rows / seconds, peakMegabytes]
    console.log(`${form.padEnd(40)}${figures.map((figure) => figure.toFixed(0).padStart(10)).join('')}`)
  }
}
