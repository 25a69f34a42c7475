/**
 * How well wrong steps are found: clean solutions that are flagged, one-digit errors put into them that are found, speed.
 * Usage: npm run bench -- steps --file gsm8k.jsonl [--field answer] [--seed 1] [--limit N] [--show N] [--json]
 * The file is the user's; a JSON object a line, the solution under --field. Nested fields are written a.b; with --right
 * naming a field that says whether a solution is right, the flagged shares of right and wrong ones are printed instead.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Rng, rng } from '../../src/base/rng.js'
import { checkSteps, type StepReport } from '../../src/verifiers/steps/check.js'

const { values: options } = parseArgs({
  options: {
    file: { type: 'string' },
    field: { type: 'string', default: 'answer' },
    right: { type: 'string' },
    seed: { type: 'string', default: '1' },
    limit: { type: 'string', default: 'Infinity' },
    show: { type: 'string', default: '0' },
    json: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})

/** What is changed: a place of the text where a number stands, within an equation. */
interface Place {
  readonly kind: string
  readonly number: readonly [start: number, end: number]
  readonly equation: readonly [start: number, end: number]
}

const annotation = /<<[^<>\n]*>>/g
const number = /\d[\d,]*(?:\.\d+)?|\.\d+/g
const sign = '[-+*/×x–]'

/** Equations of the prose, found without the checker: something with a sign between numbers, `=`, a number. */
function prosePlaces(text: string): Place[] {
  const bare = text.replace(annotation, (mark) => ' '.repeat(mark.length))
  const places: Place[] = []
  for (const match of bare.matchAll(/=\s{0,3}\$?\s*(\d[\d,]*(?:\.\d+)?|\.\d+)/g)) {
    const [whole, result = ''] = match
    const end = match.index + whole.replace(/,$/, '').length
    const from = Math.max(
      ...['\n', '=', '. ', ', ', ': '].map((stop) => bare.lastIndexOf(stop, match.index - 1) + stop.length),
    )
    const left = bare.slice(Math.max(0, from), match.index)
    const equation = [Math.max(0, from), end] as const
    const hasSign = new RegExp(`\\d[^=]*${sign}\\s*\\$?\\(?\\s*\\.?\\d`).test(left)
    const start = match.index + whole.length - result.length
    places.push({ kind: hasSign ? 'prose result' : 'other result', number: [start, end], equation })
    if (!hasSign) continue
    for (const operand of operands(left)) {
      places.push({ kind: 'prose operand', number: [from + operand[0], from + operand[1]], equation })
    }
  }
  return places
}

/** The numbers at the end of the left side that signs join: those before a gap without a sign are not of the equation. */
function operands(left: string): Array<readonly [start: number, end: number]> {
  const found: Array<readonly [number, number]> = []
  const hasSign = new RegExp(sign)
  for (const match of [...left.matchAll(number)].reverse()) {
    const [start, end] = [match.index, match.index + match[0].length] as const
    const after = found.at(-1)
    if (after && !hasSign.test(left.slice(end, after[0]))) break
    found.push([start, end])
  }
  return found
}

function annotationPlaces(text: string): Place[] {
  return [...text.matchAll(annotation)].flatMap((match) => {
    const equals = match[0].lastIndexOf('=')
    const equation = [match.index, match.index + match[0].length] as const
    if (!/\d[^=]*[-+*/]/.test(match[0].slice(0, equals))) return []
    return [...match[0].matchAll(number)].map((one) => ({
      kind: one.index > equals ? 'annotation result' : 'annotation operand',
      number: [match.index + one.index, match.index + one.index + one[0].length] as const,
      equation,
    }))
  })
}

/** The text with another digit somewhere in the number. */
function spoiled(text: string, { number: [start, end] }: Place, random: Rng): string {
  const digits = [...text.slice(start, end)].flatMap((char, index) => (/\d/.test(char) ? [start + index] : []))
  const at = random.pick(digits)
  const other = (Number(text[at]) + random.int(1, 9)) % 10
  return `${text.slice(0, at)}${other}${text.slice(at + 1)}`
}

const overlaps = (report: StepReport, [start, end]: readonly [number, number]) =>
  report.steps.some(({ verdict, span }) => verdict === 'wrong' && span[0] < end && span[1] > start)

const at = (row: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], row)

function main(): void {
  if (options.help || !options.file) {
    console.error(
      'usage: npm run bench -- steps --file FILE.jsonl [--field answer] [--right FIELD] [--seed 1] [--limit N] [--show N] [--json]',
    )
    process.exitCode = options.help ? 0 : 2
    return
  }
  const rows = readFileSync(options.file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, Number(options.limit))
    .map((line) => JSON.parse(line) as unknown)
  const texts = rows.map((row) => at(row, options.field)).filter((text): text is string => typeof text === 'string')
  const figures = options.right ? byRightness(rows, options.right) : { ...cleanFigures(texts), recall: recall(texts) }
  if (options.json) console.log(JSON.stringify(figures))
  else console.log(figures)
}

function cleanFigures(texts: readonly string[]) {
  for (const text of texts.slice(0, 200)) checkSteps(text)
  const before = process.cpuUsage().user
  const reports = texts.map((text) => checkSteps(text))
  const seconds = (process.cpuUsage().user - before) / 1e6
  const sum = (key: 'found' | 'checked' | 'wrong' | 'unread') =>
    reports.reduce((total, report) => total + report[key], 0)
  const flagged = reports.filter(({ wrong }) => wrong > 0).length
  show(
    'flagged',
    reports.flatMap(({ steps }) =>
      steps.filter(({ verdict }) => verdict === 'wrong').map(({ text, reason }) => `${text}  (${reason})`),
    ),
  )
  return {
    traces: texts.length,
    found: sum('found'),
    checked: sum('checked'),
    wrong: sum('wrong'),
    unread: sum('unread'),
    flaggedTraces: flagged,
    flaggedRate: flagged / texts.length,
    tracesPerCpuSecond: Math.round(texts.length / seconds),
  }
}

interface Recall {
  injected: number
  /** A step that overlaps the changed equation is wrong; of an equation that others follow from, the next one often is. */
  found: number
  rate: number
  /** Any step of the trace is wrong. */
  traceFlagged: number
  traceRate: number
}

/** One error of each kind in each trace that has a place for it. */
function recall(texts: readonly string[]) {
  const counts: Record<string, Recall> = {}
  for (const [index, text] of texts.entries()) {
    const places = [...prosePlaces(text), ...annotationPlaces(text)]
    for (const kind of new Set(places.map((place) => place.kind))) {
      const random = rng(options.seed, 'steps', index, kind)
      const place = random.pick(places.filter((one) => one.kind === kind))
      const wrong = spoiled(text, place, random)
      const report = checkSteps(wrong)
      const found = overlaps(report, place.equation)
      if (!found) show(`missed ${kind}`, [wrong.slice(place.equation[0], place.equation[1] + 20)])
      counts[kind] ??= { injected: 0, found: 0, rate: 0, traceFlagged: 0, traceRate: 0 }
      const count = counts[kind]
      count.injected++
      if (found) count.found++
      if (report.wrong > 0) count.traceFlagged++
      count.rate = count.found / count.injected
      count.traceRate = count.traceFlagged / count.injected
    }
  }
  return counts
}

function byRightness(rows: readonly unknown[], field: string) {
  const figures = { right: { traces: 0, flagged: 0 }, wrong: { traces: 0, flagged: 0 } }
  for (const row of rows) {
    const [text, isRight] = [at(row, options.field), at(row, field)]
    if (typeof text !== 'string' || typeof isRight !== 'boolean') continue
    const figure = isRight ? figures.right : figures.wrong
    const report = checkSteps(text)
    figure.traces++
    if (report.wrong > 0) figure.flagged++
    if (isRight)
      show(
        'flagged although right',
        report.steps.filter(({ verdict }) => verdict === 'wrong').map((step) => `${step.text}  (${step.reason})`),
      )
  }
  return figures
}

let left = Number(options.show)
function show(what: string, lines: readonly string[]): void {
  for (const line of lines) if (left-- > 0) console.log(`${what}: ${JSON.stringify(line)}`)
}

main()
