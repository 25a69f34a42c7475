/** Inputs whose cost grows faster than their length, and inputs that are nothing at all. */
export interface Hostile {
  readonly name: string
  readonly gold: string
  readonly prediction: string
  readonly form?: 'answer' | 'response'
  /** The verdict that would be wrong; null is always allowed. */
  readonly never?: boolean
}

const times = (count: number, one: (n: number) => string, between = '') =>
  Array.from({ length: count }, (_, n) => one(n)).join(between)
/** one around one around … around core. */
const nested = (depth: number, before: string, core: string, after: string) =>
  before.repeat(depth) + core + after.repeat(depth)
const letter = (n: number) => `x_{${n}}`

type Row = readonly [name: string, gold: string, prediction: string, never?: boolean]

const powers: readonly Row[] = [
  ['a tower of nines', '9^{9^{9^{9}}}', '9^{9^{9^{8}}}', true],
  ['a tower of nines beside a number', '9^{9^{9^{9^{9}}}}', '7', true],
  ['towers of forty powers', nested(40, '2^{', '2', '}'), nested(40, '2^{', '3', '}'), true],
  ['a tower with a tower below a root', `\\sqrt{${nested(30, '3^{', '3', '}')}}`, '3^{3^{3}}'],
  ['a huge power and one more', '2^{1000000000}', '2^{1000000000}+1', true],
  ['a huge power modulo', '7^{10^{18}} \\bmod 1000007', '3'],
  ['a tower modulo', '3^{3^{3^{3^{3}}}} \\bmod 10^{40}', '3'],
  ['negative towers', '2^{-9^{9^{9}}}', '0', true],
  ['a tiny base to a huge power', '(1+10^{-9})^{10^{12}}', 'e^{1000}', true],
  ['powers of fractions', '(\\frac{355}{113})^{1000000}', '(\\frac{22}{7})^{1000000}', true],
  ['a binomial to a huge power', '(x+y+z+w)^{5000}', '(w+z+y+x)^{5000}', false],
  ['a product of powers of sums', '(a+b)^{200}(a-b)^{200}', '(a^2-b^2)^{200}', false],
  [
    'many names to a power',
    `(${times(60, letter, '+')})^{40}`,
    `(${times(60, (n) => letter(59 - n), '+')})^{40}`,
    false,
  ],
  ['iterated squares', nested(60, '(', 'x+1', ')^2'), nested(60, '(', 'x+2', ')^2'), true],
  ['a power with a tower of logarithms', nested(60, '\\ln(', '9^{9^{9}}', ')'), '1'],
  ['exponentials of exponentials', nested(50, 'e^{', 'x', '}'), nested(50, '\\exp(', 'x', ')'), false],
  ['a complex tower', 'i^{i^{i^{i^{i^{i}}}}}', 'i'],
  ['a huge rational exponent', '2^{\\frac{123456789}{987654321}}', '2^{\\frac{123456788}{987654321}}', true],
]

const factorials: readonly Row[] = [
  ['a factorial of a billion', '1000000000!', '1000000000!+1', true],
  ['factorials of factorials', '((10!)!)!', '((9!)!)!', true],
  ['a hundred factorial signs', `3${'!'.repeat(100)}`, '6'],
  ['a row of nested factorials', nested(60, '(', '3', '!)'), '720'],
  ['a huge binomial', '\\binom{10^{12}}{5\\cdot 10^{11}}', '\\binom{10^{12}}{5\\cdot 10^{11}-1}', true],
  ['a quotient of huge factorials', '\\frac{100000!}{99999!}', '100000', false],
  ['a sum of factorials', times(60, (n) => `${1000 + n}!`, '+'), '0', true],
  ['a binomial with names', '\\binom{n}{1000000}', '\\binom{n}{n-1000000}'],
]

const nesting: readonly Row[] = [
  ['round brackets', nested(2000, '(', '1', ')'), '1', false],
  ['square brackets', nested(2000, '[', '1', ']'), '1'],
  ['braces', nested(2000, '{', '1', '}'), '1', false],
  ['set braces', nested(650, '\\{', '1', '\\}'), '\\{1\\}'],
  ['\\left and \\right', nested(250, '\\left(', '1', '\\right)'), '1', false],
  ['bars', nested(1500, '|', 'x', '|'), '|x|'],
  ['floors', nested(150, '\\lfloor ', 'x', '\\rfloor '), '\\lfloor x\\rfloor'],
  ['roots', nested(400, '\\sqrt{', '2', '}'), '1', true],
  ['roots of sums', nested(300, '\\sqrt{2+', '2', '}'), '2', true],
  ['cube roots of sums', nested(180, '\\sqrt[3]{7+', '1', '}'), '2'],
  ['fractions downwards', nested(330, '\\frac{1}{1+', 'x', '}'), 'x'],
  ['fractions to both sides', `${nested(8, '\\frac{', 'x', '}{x+1}')}`, 'x'],
  ['text commands', nested(500, '\\text{', 'a', '}'), 'a'],
  ['boxes', nested(500, '\\boxed{', '1', '}'), '1', false],
  ['subscripts', nested(1000, 'x_{', '1', '}'), 'x_1'],
  ['minus signs', `${'-'.repeat(4000)}1`, '1', false],
  ['negations', `${'\\lnot '.repeat(600)}p`, 'p', false],
  ['sines', nested(190, '\\sin(', 'x', ')'), nested(189, '\\sin(', 'x', ')')],
  ['integrals', nested(120, '\\int_0^1 ', 'x', '\\,dx'), '1'],
  ['matrices in matrices', nested(90, '\\begin{pmatrix}', '1', '\\end{pmatrix}'), '1'],
  ['cases in cases', nested(60, '\\begin{cases}1&x>0\\\\', '0', '\\end{cases}'), '1'],
  ['derivatives', nested(150, '\\frac{d}{dx}(', 'x^{200}', ')'), '0'],
  ['sums in sums', nested(12, '\\sum_{k=1}^{1000} ', 'k', ''), '1'],
  ['only opening brackets', '('.repeat(4096), '1'],
  ['only opening braces', '{'.repeat(4096), '1', true],
  ['only fractions', '\\frac'.repeat(800), '1', true],
]

const structures: readonly Row[] = [
  ['a matrix of a thousand entries', matrix(32, (i, j) => `${i * j}`), matrix(32, (i, j) => `${j * i}`), false],
  ['the inverse of a matrix of names', `${matrix(9, (i, j) => `a_{${i}${j}}`)}^{-1}`, matrix(9, () => '1')],
  ['the determinant of a matrix of names', matrix(10, (i, j) => `a_{${i}${j}}`, 'vmatrix'), '0', true],
  ['a huge power of a matrix', `${matrix(6, (i, j) => `${i + j}`)}^{1000000}`, matrix(6, () => '0'), true],
  ['a set of a thousand members', set(1000, (n) => `${n}`), set(1000, (n) => `${999 - n}`), false],
  ['sets that have to be matched', set(160, (n) => `${n}.0+\\sqrt{2}`), set(160, (n) => `\\sqrt{2}+${159 - n}`), false],
  ['sets of names', set(400, (n) => `x_{${n}}`), set(400, (n) => `x_{${(7 * n) % 400}}`), false],
  [
    'sets of sets',
    set(60, (n) => `\\{${n},\\{${n + 1}\\}\\}`),
    set(60, (n) => `\\{\\{${60 - n}\\},${59 - n}\\}`),
    false,
  ],
  ['a set of powers of a sum', set(80, (n) => `(x+1)^{${n}}`), set(80, (n) => `(1+x)^{${79 - n}}`), false],
  ['a list of hundreds of numbers', times(800, (n) => `${n}`, ', '), times(800, (n) => `${799 - n}`, ', '), false],
  [
    'a tuple of a thousand numbers',
    `(${times(1000, (n) => `${n}`, ',')})`,
    `(${times(1000, (n) => `${n}`, ',')},0)`,
    true,
  ],
  [
    'a union of intervals',
    times(270, (n) => `(${n},${n}.5)`, '\\cup'),
    times(270, (n) => `(${269 - n},${269 - n}.5)`, '\\cup'),
    false,
  ],
  ['a union of surds', times(100, (n) => `[\\sqrt{${n}},\\sqrt{${n}}+1]`, '\\cup'), '[0,\\sqrt{99}+1]'],
  [
    'an inequality of high degree',
    `${times(60, (n) => `(x-${n})`)}>0`,
    `${times(60, (n) => `(x-${59 - n})`)}>0`,
    false,
  ],
  ['an equation of high degree', 'x^{500}+3x^{7}-1=0', '3x^{7}+x^{500}=1', false],
  ['the roots of a polynomial', 'x^{97}-x-1=0', 'x=1', true],
  ['sixty truth values', times(60, (n) => `p_{${n}}`, '\\land '), times(60, (n) => `p_{${59 - n}}`, '\\land '), false],
  [
    'sixty alternatives',
    times(60, (n) => `(p_{${n}}\\lor q_{${n}})`, '\\land '),
    times(60, (n) => `(q_{${n}}\\lor p_{${n}})`, '\\land '),
  ],
  ['twenty-six truth values', times(26, (n) => String.fromCharCode(97 + n), '\\to '), 'a\\lor b', true],
  ['many signs', `${'\\pm 1'.repeat(60)}`, '\\pm 60', false],
  ['signs that are bound', times(20, (n) => `\\pm\\sqrt{${n + 2}}`), times(20, (n) => `\\pm\\sqrt{${21 - n}}`)],
  ['a ratio of many parts', times(700, (n) => `${n + 1}`, ':'), times(700, (n) => `${2 * n + 2}`, ':'), false],
  ['cases by the hundred', cases(90), cases(89), true],
  [
    'a system of many equations',
    times(40, (n) => `x_{${n}}+x_{${n + 1}}=${n}`, ', '),
    times(40, (n) => `x_{${39 - n}}+x_{${40 - n}}=${39 - n}`, ', '),
  ],
  ['a matching of many', times(300, (n) => `A${n}-${n}`, ', '), times(300, (n) => `A${299 - n}-${299 - n}`, ', ')],
]

const sizes: readonly Row[] = [
  ['numbers of four thousand digits', '7'.repeat(4090), `${'7'.repeat(4089)}8`, true],
  ['a quotient of long numbers', `\\frac{${'3'.repeat(2000)}}{${'7'.repeat(2000)}}`, '\\frac{3}{7}', false],
  ['a number of a million digits', '9'.repeat(1_000_000), '9', true],
  ['a decimal of a million digits', '3', `3.${'0'.repeat(1_000_000)}1`, true],
  ['a huge exponent of ten', '1e999999999', '1e999999998', true],
  ['a huger exponent of ten', `1e${'9'.repeat(300)}`, `10^{${'9'.repeat(300)}}`],
  ['a tiny number', '1e-999999999', '0', true],
  ['a sum with huge bounds', '\\sum_{k=1}^{10^{15}} k^3', '0', true],
  ['a product with huge bounds', '\\prod_{k=1}^{10^{12}} k', '0', true],
  ['a sum of sums with large bounds', '\\sum_{i=1}^{5000}\\sum_{j=1}^{5000}\\frac{1}{i+j}', '1'],
  ['an infinite sum', '\\sum_{k=1}^{\\infty}\\frac{1}{k^{k}}', '1', true],
  ['an integral of a tower', '\\int_0^1 x^{x^{x^{x}}}\\,dx', '\\frac{1}{2}', true],
  ['an integral with huge bounds', '\\int_0^{10^{100}} x^{1000}\\,dx', '0', true],
  ['a limit of a tower', '\\lim_{x\\to\\infty} x^{x^{x}}', '\\infty'],
  ['a product of many factors', times(300, (n) => `(x+${n})`), times(300, (n) => `(x+${299 - n})`), false],
  ['a product of a thousand letters', times(250, () => 'x \\cdot y', '\\cdot '), times(250, () => 'y x', ' '), false],
  ['a sum of a thousand terms', times(1000, (n) => `${n}x`, '+').slice(0, 4090), '1', true],
  ['a sum of surds', times(100, (n) => `\\sqrt{${n + 2}}`, '+'), times(100, (n) => `\\sqrt{${101 - n}}`, '+'), false],
  [
    'a sum of unlike fractions',
    times(120, (n) => `\\frac{1}{x+${n}}`, '+'),
    times(120, (n) => `\\frac{1}{x+${119 - n}}`, '+'),
    false,
  ],
  ['a sum of reciprocals of primes', times(400, (n) => `1/${2 * n + 3}`, '+'), '1', true],
  ['a continued product of sines', times(60, (n) => `\\sin(${n}x)`), times(60, (n) => `\\sin(${59 - n}x)`), false],
  ['a greatest common divisor of long numbers', `\\gcd(${'12'.repeat(900)},${'18'.repeat(900)})`, '6'],
  ['a long number modulo a long number', `${'12'.repeat(900)}\\bmod ${'7'.repeat(900)}`, '6'],
  ['a long number in base two', `${'10'.repeat(1900)}_2`, `${'10'.repeat(1900)}_4`, true],
  ['units to huge powers', '5\\text{ km}^{1000000}', '5000\\text{ m}^{1000000}', true],
  ['units with a tower', '1\\,\\mathrm{m}^{9^{9^{9}}}', '1\\,\\mathrm{m}', true],
  ['a chain of units', `1 ${times(300, () => 'm', '\\cdot ')}`, '1 m', true],
  ['a near miss of an integer', 'e^{\\pi\\sqrt{163}}', '262537412640768744', true],
  ['a nearer miss', '\\sqrt{10^{60}+1}', '10^{30}', true],
  ['sines of huge numbers', '\\sin(10^{200})', '\\sin(10^{200}+1)', true],
]

const broken: readonly Row[] = [
  ['commands that do not exist', '\\foo'.repeat(1000), '1', true],
  ['backslashes', '\\'.repeat(4096), '1', true],
  ['carets', '^'.repeat(4096), '1', true],
  ['ampersands', '&'.repeat(4096), '1', true],
  ['dollars', '$'.repeat(4096), '1', true],
  ['commas', ','.repeat(4096), '1', true],
  ['blanks', ' '.repeat(4096), '1', true],
  ['blanks inside', `1${' '.repeat(4090)}2`, '12'],
  ['equals signs', '='.repeat(4096), '1', true],
  ['primes', `f${"'".repeat(4000)}(x)`, 'f(x)', true],
  ['environments that never end', '\\begin{pmatrix}'.repeat(270), '1', true],
  ['ends without beginnings', '\\end{cases}'.repeat(340), '1', true],
  ['letters in a row', 'a'.repeat(4096), 'b'.repeat(4096)],
  ['words in a row', 'one hundred '.repeat(340), '100'],
  ['million million million', 'million '.repeat(500), '1000000', true],
  ['digits in groups', `${'123,'.repeat(1023)}123`, '123', true],
  ['digits and dots', '1.'.repeat(2048), '1', true],
  ['an emoji in a row', '😀'.repeat(2000), '1', true],
  ['lone surrogates', '\ud800'.repeat(4000), '1', true],
  ['combining marks', `x${'\u0301'.repeat(4000)}`, 'x'],
  ['null characters', '\0'.repeat(4000), '1', true],
  ['right-to-left marks', '\u202e1\u202e'.repeat(1000), '1'],
  ['a megabyte of brackets', '('.repeat(1 << 20), '1', true],
  ['a megabyte of words', 'word '.repeat(1 << 18), 'word', true],
  ['a megabyte of backslashes', '\\'.repeat(1 << 20), '\\'.repeat(1 << 20)],
]

const replies: readonly Row[] = [
  ['of boxes', '1', '\\boxed{1}'.repeat(116_000)],
  ['of boxes that never end', '1', '\\boxed{'.repeat(150_000), true],
  ['of nested boxes', '1', nested(60_000, '\\boxed{', '1', '}')],
  ['of braces', '1', '{'.repeat(1 << 20), true],
  ['of dollars', '1', '$'.repeat(1 << 20), true],
  ['of stars', '1', '*'.repeat(1 << 20), true],
  ['of number signs', '1', '#'.repeat(1 << 20), true],
  ['of pipes', '1', '|'.repeat(1 << 20), true],
  ['of backticks', '1', '`'.repeat(1 << 20), true],
  ['of newlines', '1', '\n'.repeat(1 << 20), true],
  ['of blanks', '1', ' '.repeat(1 << 20), true],
  ['of drafts', '1', '<think>'.repeat(150_000), true],
  ['of drafts that end', '1', '<think>1</think>'.repeat(65_000), true],
  ['of tags', '1', '<answer>'.repeat(131_000), true],
  ['of equals signs', '1', '1='.repeat(1 << 19)],
  ['of answers', '1', 'The answer is 2. '.repeat(62_000), true],
  ['of answers in bold', '1', '**Answer:** 2\n'.repeat(75_000), true],
  ['of answers without one', '1', 'the answer is '.repeat(75_000), true],
  ['of tables', '1', '| a | b |\n|---|---|\n'.repeat(52_000), true],
  ['of fences', '1', '```\n1\n```\n'.repeat(100_000)],
  ['of fences that never end', '1', '```python\n'.repeat(100_000), true],
  ['of one word', '1', 'a'.repeat(1 << 20), true],
  ['of one number', '1', '1'.repeat(1 << 20), true],
  ['of prose', '7', `${'We add one and look again, and nothing changes. '.repeat(22_000)}\n\nThe answer is 7.`, false],
  [
    'of steps',
    '7',
    `${times(20_000, (n) => `Step ${n}: ${n} + 1 = ${n + 1}, so far so good.`, '\n')}\n\\boxed{7}`,
    false,
  ],
  ['of doubts', '7', 'Wait, that is wrong. The answer is 7. '.repeat(27_000)],
  ['of lists', '1', '- item\n'.repeat(150_000), true],
  ['of choices', 'B', '(A) (B) (C) '.repeat(87_000)],
  ['of display formulas', '1', '\\[ x \\]\n'.repeat(131_000), true],
]

function matrix(size: number, entry: (i: number, j: number) => string, name = 'pmatrix'): string {
  const rows = times(size, (i) => times(size, (j) => entry(i, j), '&'), '\\\\')
  return `\\begin{${name}}${rows}\\end{${name}}`
}

function set(size: number, member: (n: number) => string): string {
  return `\\{${times(size, member, ',')}\\}`
}

function cases(size: number): string {
  return `\\begin{cases}${times(size, (n) => `x^{${n}}&${n}\\le x<${n + 1}`, '\\\\')}\\end{cases}`
}

const ofRow = ([name, gold, prediction, never]: Row): Hostile => ({ name, gold, prediction, never })

export const hostilePairs: readonly Hostile[] = [
  ...[...powers, ...factorials].map(ofRow),
  ...nesting.map(([name, ...rest]) => ofRow([`nested: ${name}`, ...rest])),
  ...[...structures, ...sizes].map(ofRow),
  ...broken.map(([name, ...rest]) => ofRow([`broken: ${name}`, ...rest])),
  ...replies.map((row): Hostile => ({ ...ofRow(row), name: `a megabyte ${row[0]}`, form: 'response' })),
]
