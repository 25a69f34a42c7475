import { PassThrough, Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main.js'

function desk(args: readonly string[], stdin: Readable = new PassThrough()) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const text = { out: '', err: '' }
  stdout.on('data', (piece) => {
    text.out += piece
  })
  stderr.on('data', (piece) => {
    text.err += piece
  })
  const interrupt = new AbortController()
  const io = { stdin, stdout, stderr, env: {}, cwd: '.', interrupt: interrupt.signal }
  return { stdin, stdout, interrupt, text, ended: main(['math', ...args], io) }
}

async function run(args: readonly string[], chunks: readonly (string | Buffer)[] = []) {
  const { text, ended } = desk(args, Readable.from(chunks.map((chunk) => Buffer.from(chunk as string))))
  const code = await ended
  await new Promise(setImmediate)
  const lines = text.out.split('\n').slice(0, -1)
  return { code, ...text, lines }
}

async function equal(rows: readonly (object | string)[], args: readonly string[] = []) {
  const input = rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('')
  const ended = await run(['equal', ...args], [input])
  return { ...ended, answers: ended.lines.map((line) => JSON.parse(line)) }
}

test('a line is answered in the documented shape', async () => {
  const { code, err, answers } = await equal([{ id: 'a', gold: '\\frac{1}{2}', prediction: '0.5' }])
  expect([code, err]).toEqual([0, ''])
  expect(Object.keys(answers[0])).toEqual(['id', 'equal', 'reason', 'layer', 'ms'])
  expect(answers[0]).toMatchObject({ id: 'a', equal: true, layer: expect.any(String), reason: expect.any(String) })
  expect(answers[0].ms).toBeGreaterThanOrEqual(0)
})

test.each([
  ['an answer', { gold: '7', prediction: '7' }, true],
  ['another answer', { gold: '7', prediction: '8' }, false],
  ['a gold answer in dollars', { gold: '$7$', prediction: '7' }, true],
  ['a gold answer in a box', { gold: '\\boxed{7}', prediction: '7' }, true],
  ['a reply, unannounced', { gold: '7', prediction: 'First 3 + 4 = 7. The answer is 7.' }, true],
  ['a reply with another answer', { gold: '7', prediction: 'First 3 + 4 = 8. The answer is 8.' }, false],
  ['a reply, announced', { gold: '7', prediction: 'So $\\boxed{7}$', form: 'response' }, true],
  ['a reply without an answer', { gold: '7', prediction: 'I took 7 of them and went away', form: 'response' }, false],
  ['a reply without an answer, unannounced', { gold: '7', prediction: 'I took 7 of them and went away' }, false],
  ['words as an answer', { gold: 'Tuesday', prediction: 'tuesday' }, true],
  ['an empty answer', { gold: '7', prediction: '' }, false],
  ['null for what is left out', { gold: '7', prediction: '7', form: null, policy: null }, true],
  ['keys that nobody knows', { gold: '7', prediction: '7', model: 'm', extra: { deep: [1] } }, true],
])('%s', async (_name, row, expected) => {
  expect((await equal([row])).answers).toMatchObject([{ id: null, equal: expected }])
})

test('a reply without an answer says so in its layer', async () => {
  const { answers } = await equal([{ gold: '7', prediction: 'I took 7 of them and went away', form: 'response' }])
  expect(answers).toMatchObject([{ equal: false, layer: 'extract' }])
})

test('the reason of a reply names the answer that was read', async () => {
  const { answers } = await equal([{ gold: '7', prediction: 'Hence the answer is **8**.' }])
  expect(answers[0].reason).toContain("the reply's answer 8")
})

test('a policy of a line holds for that line, those of the command line for the others', async () => {
  const row = { gold: '5\\text{ cm}', prediction: '5' }
  const asked = (policy: object | undefined, args: readonly string[] = []) =>
    equal([{ ...row, policy }], args).then(({ answers }) => answers[0].equal)
  expect(await asked(undefined)).toBe(true)
  expect(await asked({ missingUnit: false })).not.toBe(true)
  expect(await asked({}, ['--policy', 'missingUnit=false'])).not.toBe(true)
  expect(await asked({ missingPercent: false }, ['--policy', 'missingUnit=false'])).not.toBe(true)
  expect(await asked({ missingUnit: true }, ['--policy', 'missingUnit=false'])).toBe(true)
})

test('bad lines are answered where they stand, with the line and the way out, and the others go on', async () => {
  const good = { gold: '7', prediction: '7' }
  const { code, answers } = await equal([
    { id: 0, ...good },
    'no JSON',
    '[1]',
    { id: 3, gold: 7, prediction: '7' },
    { id: 4, gold: '7' },
    { id: 5, ...good, form: 'anser' },
    { id: 6, ...good, policy: { missingUnits: true } },
    { id: 7, ...good, policy: { missingUnit: 'yes' } },
    `{"id":${'['.repeat(20_000)}${']'.repeat(20_000)},"gold":7}`,
    { id: 9, ...good },
  ])
  expect(code).toBe(0)
  expect(answers.map(({ id }) => id)).toEqual([0, null, null, 3, 4, 5, 6, 7, null, 9])
  expect(answers.map(({ equal: verdict }) => verdict)).toEqual([true, ...Array(8).fill(undefined), true])
  for (const [index, { error }] of answers.slice(1, -1).entries()) {
    expect(error).toMatchObject({ code: 'input/malformed', hint: expect.stringMatching(/./) })
    expect(error.message).toContain(`line ${index + 2}`)
  }
  expect(answers[6].error.hint).toContain("did you mean 'missingUnit'?")
})

test('a mark of the encoding, blank lines, returns and a last line without an end are no trouble', async () => {
  const line = '{"id":1,"gold":"7","prediction":"7"}'
  const { lines, code } = await run(['equal'], [`\uFEFF${line}\r\n\r\n  \n\n${line}`])
  expect([code, lines.length]).toEqual([0, 2])
})

test('however the bytes are cut, the answers come in the order of the lines', async () => {
  const input = Array.from({ length: 700 }, (_, id) => JSON.stringify({ id, gold: '7', prediction: `${id}` })).join(
    '\n',
  )
  const { lines } = await run(['equal'], input.match(/.{1,97}/gs) ?? [])
  expect(lines.map((line) => JSON.parse(line).id)).toEqual(Array.from({ length: 700 }, (_, id) => id))
})

test('an empty input is answered with nothing', async () => {
  expect(await run(['equal'])).toMatchObject({ code: 0, out: '', err: '' })
})

test('each answer comes before the next line is sent', async () => {
  const { stdin, stdout, ended } = desk(['equal'])
  for (let id = 0; id < 5; id++) {
    const answered = new Promise<Buffer>((resolve) => stdout.once('data', resolve))
    ;(stdin as PassThrough).write(`${JSON.stringify({ id, gold: '7', prediction: '7' })}\n`)
    expect(JSON.parse(String(await answered))).toMatchObject({ id, equal: true })
  }
  ;(stdin as PassThrough).end()
  expect(await ended).toBe(0)
})

test('a line over the limit is an error of its own, and the stream goes on', async () => {
  const line = '{"id":1,"gold":"7","prediction":"7"}\n'
  const piece = Buffer.alloc(1 << 20, 'x')
  const { code, lines } = await run(['equal'], [line, ...Array(17).fill(piece), '\n', line])
  expect(code).toBe(0)
  const answers = lines.map((text) => JSON.parse(text))
  expect(answers).toMatchObject([{ equal: true }, { id: null }, { equal: true }])
  expect(answers[1].error.message).toMatch(/^line 2 is longer than \d+ bytes$/)
})

test('a reply of a megabyte is read to its end', async () => {
  const prediction = `${'We add one and look again, and nothing changes. '.repeat(22_000)}\n\nThe answer is 7.`
  expect(prediction.length).toBeGreaterThan(1 << 20)
  expect((await equal([{ gold: '7', prediction }])).answers).toMatchObject([{ equal: true }])
})

test('an interrupt ends the stream with 130, though stdin stays open', async () => {
  const early = desk(['equal'])
  early.interrupt.abort()
  expect(await early.ended).toBe(130)
  const late = desk(['equal'])
  const answered = new Promise((resolve) => late.stdout.once('data', resolve))
  ;(late.stdin as PassThrough).write('{"gold":"7","prediction":"7"}\n')
  await answered
  late.interrupt.abort()
  expect(await late.ended).toBe(130)
})

describe('one pair by hand', () => {
  test.each([
    ['0.50', /^equal: .+ \(.+ ms\)\n$/],
    ['0.6', /^not equal: .+ \(.+ ms\)\n$/],
    [
      'The sum of all of them is not clear',
      /^not equal: the reply does not say which its answer is \(extract, .+ ms\)\n$/,
    ],
  ])('%s is answered in one readable line', async (prediction, expected) => {
    const { code, out } = await run(['equal', '--gold', '\\frac{1}{2}', '--prediction', prediction])
    expect(code).toBe(0)
    expect(out).toMatch(expected)
  })

  test('--json gives the line of the stream', async () => {
    const { lines } = await run(['equal', '--gold', '1', '--prediction', '2', '--json'])
    expect(JSON.parse(lines[0]!)).toMatchObject({ id: null, equal: false })
  })

  test('--form says what the prediction is', async () => {
    const asked = (form: string) =>
      run(['equal', '--gold', 'x = 3', '--prediction', 'so we took x = 3 and left', '--form', form])
    expect((await asked('answer')).out).not.toMatch(/^equal/)
    expect((await asked('response')).out).toMatch(/reply|extract/)
  })
})

test.each([
  [['equal', '--gold', '7'], /--gold is for one pair by hand/],
  [['equal', '--prediction', '7'], /--prediction is for one pair by hand/],
  [['equal', '--policy', 'missingUnits=true'], /did you mean 'missingUnit'\?/],
  [['equal', '--policy', 'missingUnit'], /write --policy key=value; keys: .*missingUnit/],
  [['equal', '--policy', 'missingUnit=maybe'], /missingUnit/],
  [['equal', '--threads', '0'], /whole number from 1/],
  [['equal', '--form', 'reply'], /answer, response/],
  [['equals'], /equal/],
])('%j is a usage error that says the way out', async (args, expected) => {
  const { code, out, err } = await run(args)
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(expected)
})

test('worker threads give the answers of this process, in order', async () => {
  const rows = Array.from({ length: 6_000 }, (_, id) => ({
    id,
    gold: String(id % 7),
    prediction: id % 3 ? `${id % 7}.0` : `The answer is ${id % 5}.`,
  }))
  rows[5_500] = { id: 5_500 } as never
  const untimed = ({ answers }: Awaited<ReturnType<typeof equal>>) => answers.map(({ ms: _, ...answer }) => answer)
  const [alone, threaded] = [await equal(rows), await equal(rows, ['--threads', '2'])]
  expect(untimed(threaded)).toEqual(untimed(alone))
  expect(threaded.answers[5_500].error.message).toContain('line 5501')
})
