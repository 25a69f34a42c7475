/** A calibration as text for a terminal. */
import { counted, percent } from '../base/format.js'
import { printable } from '../base/printable.js'
import type { Calibration } from '../schemas/calibration.js'

/** Doubted labels of each kind that are shown; the file holds all. */
const SHOWN = 20

const logits = (value: number) => (value < 0 ? '−' : '+') + Math.abs(value).toFixed(2)
const between = ([low, high]: readonly [number, number]) => `${logits(low)} … ${logits(high)}`
const rate = (passes: number, attempts: number) => percent(attempts === 0 ? 0 : passes / attempts)

/** Columns as wide as their widest cell; the first one to the left, the others to the right. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows.map((row) => {
    const cells = row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
    return `  ${cells.join('  ')}`.trimEnd()
  })
}

function levelLines({ levels }: Calibration): string[] {
  return table([
    ['skill', 'level', 'problems', 'attempts', 'passed', 'difficulty', '95 % interval', 'spread'],
    ...levels.map(({ skill, level, problems, attempts, passes, difficulty, interval, spread }) => [
      printable(skill),
      String(level),
      String(problems),
      String(attempts),
      rate(passes, attempts),
      logits(difficulty),
      between(interval),
      spread.toFixed(2),
    ]),
  ])
}

function modelLines({ models }: Calibration): string[] {
  return table([
    ['model', 'problems', 'attempts', 'passed', 'ability', '95 % interval'],
    ...models.map(({ model, problems, attempts, passes, ability, interval }) => [
      printable(model),
      String(problems),
      String(attempts),
      rate(passes, attempts),
      ...(models.length > 1 ? [logits(ability), between(interval)] : ['the reference', '']),
    ]),
  ])
}

const chance = (probability: number) => (probability > 0.999 ? '> 0.999' : probability.toFixed(3))

function doubtLines({ mislabelled: { problems, levels } }: Calibration): string[] {
  if (problems.length + levels.length === 0) return ['Labels  no level label is in doubt.']
  const more = (count: number) => (count > SHOWN ? [`  … and ${count - SHOWN} more in the file`] : [])
  return [
    `Labels in doubt  each is wrong with probability .95 or more, so that of a whole list at most 1 in 20 is`,
    `expected to be a false alarm, however long it is.`,
    ...levels.slice(0, SHOWN).map(({ skill, level, suggestedLevel, probability, outOfOrderWith }) => {
      const others = `out of order with level${outOfOrderWith.length === 1 ? '' : 's'} ${outOfOrderWith.join(', ')}`
      return `  ${printable(skill)} level ${level}: ${others}; like level ${suggestedLevel} (${chance(probability)})`
    }),
    ...more(levels.length),
    ...problems.slice(0, SHOWN).map(({ id, level, suggestedLevel, probability }) => {
      return `  ${printable(id)}: labelled ${level}, like level ${suggestedLevel} (${chance(probability)})`
    }),
    ...more(problems.length),
  ]
}

export function calibrationText(calibration: Calibration): string {
  const { counts, models, runs } = calibration
  const reference =
    models.length > 1
      ? 'the mean of the models passes half'
      : `${printable(models[0]?.model ?? 'the model')} passes half`
  return [
    `Difficulty of ${counted(counts.problems, 'problem')} from ${counted(counts.attempts, 'attempt')} in ${counted(runs.length, 'run')}`,
    `logits; at 0 ${reference}, at +1 ${percent(1 / (1 + Math.E))}, at −1 ${percent(Math.E / (1 + Math.E))}`,
    '',
    ...levelLines(calibration),
    '',
    ...modelLines(calibration),
    '',
    ...doubtLines(calibration),
  ].join('\n')
}
