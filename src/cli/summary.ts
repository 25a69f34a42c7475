/** What a person reads at the end of a run: the funnel, the self-audit, pass rates by level, one trace, files, what next. */
import pc from 'picocolors'
import { compact, counted, duration, money, percent } from '../base/format.js'
import { printable } from '../base/printable.js'
import type { Figures } from '../schemas/figures.js'
import type { VerifiedRow } from '../schemas/trace.js'

export interface SummaryOptions {
  /** One verified trace to show. */
  readonly example?: VerifiedRow
  readonly files: readonly { readonly path: string; readonly what: string }[]
  /** The command to try next. */
  readonly next: string
  /** Colours and bold type; for terminals only. */
  readonly color?: boolean
}

type Colors = ReturnType<typeof pc.createColors>

const BAR = 24
const CODE_LINES = 24

const endings: Readonly<Record<Figures['status'], string>> = {
  running: 'The run is not finished.',
  complete: 'The run is complete.',
  target: 'The run reached its target.',
  exhausted: 'The run ended: nothing is left to draw.',
  budget: 'The run reached its budget; the same command with a larger one continues it.',
  interrupted: 'The run was interrupted; the same command continues it.',
  failed: 'The run failed; the same command continues it.',
}

/** Text for stderr, with a newline at the end. */
export function renderSummary(figures: Figures, { example, files, next, color = false }: SummaryOptions): string {
  const paint = pc.createColors(color)
  const sections = [
    [paint.bold(endings[figures.status]), paint.dim(costLine(figures))],
    funnel(figures, paint),
    auditLine(figures, paint),
    levelTable(figures, paint),
    curriculumLine(figures, paint),
    example ? trace(example, paint) : [],
    fileList(files, paint),
    [`${paint.dim('next ')} ${paint.cyan(next)}`],
  ]
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `\n${text.join('\n\n')}\n`
}

function costLine({ tokens, costUsd, wallMs, moves }: Figures): string {
  const all = tokens.prompt + tokens.completion
  return [
    duration(wallMs),
    `${compact(all)} tokens`,
    money(costUsd),
    `difficulty moved ${counted(moves, 'time')}`,
  ].join(' · ')
}

function funnel(figures: Figures, paint: Colors): string[] {
  const row = (name: string, count: number, of: number, mark = (text: string) => text): string => {
    const width = of === 0 ? 0 : Math.round((count / of) * BAR)
    return `  ${name.padEnd(18)}${String(count).padStart(7)}  ${mark('█'.repeat(of > 0 && count > 0 ? Math.max(1, width) : 0))}`
  }
  const refused = Object.entries(figures.byStatus)
    .filter(([status, count]) => status !== 'accepted' && count > 0)
    .sort(([, a], [, b]) => b - a)
  return [
    paint.bold('Funnel'),
    row('problems', figures.problems, 0),
    row('  drawn', figures.drawn, 0),
    row('candidates', figures.candidates, figures.candidates, paint.dim),
    ...refused.map(([status, count]) => row(`  ${status}`, count, figures.candidates, paint.red)),
    ...(figures.skipped > 0 ? [row('left out early', figures.skipped, 0)] : []),
    ...(figures.failed > 0 ? [row('failed requests', figures.failed, 0)] : []),
    row('verified', figures.verified, figures.candidates, paint.green),
    row('distinct', figures.distinct, figures.candidates, paint.green),
    row('problems solved', figures.solved, 0),
  ]
}

function auditLine({ selfAudit }: Figures, paint: Colors): string[] {
  const { good, bad, falseRejects, falseAccepts } = selfAudit
  if (good + bad === 0) return []
  const clean = falseRejects + falseAccepts === 0
  const mark = clean ? paint.green : paint.red
  return [
    `${paint.bold('Self-audit')}  known-good ${good}, known-bad ${bad}: ${mark(`false rejects ${falseRejects}, false accepts ${falseAccepts}`)}`,
  ]
}

function levelTable({ levels }: Figures, paint: Colors): string[] {
  if (levels.length === 0) return []
  const rows = [...levels].sort((a, b) => a.kind.localeCompare(b.kind) || a.level - b.level)
  const head = `  ${'kind'.padEnd(6)}level  problems  candidates  pass rate`
  return [
    paint.bold('Pass rate by level'),
    paint.dim(head),
    ...rows.map(({ kind, level, problems, candidates, passRate }) => {
      const rate = passRate === null ? '–'.padStart(9) : percent(passRate).padStart(9)
      const bar = passRate === null ? '' : `  ${paint.cyan('█'.repeat(Math.round(passRate * BAR)))}`
      return `  ${kind.padEnd(6)}${String(level).padStart(5)}${String(problems).padStart(10)}${String(candidates).padStart(12)}  ${rate}${bar}`
    }),
  ]
}

/** How much of the stock was seen, and how well the curriculum knew what it drew. */
function curriculumLine({ coverage, arms, calibration }: Figures, paint: Colors): string[] {
  const attempts = calibration.reduce((sum, bin) => sum + bin.attempts, 0)
  if (coverage.arms === null || attempts === 0) return []
  const gap = calibration.reduce((sum, { expected, seen, attempts: own }) => sum + Math.abs(expected - seen) * own, 0)
  const drawn = arms.filter(({ draws }) => draws > 0).length
  const off = `expected pass rates were off by ${((gap / attempts) * 100).toFixed(1)} points on average`
  return [`${paint.bold('Curriculum')}  ${drawn} of ${arms.length} pairs of skill and level drawn; ${off}`]
}

function trace({ problem, code, answer, verdict, candidate }: VerifiedRow, paint: Colors): string[] {
  const body = code ?? answer ?? ''
  const { verifier, backend, mode, isolation, layer } = verdict.evidence
  const facts = [verifier, backend, mode, isolation && `isolation ${isolation}`, layer && `layer ${layer}`].filter(
    Boolean,
  )
  const asserted = verdict.cases.length > 0 ? `, ${counted(verdict.cases.length, 'case')}` : ''
  return [
    `${paint.bold('One verified trace')}  ${problem.id} ${paint.dim(`(${problem.kind}, level ${problem.level}, by ${candidate.model})`)}`,
    ...clip(printable(problem.statement), 6).map((line) => `  ${line}`),
    '',
    ...clip(printable(body), CODE_LINES).map((line) => `    ${paint.cyan(line)}`),
    '',
    `  ${paint.green(verdict.status)}${asserted} ${paint.dim(`(${facts.join(', ')})`)}`,
  ]
}

function clip(text: string, most: number): string[] {
  const lines = text.trimEnd().split('\n')
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `… ${lines.length - most + 1} more lines`]
}

function fileList(files: SummaryOptions['files'], paint: Colors): string[] {
  if (files.length === 0) return []
  const width = Math.max(...files.map(({ path }) => path.length)) + 2
  return [paint.bold('Files'), ...files.map(({ path, what }) => `  ${path.padEnd(width)}${paint.dim(what)}`)]
}
