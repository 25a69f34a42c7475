import { expect, test } from 'vitest'
import { commandLine } from '../../src/cli/command-line.js'
import { runConfigSchema } from '../../src/schemas/config.js'

test('a configuration at its defaults is said in the four words that matter', () => {
  const config = runConfigSchema.parse({ sets: ['first-code', `it's mine`], model: 'local', seed: 3 })
  expect(commandLine(config).replaceAll(' \\\n  ', ' ')).toBe(
    `npx assay run --set first-code 'it'\\''s mine' --model local --samples 4 --seed 3`,
  )
})

test('every setting that differs from its default is said, by flag or in a comment', () => {
  const config = runConfigSchema.parse({
    sets: ['s'],
    model: 'openai:m',
    rounds: 3,
    budget: '5usd',
    sampling: { temperature: 0.4, maxTokens: 128 },
    keep: { strict: false },
    curriculum: { band: [0.3, 0.7] },
    operational: { timeoutMs: 5000 },
  })
  const text = commandLine(config)
  for (const part of ['--rounds 3', '--budget 5usd', '--temperature 0.4', '--max-tokens 128', '--no-strict'])
    expect(text).toContain(part)
  expect(text).toContain('--timeout-ms 5000')
  expect(text).toContain('#   curriculum.band: [0.3,0.7]')
  expect(text).not.toContain('--audit')
})
