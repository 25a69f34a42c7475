import { expect, test } from 'vitest'
import { outputDefect } from '../../src/verifiers/printed.js'

const table: [name: string, expected: string, stdout: string, compare: 'tokens' | 'exact' | 'float', right: boolean][] =
  [
    ['white space between words does not count', '1 2\n3', '1\n2 3\n\n', 'tokens', true],
    ['case counts', 'Yes', 'yes', 'tokens', false],
    ['a missing word', '1 2', '1', 'tokens', false],
    ['an extra word', '1', '1 2', 'tokens', false],
    ['no output', '1', '', 'tokens', false],
    ['an expected silence', '', '\n', 'tokens', true],
    ['words are joined by other blanks than ASCII', '1 2', '1\u00a02', 'tokens', false],
    ['a NUL is part of its word', '1', '1\u0000', 'tokens', false],
    ['exact means every byte', '5\n', '5', 'exact', false],
    ['exact accepts the same bytes', '5\n', '5\n', 'exact', true],
    ['floats within the tolerance', '0.3333333', '0.33333334', 'float', true],
    ['floats outside it', '0.333', '0.334', 'float', false],
    ['a relative error', '1000000000', '1000000000.5', 'float', true],
    ['two whole numbers are the same or not', '1000000000', '1000000001', 'float', false],
    ['a sign of zero, and one of five', '0 5', '-0 +5', 'float', true],
    ['a sign that counts', '5', '-5', 'float', false],
    ['a whole number that is written with a point', '3', '3.0', 'float', true],
    ['words beside floats stay exact', 'x 1.0', 'y 1.0', 'float', false],
    ['nan is close to nothing but itself', '1', 'nan', 'float', false],
    ['hexadecimal is no number', '16', '0x10', 'float', false],
  ]

test.each(table)('%s', (_, expected, stdout, compare, right) => {
  expect(outputDefect(expected, { stdout }, { compare }) === undefined).toBe(right)
})

test('bytes that are not UTF-8 never equal an expected text, not even their replacement', () => {
  const bad = { stdout: '\ufffd', stdoutBase64: '/w==' }
  for (const compare of ['tokens', 'exact', 'float'] as const)
    expect(outputDefect('\ufffd', bad, { compare })).toBeDefined()
})

test('a reason is one short line', () => {
  expect(outputDefect('a', { stdout: 'b\n'.repeat(9) }, { compare: 'exact' })).not.toContain('\n')
  expect(outputDefect('a'.repeat(1e6), { stdout: 'b'.repeat(1e6) }, { compare: 'tokens' })!.length).toBeLessThan(400)
})
