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
