import { expect, test } from 'vitest'
import { runConfigSchema } from '../../src/schemas/config.js'
import { escapeText } from '../../src/viewer/html.js'
import { renderReport } from '../../src/viewer/report.js'
import { rowSaying, sampleFigures } from './sample.js'

const VOID = new Set(['meta', 'br', 'hr', 'img', 'input', 'link'])

/** Tags that are not closed, or closed out of order; names of what is still open at the end. */
function unbalanced(page: string): string[] {
  const open: string[] = []
  const wrong: string[] = []
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '').replace('<!doctype html>', '')
  for (const [, slash, name = '', rest = ''] of body.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:"[^"]*"|[^">])*)>/g)) {
    if (VOID.has(name) || rest.endsWith('/')) continue
    if (!slash) open.push(name)
    else if (open.pop() !== name) wrong.push(name)
  }
  return [...wrong, ...open]
}

const config = runConfigSchema.parse({ sets: ['first-code', `it's mine`], model: 'local', seed: 1 })

test('the page is well formed, with a heading for every part', () => {
  const page = renderReport({
    figures: sampleFigures(60),
    title: 'runs/start',
    config,
    command: 'assay run <x>',
    examples: [rowSaying('x = 1')],
  })
  expect(unbalanced(page)).toEqual([])
  for (const part of [
    'Funnel',
    'Verdicts',
    'Pass rate by level',
    'Pass rate by level over the run',
    'Difficulty path',
    'Skill by level',
    'Level of each skill',
    'Calibration of the curriculum',
    'Coverage',
    'Self-audit',
    'Tokens and cost',
    'Verified traces',
    'How to reproduce',
  ]) {
    expect(page, part).toContain(`>${part}</h2>`)
  }
  expect(page).toContain(`<pre><code>${escapeText('assay run <x>')}</code></pre>`)
})

test('the page loads nothing and runs nothing', () => {
  const page = renderReport({ figures: sampleFigures(60), title: 't', config, examples: [rowSaying('x = 1')] })
  expect(page).toContain(`default-src 'none'`)
  expect(page).not.toMatch(/<script|<link|<img|<iframe|\bsrc=|\bhref=|url\(|@import|https?:\/\//i)
})

test.each([
  ['markup', '</code></pre><script>alert(1)</script><img src=x onerror=alert(1)>'],
  ['an attribute', '" onmouseover="alert(1)" x=\''],
  ['an entity', '&lt;script&gt; &amp; <!-- ]]>'],
  ['control characters', 'a\u0000b\u001b[31m\u0085c\ud800'],
  ['an unclosed string of Python', '"""<u>'],
])('a hostile text that holds %s stays text', (_what, text) => {
  const figures = { ...sampleFigures(3), runId: text, byStatus: { [text]: 3 } }
  const path = figures.path.map((draw) => ({ ...draw, topic: text }))
  const page = renderReport({ figures: { ...figures, path }, title: text, config, examples: [rowSaying(text)] })
  expect(unbalanced(page)).toEqual([])
  expect(page).not.toMatch(/<script|<img|<u>|onmouseover="/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
  expect(page).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|\p{Cs}/u)
})

test('every id on the page is its own, and every image is named by ids that exist', () => {
  const page = renderReport({ figures: sampleFigures(60), title: 't', examples: [] })
  const ids = [...page.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const images = [...page.matchAll(/<svg [^>]*role="img" aria-labelledby="([^"]+)"/g)]
  expect(images.length).toBeGreaterThanOrEqual(6)
  for (const [, names = ''] of images) expect(ids).toEqual(expect.arrayContaining(names.split(' ')))
})

test('a run that has not begun has a page that says so', () => {
  const page = renderReport({ figures: sampleFigures(0), title: 't', examples: [] })
  expect(unbalanced(page)).toEqual([])
  expect(page).toContain('No draw yet.')
  expect(page).toContain('unknown')
  expect(page).not.toContain('NaN')
})

test('a run of 30,000 draws gives a page of less than a megabyte', () => {
  const page = renderReport({ figures: sampleFigures(30_000), title: 't', examples: [] })
  expect(page.length).toBeLessThan(1 << 20)
  expect(page).not.toContain('NaN')
})

test('the same figures give the same page', () => {
  const page = () => renderReport({ figures: sampleFigures(20), title: 't', config, examples: [rowSaying('x')] })
  expect(page()).toBe(page())
})

/** The row of a skill in the map, as text by column. */
const mapRow = (page: string, skill: string) => {
  const [, row = ''] = new RegExp(`<th scope="row">${skill}</th>(.*?)</tr>`).exec(page) ?? []
  return [...row.matchAll(/<td class="([^"]*)"[^>]*>(.*?)<\/td>/g)].map(([, names, cell = '']) => ({
    names,
    text: cell
      .replace(/<[^>]+>/g, ' ')
      .replace(/ +/g, ' ')
      .trim(),
  }))
}

test('the map of skills has what is expected, passes of attempts, where the skill stands, and no cell without stock', () => {
  const figures = sampleFigures(60)
  const arms = figures.arms.flatMap((arm) => {
    if (arm.topic === 'lists' && arm.level === 1) return { ...arm, expected: 0.42, attempts: 9, passes: 3 }
    if (arm.topic === 'lists' && arm.level === 2) return { ...arm, draws: 0, expected: null }
    return arm.topic === 'strings' && arm.level === 3 ? [] : arm
  })
  const topics = figures.topics.map((each) => ({ ...each, target: 1 }))
  const page = renderReport({ figures: { ...figures, arms, topics }, title: 't', examples: [] })
  const lists = mapRow(page, 'lists')
  expect(lists[1]).toEqual({ names: 'cell low now', text: '42 % 3/9 stands here' })
  expect(lists[2]).toEqual({ names: 'none', text: '· not drawn' })
  expect(mapRow(page, 'strings')[3]).toEqual({ names: 'void', text: 'no problems' })
})

const skills = (count: number) => Array.from({ length: count }, (_, i) => `code/skill-${String(i).padStart(2, '0')}`)

test.each([
  [1, 1],
  [40, 12],
  [90, 3],
])('%i skills with %i levels give a page that is whole and not too large', (count, levelCount) => {
  const figures = sampleFigures(2_000, { topics: skills(count), levelCount })
  const page = renderReport({ figures, title: 't', examples: [] })
  expect(unbalanced(page)).toEqual([])
  expect(page).not.toMatch(/NaN|Infinity|undefined/)
  expect(page.length).toBeLessThan(1 << 20)
  expect((page.match(/<th scope="row">code\/skill/g) ?? []).length).toBe(Math.min(60, count))
  expect(page.includes('And 30 skills that were drawn less often')).toBe(count === 90)
  expect(page.includes('Shown are the 24 skills that were drawn most')).toBe(count > 24)
})

test('what early stop left out is told', () => {
  const page = renderReport({ figures: { ...sampleFigures(9), skipped: 12 }, title: 't', examples: [] })
  expect(page).toContain('Early stop left out 12 candidates')
})
