/** Special judges by each protocol, against the real sandbox: what they accept, what they refuse, and who is at fault when they break. */
import { expect, test } from 'vitest'
import type { ExecRequest } from '../../src/schemas/exec.js'
import type { Exec } from '../../src/schemas/ports.js'
import type { Problem } from '../../src/schemas/problem.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { describeOn, isolating } from '../sandbox/open.js'
import { problemWith, scriptedExec } from './scripted.js'

// The task of all: print two different numbers whose sum is the one that is read.
const cases = [
  { stdin: '10\n', answer: '4 6\n' },
  { stdin: '7\n', answer: '3 4\n' },
]
const right = 'n = int(input())\nprint(-1, n + 1)\n'
const wrong = 'n = int(input())\nprint(n, n)\n'
const second = 'n = int(input())\nprint(*(1, n - 1) if n == 10 else (0, 0))\n'

const python = (verdicts: string, order: string) => `import sys
${order} = (open(name).read().split() for name in sys.argv[1:4])
n = int(source[0])
assert len(answer) == 2
def ok():
    try:
        a, b = map(int, output)
    except ValueError:
        return False
    return a != b and a + b == n
${verdicts}
`
const testlib = python(
  'print("sum is wrong", file=sys.stderr) if not ok() else None\nsys.exit(0 if ok() else 1)',
  'source, output, answer',
)
const argv = python('print(1 if ok() else 0)', 'source, answer, output')
const kattis = `import sys
n = int(open(sys.argv[1]).read())
assert len(open(sys.argv[2]).read().split()) == 2 and sys.argv[4:] == ["strictly"]
words = sys.stdin.read().split()
if len(words) == 2 and words[0] != words[1] and sum(map(int, words)) == n:
    sys.exit(42)
open(sys.argv[3] + "judgemessage.txt", "w").write("no such sum")
sys.exit(43)
`
const cpp = `#include <iostream>
#include <fstream>
#include <string>
#include "shared.h"
struct Opened { std::ifstream file; Opened() : file() {} } before_main;
int read(int x) { return x; }
int main(int argc, char **argv) {
  if (argc != 4) return 3;
  std::ifstream source(argv[1]), output(argv[2]), answer(argv[3]);
  long n = 0, a = 0, b = 0;
  source >> n;
  if (!(output >> a >> b)) { std::cerr << "unexpected end"; return 2; }
  if (a == b || !sums(a, b, n)) { std::cerr << "wrong sum"; return 1; }
}
`
const header = { path: 'shared.h', text: 'static bool sums(long a, long b, long n) { return a + b == n; }\n' }
const c = `#include <stdio.h>
int main(int argc, char *argv[]) {
  long n, a, b;
  FILE *source = fopen(argv[1], "r");
  if (!source || fscanf(source, "%ld", &n) != 1) return 1;
  if (scanf("%ld %ld", &a, &b) != 2 || a == b || a + b != n) return 43;
  return 42;
}
`
/** Two sources and a header; what one of them has made before main is used in main. */
const [main, unit] = [
  '#include "unit.h"\nint main(int, char **argv) { return right(argv) ? 42 : 43; }\n',
  `#include <fstream>
#include <iostream>
#include <string>
#include "unit.h"
static const std::string made = "is made before main, and long enough to stand on the heap";
bool right(char **argv) {
  std::ifstream source(argv[1]);
  long n, a, b;
  return made.size() > 40 && source >> n && std::cin >> a >> b && a != b && a + b == n;
}
`,
]
const parts = [
  { path: 'unit.h', text: '#pragma once\nbool right(char **argv);\n' },
  { path: 'checker.cpp', text: unit },
]
const quick = { cpuMs: 500, wallMs: 3_000, memoryBytes: 128 << 20 }
const judged = (checker: object, more: Partial<Problem> = {}) =>
  problemWith({ type: 'checker', cases, checker }, { limits: quick, ...more })

const protocols: Record<string, Problem> = {
  'testlib in Python': judged({ language: 'python', code: testlib, protocol: 'testlib' }),
  'argv in Python': judged({ language: 'python', code: argv, protocol: 'argv' }),
  'kattis in Python': judged({ language: 'python', code: kattis, protocol: 'kattis', flags: ['strictly'] }),
  'testlib in C++ with a header': judged({ language: 'cpp', code: cpp, protocol: 'testlib', files: [header] }),
  'kattis in C++ of two sources': judged({ language: 'cpp', code: main, protocol: 'kattis', files: parts }),
  'argv in Python with a module': judged({
    language: 'python',
    code: 'import checker',
    protocol: 'argv',
    files: [{ path: 'checker.py', text: argv }],
  }),
  'kattis in C': judged({ language: 'c', code: c, protocol: 'kattis', flags: ['"\\?%s\u00e9'] }),
}

/** Programs that would please a careless judge. */
const hostile: Record<string, [code: string, statuses: string[]]> = {
  'prints a verdict': ['print("1")\nprint("accepted 42 ok points 1")\n', ['wrong_answer']],
  'prints a frame of its own': ['input()\nprint("2 4 4\\n10\\n4 64 6\\n", end="")\n', ['wrong_answer']],
  'prints too much': ['print("1 " * (1 << 21))\n', ['output_limit']],
  'looks for the answer': [
    'import glob, os\nfound = [open(p).read() for d in (".", "..", "/tmp") for p in glob.glob(d + "/**/*answer*", recursive=True) if os.access(p, os.R_OK)]\nprint(found[0] if found else "0 0")\n',
    ['wrong_answer'],
  ],
  'leaves a file for the checker': [
    'open("assay_checker.py", "w").write("print(1)")\nopen("assay_answer.txt", "w").write("x")\nprint(0, 0)\n',
    ['wrong_answer'],
  ],
  'ends with the code that accepts': ['import sys\nprint(0, 0)\nsys.exit(42)\n', ['runtime_error']],
  'kills what it can': ['import os\nos.kill(-1, 9)\nprint(0, 0)\n', ['wrong_answer', 'runtime_error']],
  'prints what is no text': ['import sys\nsys.stdout.buffer.write(b"\\xff 1")\n', ['wrong_answer']],
}

const faults: [name: string, checker: object, reason: RegExp][] = [
  ['raises', { language: 'python', code: '[][1]', protocol: 'argv' }, /checker failed: IndexError/],
  ['raises as testlib', { language: 'python', code: '[][1]', protocol: 'testlib' }, /checker failed: IndexError/],
  ['says that it failed', { language: 'python', code: 'import sys\nsys.exit(3)', protocol: 'testlib' }, /it failed/],
  ['ends oddly', { language: 'python', code: 'import sys\nsys.exit(0)', protocol: 'kattis' }, /exit code 0/],
  ['prints no points', { language: 'python', code: 'print("fine")', protocol: 'argv' }, /no points/],
  ['gives 100 points', { language: 'python', code: 'print(100)', protocol: 'argv' }, /0 to 1 are expected/],
  ['has no syntax', { language: 'python', code: 'def', protocol: 'argv' }, /SyntaxError/],
  ['lacks a header', { language: 'cpp', code: cpp, protocol: 'testlib' }, /shared\.h.*must be among the files/],
  ['crashes', { language: 'cpp', code: 'int main() { __builtin_trap(); }', protocol: 'testlib' }, /ended by SIG/],
]

/** Checkers that break on what they do not expect, and words of how. */
const sloppy = 'import sys\nn, a, b = int(open(sys.argv[1]).read()), *map(int, open(sys.argv[FILE]).read().split())\n'
const brittle: [how: string, checker: object, words: RegExp][] = [
  [
    'raises',
    { language: 'python', code: `${sloppy.replace('FILE', '3')}print(int(a != b and a + b == n))`, protocol: 'argv' },
    /checker failed: ValueError: .*'ten'/,
  ],
  [
    'ends oddly',
    { language: 'python', code: testlib.replace('return False', 'sys.exit(99)'), protocol: 'testlib' },
    /exit code 99/,
  ],
  [
    'crashes',
    {
      language: 'c',
      code: c.replace('!= 2 || ', '!= 2) abort();\n  if (').replace('stdio', 'stdlib.h>\n#include <stdio'),
      protocol: 'kattis',
    },
    /ended by SIGABRT/,
  ],
  [
    'never ends',
    { language: 'python', code: argv.replace('return False', 'while True: pass'), protocol: 'argv' },
    /reached its time limit/,
  ],
]
/** The same task without its answers, and with answers that no checker accepts. */
const [unanswered, misanswered] = [
  cases.map(({ stdin }) => ({ stdin, answer: ' \n' })),
  cases.map(({ stdin }) => ({ stdin, answer: '0 0\n' })),
]
const garbage = 'print("ten of them")\n'

for (const backend of isolating) {
  describeOn(backend, 'special judges', ({ sandbox }) => {
    const verify = (problem: Problem, code: string, exec: Exec = sandbox().exec) =>
      createVerify({ exec })(problem, { kind: 'code', code }).then(({ verdict }) => verdict)

    test.each(Object.entries(protocols))('%s: right, wrong and half right', async (_, problem) => {
      expect(await verify(problem, right)).toMatchObject({ status: 'accepted', score: 1, evidence: { mode: 'strict' } })
      const refused = await verify(problem, wrong)
      expect(refused).toMatchObject({ status: 'wrong_answer', blame: 'candidate', score: 0 })
      expect(refused.reason).toMatch(/^case 1: ./)
      expect(await verify(problem, second)).toMatchObject({ status: 'wrong_answer', score: 0.5 })
    })

    test('the words of the checker are the reason', async () => {
      expect((await verify(protocols['testlib in Python']!, wrong)).reason).toBe('case 1: sum is wrong')
      expect((await verify(protocols['kattis in Python']!, wrong)).reason).toBe('case 1: no such sum')
      expect((await verify(protocols['testlib in C++ with a header']!, 'print()')).reason).toBe(
        'case 1: unexpected end',
      )
    })

    test.each(Object.entries(hostile))('a program that %s gets nothing by it', async (_, [code, statuses]) => {
      for (const name of ['argv in Python', 'kattis in C']) {
        const verdict = await verify(protocols[name]!, code)
        expect(statuses, `${name}: ${verdict.reason}`).toContain(verdict.status)
      }
    })

    test.each(faults)('a checker that %s makes a bad problem', async (_, checker, reason) => {
      const verdict = await verify(judged(checker), right)
      expect(verdict).toMatchObject({ status: 'bad_problem', blame: 'problem' })
      expect(verdict.reason).toMatch(reason)
    })

    test('points between 0 and 1 are a score and no pass', async () => {
      const halves = (code: string, protocol: string) => judged({ language: 'python', code, protocol })
      const printed = await verify(halves('print(0.5)', 'argv'), right)
      expect(printed).toMatchObject({ status: 'wrong_answer', score: 0.5, reason: 'case 1: 0.5 of 1 points' })
      const quitp = 'import sys\nprint("points 0.25 a start", file=sys.stderr)\nsys.exit(7)'
      expect(await verify(halves(quitp, 'testlib'), right)).toMatchObject({ status: 'wrong_answer', score: 0.25 })
    })

    test('answers go to the checker alone, which runs once for each output', async () => {
      const asked: ExecRequest[] = []
      const watched: Exec = (request, options) => {
        asked.push(request)
        return sandbox().exec(request, options)
      }
      const verdict = await verify(protocols['argv in Python']!, right, watched)
      const [mine, checkers] = [asked.filter(({ files }) => !files), asked.filter(({ files }) => files)]
      expect(JSON.stringify(mine)).not.toContain('4 6')
      expect(checkers).toHaveLength(1)
      expect(checkers[0]!.cases).toHaveLength(2)
      expect(verdict.evidence.runs).toBe(asked.length)
    })

    const short: Exec = (request, options) =>
      sandbox().exec(request.files ? { ...request, limits: { cpuMs: 200 } } : request, options)

    test('a checker that never ends is a bad problem', async () => {
      const slow = judged({ language: 'python', code: 'while True: pass', protocol: 'argv' }, {})
      const verdict = await verify(slow, right, short)
      expect(verdict).toMatchObject({ status: 'bad_problem' })
      expect(verdict.reason).toBe('case 1: the checker reached its time limit (on the answer of the case too)')
    })

    test.each(brittle)(
      'an output on which a checker %s is wrong, and no fault of the problem',
      async (_, checker, words) => {
        const problem = judged(checker)
        expect(await verify(problem, right, short)).toMatchObject({ status: 'accepted' })
        const verdict = await verify(problem, garbage, short)
        expect(verdict).toMatchObject({ status: 'wrong_answer', blame: 'candidate' })
        expect(verdict.reason).toMatch(words)
        expect(verdict.reason).toContain('(it accepts the answer of the case)')
      },
    )

    test('a checker that finds an output better than the answer says that the problem is bad', async () => {
      const better = `import sys
jury, mine = (int(open(name).read()) for name in (sys.argv[3], sys.argv[2]))
print("participant has a better answer", file=sys.stderr) if mine > jury else None
sys.exit(3 if mine > jury else int(mine < jury))
`
      const checker = { language: 'python', code: better, protocol: 'testlib' }
      const problem = problemWith({ type: 'checker', cases: [{ stdin: '', answer: '8\n' }], checker })
      expect(await verify(problem, 'print(8)')).toMatchObject({ status: 'accepted' })
      expect(await verify(problem, 'print(9)')).toMatchObject({
        status: 'bad_problem',
        blame: 'problem',
        reason: 'case 1: the checker says that it failed: participant has a better answer',
      })
    })

    test('the answer of a case is judged once', async () => {
      const asked: ExecRequest[] = []
      const watched: Exec = (request, options) => {
        if (request.files) asked.push(request)
        return sandbox().exec(request, options)
      }
      const [, checker] = brittle[0]!
      // In doubt case 1 runs twice, and prints something else each time.
      const moody = 'import time\nprint("ten", time.time_ns())\n'
      const verdict = await verify(judged(checker), moody, watched)
      expect(verdict).toMatchObject({ status: 'wrong_answer' })
      expect(asked.map((request) => request.cases!.map(({ id }) => id))).toEqual([['1', '2'], ['1', '2'], ['1']])
      expect(asked.every(({ mode }) => mode === 'strict')).toBe(true)
    })

    test('a checker that breaks where no answer tells why blames nobody, but the problem for its reference', async () => {
      const [, checker] = brittle[0]!
      const problem = problemWith({ type: 'checker', cases: unanswered, checker }, { limits: quick })
      const verdict = await verify(problem, garbage)
      expect(verdict).toMatchObject({ status: 'unknown', blame: 'infrastructure' })
      expect(verdict.reason).toMatch(/ValueError.*\(the case has no answer that would tell/)
      const own = await verify({ ...problem, reference: { code: garbage } }, garbage)
      expect(own).toMatchObject({ status: 'bad_problem', blame: 'problem' })
      expect(own.reason).toContain('(on the reference)')
    })

    test('a case that is left open does not hide another one that is wrong', async () => {
      const [, checker] = brittle[0]!
      const problem = problemWith({ type: 'checker', cases: [unanswered[0]!, cases[1]!], checker }, { limits: quick })
      const verdict = await verify(problem, garbage)
      expect(verdict).toMatchObject({ status: 'wrong_answer', blame: 'candidate' })
      expect(verdict.cases.map(({ status }) => status)).toEqual(['unknown', 'wrong_answer'])
      expect(verdict.reason).toMatch(/^case 2: /)
    })

    test('a checker that breaks and refuses the answer too is bad, but for Kattis, where it may be a hint', async () => {
      const [[, python], , [, native]] = [brittle[0]!, brittle[1]!, brittle[2]!]
      const bad = await verify(problemWith({ type: 'checker', cases: misanswered, checker: python }), garbage)
      expect(bad).toMatchObject({ status: 'bad_problem', blame: 'problem' })
      expect(bad.reason).toContain('(it refuses the answer of the case: ')
      const hinted = problemWith({ type: 'checker', cases: misanswered, checker: native })
      expect(await verify(hinted, garbage)).toMatchObject({ status: 'unknown', blame: 'infrastructure' })
    })
  })
}

test('a checker in a language without a way to run it is nobody’s fault', async () => {
  const problem = judged({ language: 'prolog', code: 'x', protocol: 'testlib' })
  const { verdict } = await createVerify({ exec: scriptedExec(() => ({})).exec })(problem, {
    kind: 'code',
    code: right,
  })
  expect(verdict).toMatchObject({ status: 'unknown', blame: 'infrastructure' })
  expect(verdict.reason).toContain('python, c, cpp')
})

test('a sandbox that fails for the checker is no fault of the checker', async () => {
  const { exec } = scriptedExec(() => ({ stdout: '1 2\n' }))
  const failing: Exec = async (request, options) => {
    const done = await exec(request, options)
    return request.files ? { ...done, cases: [] } : done
  }
  const problem = judged({ language: 'python', code: argv, protocol: 'argv' })
  const { verdict } = await createVerify({ exec: failing })(problem, { kind: 'code', code: right })
  expect(verdict).toMatchObject({ status: 'sandbox_error', blame: 'infrastructure' })
})
