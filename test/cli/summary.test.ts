import { expect, test } from 'vitest'
import { renderSummary } from '../../src/cli/summary.js'
import { rowSaying, sampleFigures } from '../viewer/sample.js'

const files = [{ path: 'runs/start/report.html', what: 'the report' }]
const next = 'npx assay export runs/start --format sft --out sft'

test('the summary tells the funnel, the self-audit, the levels, a trace, the files and the next command', () => {
  const text = renderSummary(sampleFigures(50), { example: rowSaying('def f(x):\n    return x'), files, next })
  expect(text).toContain('The run reached its target.')
  expect(text).toMatch(/candidates +200 /)
  expect(text).toMatch(/wrong_answer +99 /)
  expect(text).toMatch(/distinct +50 /)
  expect(text).toContain('known-good 24, known-bad 41: false rejects 0, false accepts 1')
  expect(text).toMatch(/code +0 +5 +20 +90 %/)
  expect(text).toMatch(
    /Curriculum {2}\d+ of 11 pairs of skill and level drawn; expected pass rates were off by \d+\.\d points/,
  )
  expect(text).toContain('        return x')
  expect(text).toContain('runs/start/report.html')
  expect(text).toContain(next)
  expect(text).not.toContain('\x1b')
})

test('colours are for terminals', () => {
  expect(renderSummary(sampleFigures(50), { files, next, color: true })).toContain('\x1b[')
})

test('a model cannot steer the terminal through the trace that is shown', () => {
  const text = renderSummary(sampleFigures(1), { example: rowSaying('a\x1b[2Jb\rc\x9b31m'), files, next })
  expect(text).toContain('a\ufffd[2Jb\ufffdc\ufffd31m')
})

test('a run without a candidate is summed up without a division by zero', () => {
  const text = renderSummary(sampleFigures(0), { files, next })
  expect(text).toContain('cost unknown')
  expect(text).not.toMatch(/NaN|Infinity/)
})
