/** The plots with their words. Each is drawn twice, for wide and for narrow screens, so that text keeps its size. */
import { percent } from '../../base/format.js'
import { wilson } from '../../metrics/intervals.js'
import type { Figures } from '../../schemas/figures.js'
import type { Problem } from '../../schemas/problem.js'
import { type Child, html, type Safe } from '../html.js'
import { byTopic } from '../plot/bins.js'
import { calibrationPlot } from '../plot/calibration.js'
import { coveragePlot } from '../plot/coverage.js'
import { overTimePlot } from '../plot/over-time.js'
import { passRatePlot } from '../plot/pass-rate.js'
import { difficultyPath } from '../plot/path.js'
import { targetPaths } from '../plot/targets.js'

const WIDE = 1020
const HALF = 480
const NARROW = 340

type Draw = (size: { width: number; id: string }) => Safe

interface Card {
  readonly id: string
  readonly title: string
  readonly note: Child
  readonly legend: Child
  /** Absent: there is nothing to draw yet. */
  readonly draw?: Draw
  readonly extra?: Child
  readonly width?: number
}

function card({ id, title, note, legend, draw, extra, width = WIDE }: Card): Safe {
  const figure =
    draw &&
    html`<figure><div class="wideplot">${draw({ width, id })}</div><div class="narrow">${draw({ width: NARROW, id: `${id}-n` })}</div></figure>`
  return html`<section class="card ${width === HALF ? 'tall' : 'wide'}"><h2>${title}</h2><p class="note">${note}</p>${legend}${figure || html`<p class="empty">No draw yet.</p>`}${extra}</section>`
}

/** Only what the plot shows. */
const key = (kinds: readonly (string | undefined)[]): Safe[] =>
  ['code', 'math'].flatMap((kind) =>
    kinds.includes(kind) ? [html`<span class="series ${kind}"><i></i>${kind}</span>`] : [],
  )

const ramp = html`<span>pass rate 0 % <i class="ramp"></i> 100 %</span>`

export function passRateByLevel({ levels }: Figures, band: readonly [number, number] | undefined): Safe {
  const rows = [...levels].sort((a, b) => a.kind.localeCompare(b.kind) || a.level - b.level)
  const numbers = html`<details><summary>The numbers</summary><div class="scroll"><table><thead><tr><th scope="col">kind</th><th scope="col">level</th><th scope="col">problems</th><th scope="col">candidates</th><th scope="col">passed</th><th scope="col">pass rate</th><th scope="col">95 % interval</th><th scope="col">distinct</th></tr></thead><tbody>${rows.map(
    (row) => {
      const [low, high] = wilson(row.passes, row.candidates)
      return html`<tr><td>${row.kind}</td><td>${row.level}</td><td>${row.problems}</td><td>${row.candidates}</td><td>${row.passes}</td><td>${row.passRate === null ? '–' : percent(row.passRate)}</td><td>${percent(low)} – ${percent(high)}</td><td>${row.distinct}</td></tr>`
    },
  )}</tbody></table></div></details>`
  return card({
    id: 'pass-rate',
    title: 'Pass rate by level',
    note: 'Share of candidates that passed, with 95 % Wilson intervals.',
    legend: html`<div class="legend">${key(rows.map(({ kind }) => kind))}</div>`,
    draw: rows.length > 0 ? (size) => passRatePlot({ levels: rows, band, ...size }) : undefined,
    extra: rows.length > 0 && numbers,
    width: HALF,
  })
}

export function overTime({ path }: Figures): Safe {
  return card({
    id: 'over-time',
    title: 'Pass rate by level over the run',
    note: 'One strip per level. Bars: how often the level was drawn. Line: its pass rate, 0 at the foot and 100 % at the top.',
    legend: html`<div class="legend">${ramp}</div>`,
    draw: path.length > 0 ? (size) => overTimePlot({ path, ...size }) : undefined,
  })
}

export function pathOfRun({ path, moves }: Figures, problems: readonly Problem[]): Safe {
  const kindOf = topicKinds(problems)
  return card({
    id: 'path',
    title: 'Difficulty path',
    note: `A dot is a draw. The lines are the mean level of the last draws, the bands one standard deviation to each side. The curriculum moved a topic's level ${moves} times.`,
    legend: html`<div class="legend">${key(path.map(({ topic }) => kindOf(topic)))}${ramp}</div>`,
    draw: path.length > 0 ? (size) => difficultyPath({ path, kindOf, ...size }) : undefined,
  })
}

/** Panels of skills at most. */
const MOST_PANELS = 24

export function targetsOfRun({ path, topics }: Figures, problems: readonly Problem[]): Safe {
  const kindOf = topicKinds(problems)
  const draws = new Map([...byTopic(path)].map(([topic, own]) => [topic, own.length]))
  const most = [...topics].sort((a, b) => (draws.get(b.topic) ?? 0) - (draws.get(a.topic) ?? 0)).slice(0, MOST_PANELS)
  const shown = topics.filter((each) => most.includes(each))
  const more =
    topics.length > shown.length && ` Shown are the ${MOST_PANELS} skills that were drawn most, of ${topics.length}.`
  return card({
    id: 'targets',
    title: 'Level of each skill',
    note: ['The line is the level that the skill stood at; a dot is a draw.', more],
    legend: html`<div class="legend">${key(shown.map(({ topic }) => kindOf(topic)))}${ramp}</div>`,
    draw: shown.length > 0 ? (size) => targetPaths({ path, topics: shown, kindOf, ...size }) : undefined,
  })
}

export function coverageOfRun({ coverage, arms, problems }: Figures): Safe {
  const pairs = arms.filter((arm) => arm.problems > 0).length
  const part = (what: 'problems' | 'arms', count: number, noun: string): Child => {
    const share = coverage[what]
    return html`<span class="${what}"><i></i>${noun}: ${share === null ? '–' : percent(share)} of ${count}</span>`
  }
  return card({
    id: 'coverage',
    title: 'Coverage',
    note: 'Share of the problems, and of the pairs of skill and level, that were drawn at least once.',
    legend: html`<div class="legend">${part('problems', problems, 'problems')}${part('arms', pairs, 'skill × level')}</div>`,
    draw: coverage.path.length > 0 ? (size) => coveragePlot({ path: coverage.path, ...size }) : undefined,
    width: HALF,
  })
}

export function calibrationOfRun({ calibration }: Figures): Safe {
  const attempts = calibration.reduce((sum, bin) => sum + bin.attempts, 0)
  const gap = calibration.reduce((sum, { expected, seen, attempts: own }) => sum + Math.abs(expected - seen) * own, 0)
  const off = attempts > 0 && ` They differ by ${((gap / attempts) * 100).toFixed(1)} points on average.`
  const numbers = html`<details><summary>The numbers</summary><div class="scroll"><table><thead><tr><th scope="col">expected</th><th scope="col">seen</th><th scope="col">95 % interval</th><th scope="col">draws</th><th scope="col">candidates</th><th scope="col">passed</th></tr></thead><tbody>${calibration.map(
    ({ expected, seen, low, high, draws, attempts: own, passes }) =>
      html`<tr><td>${percent(expected)}</td><td>${percent(seen)}</td><td>${percent(low)} – ${percent(high)}</td><td>${draws}</td><td>${own}</td><td>${passes}</td></tr>`,
  )}</tbody></table></div></details>`
  return card({
    id: 'calibration',
    title: 'Calibration of the curriculum',
    note: ['The pass rate expected when a problem was drawn, against the one seen, with 95 % intervals.', off],
    legend: html`<div class="legend"><span>larger: more candidates</span><span><i class="dash"></i>as expected</span></div>`,
    draw: calibration.length > 0 ? (size) => calibrationPlot({ bins: calibration, ...size }) : undefined,
    extra: calibration.length > 0 && numbers,
    width: HALF,
  })
}

/** The kind of a topic: `kind/skill` as the pipeline names it, or a bare skill that belongs to one kind only. */
function topicKinds(problems: readonly Problem[]): (topic: string) => 'code' | 'math' | undefined {
  const found = new Map<string, 'code' | 'math' | undefined>()
  for (const { kind, skills } of problems) {
    const topic = skills[0]
    if (topic === undefined) continue
    found.set(`${kind}/${topic}`, kind)
    found.set(topic, found.has(topic) && found.get(topic) !== kind ? undefined : kind)
  }
  return (topic) => found.get(topic)
}
