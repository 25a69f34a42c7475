import { describe, expect, test } from 'vitest'
import { solutionHash } from '../../src/curation/exact.js'
import { normalisePython } from '../../src/curation/python-text.js'

const python = (code: string) => solutionHash({ language: 'python' }, { code })

const program = `import math

def area(r):
    """The area of a circle."""
    # pi times r squared
    return math.pi * r ** 2
`

const same: [string, string, string][] = [
  ['comments', program, program.replace('    # pi times r squared\n', '').replace('r ** 2', 'r ** 2  # done')],
  ['docstrings', program, program.replace('    """The area of a circle."""\n', '')],
  [
    'long docstrings',
    program,
    program.replace('"""The area of a circle."""', "r'''Two\n\n   lines, a # and a \"quote\".'''"),
  ],
  ['empty lines', program, program.replaceAll('\n', '\n\n')],
  ['trailing space', program, program.replaceAll('\n', '  \n')],
  ['line ends', program, program.replaceAll('\n', '\r\n')],
  ['tabs for indentation', 'if x:\n\ty()', 'if x:\n        y()'],
  ['lines broken inside brackets', 'f(a, b)', 'f(a,\n    b)'],
  ['a missing last newline', 'x = 1\n', 'x = 1'],
]
const different: [string, string, string][] = [
  ['names', 'x = 1', 'y = 1'],
  ['indentation', 'if a:\n    b()\nc()', 'if a:\n    b()\n    c()'],
  ['a # in a string', "x = '#1'", "x = '#2'"],
  ['space in a string', "x = 'a b'", "x = 'a  b'"],
  ['empty lines in a string', 'x = """a\n\nb"""', 'x = """a\nb"""'],
  ['a string that is used', 'x = "doc"', 'x = ""'],
  ['an escaped quote before a #', "x = 'a\\'#b'", "x = 'a\\'#c'"],
  ['a returned string', 'return "a"', 'return "b"'],
  ['statements on one line and on two', 'a\nb', 'a b'],
]

describe('the hash of a Python solution', () => {
  test.each(same)('is the same apart from %s', (_name, one, other) => {
    expect(normalisePython(one)).toBe(normalisePython(other))
    expect(python(one)).toBe(python(other))
  })

  test.each(different)('differs by %s', (_name, one, other) => {
    expect(python(one)).not.toBe(python(other))
  })

  test.each([
    ['an open string', 'x = "abc'],
    ['an open triple string', 'x = """abc\n\n# d'],
    ['open brackets', 'f((('],
    ['closing brackets', ')))\nx'],
    ['control characters', 'x\u0000\u000c\ufeff'],
    ['nothing', ''],
  ])('copes with %s', (_name, code) => {
    expect(python(code)).toMatch(/^[0-9a-f]{32}$/)
  })

  test('takes linear time on hostile text', () => {
    const started = process.cpuUsage()
    for (const text of [
      '"""'.repeat(50_000),
      "'\\".repeat(50_000),
      '"""\\'.repeat(50_000),
      '('.repeat(100_000),
      `${' '.repeat(200_000)}x`,
      'r'.repeat(200_000),
    ])
      python(text)
    const { user, system } = process.cpuUsage(started)
    expect((user + system) / 1000).toBeLessThan(5_000)
  })
})

describe('the hash of other solutions', () => {
  test('ignores layout in other languages and keeps everything else', () => {
    const js = (code: string) => solutionHash({ language: 'javascript' }, { code })
    expect(js('f(1)\n  f(2)')).toBe(js('f(1) f(2)\n'))
    expect(js('f(1) // a')).not.toBe(js('f(1)'))
    expect(js('x')).not.toBe(python('x'))
  })

  test('ignores layout in answers', () => {
    const answer = (text: string) => solutionHash({}, { answer: text })
    expect(answer(' x =  3\n')).toBe(answer('x = 3'))
    expect(answer('3')).not.toBe(answer('3.0'))
  })

  test('of a program with an answer is that of the program', () => {
    expect(solutionHash({}, { code: 'x', answer: '3' })).toBe(solutionHash({}, { code: 'x', answer: '4' }))
  })

  test('needs a solution', () => {
    expect(() => solutionHash({}, {})).toThrow('a program or an answer')
  })
})
