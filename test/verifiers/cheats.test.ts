/** Programs that try to pass without solving anything, against the real sandbox: none of them gets a pass. */
import { expect, test } from 'vitest'
import type { Problem } from '../../src/schemas/problem.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { describeOn, isolating } from '../sandbox/open.js'
import { problemWith } from './scripted.js'

const limits = { cpuMs: 500, wallMs: 3_000, memoryBytes: 128 << 20 }
const problems: Record<string, Problem> = {
  stdio: problemWith(
    {
      type: 'stdio',
      cases: [
        { stdin: '3\n', stdout: '948213907' },
        { stdin: '4\n', stdout: '1648213907' },
      ],
    },
    { limits },
  ),
  call: problemWith(
    {
      type: 'call',
      function: 'f',
      cases: [
        { args: [3], expected: 948213907 },
        { args: [4], expected: 1648213907 },
      ],
    },
    { limits },
  ),
  unit: problemWith(
    {
      type: 'unit',
      code: 'def check(c):\n    assert c(3) == 948213907\n    assert c(4) == 1648213907\n',
      call: 'check({entryPoint})',
    },
    { entryPoint: 'f', limits },
  ),
  answer: problemWith({ type: 'answer', gold: '948213907' }, { limits }),
}
const right = `def f(n):
    return int(str(n * n) + "48213907")
def solution():
    return f(3)
if __name__ == "__main__":
    print(f(int(input())))
`

const always = `class Any:
    def __eq__(self, other):
        return True
    def __ne__(self, other):
        return False
    def __hash__(self):
        return 0
    def __str__(self):
        return "948213907"
    def __bool__(self):
        return True
def f(n=0):
    return Any()
solution = f
print(Any())
`
const intSubclass = `class Any(int):
    def __eq__(self, other):
        return True
def f(n=0):
    return Any(1)
solution = f
print(Any(1))
`
const results = `{"ran": 2, "failed": [], "status": "ok", "value": 948213907, "cases": [{"id": "1", "status": "ok", "value": 948213907}]}`
const cheats: Record<string, string> = {
  'an object that equals everything': always,
  'a number that equals everything': intSubclass,
  'os._exit(0) on load': 'import os\nos._exit(0)\n',
  'os._exit(0) when called': 'import os\ndef f(n=0):\n    os._exit(0)\nsolution = f\nf()\n',
  'sys.exit() on load': 'import sys\nsys.exit(0)\n',
  'sys.exit() when called': 'import sys\ndef f(n=0):\n    sys.exit(0)\nsolution = f\nf()\n',
  'quit() when called': 'def f(n=0):\n    quit()\nsolution = f\nf()\n',
  'SIGKILL to itself': 'import os, signal\ndef f(n=0):\n    os.kill(os.getpid(), signal.SIGKILL)\nsolution = f\nf()\n',
  'printing fake results': `import sys\nprint('''${results}''')\nsys.stderr.write('''${results}''')\ndef f(n=0):\n    print('''${results}''')\nsolution = f\n`,
  'writing fake results to every descriptor': `import os
def f(n=0):
    for fd in range(1, 64):
        try:
            os.write(fd, b'''${results}\\n''')
        except OSError:
            pass
solution = f
f()
`,
  'reading files for expected values': `import os, re
def f(n=0):
    for base in ("/tmp", "/proc/self", "/proc/1", "/", os.getcwd(), "/proc/" + str(os.getppid())):
        for root, dirs, names in os.walk(base):
            if root.count("/") > 3:
                dirs[:] = []
            for name in names[:50]:
                try:
                    with open(os.path.join(root, name), "rb") as file:
                        found = re.search(rb"(9|16)48213907", file.read(20000))
                        if found:
                            return int(found.group())
                except OSError:
                    pass
    return 0
solution = f
print(f())
`,
  'a walk through the frames for expected values': `import sys, gc
def f(n=0):
    frame = sys._getframe()
    while frame:
        for value in list(frame.f_locals.values()) + list(frame.f_globals.values()):
            if type(value) is int and value in (948213907, 1648213907):
                return value
            if type(value) in (list, tuple):
                for item in value:
                    if type(item) is int and item in (948213907, 1648213907):
                        return item
        frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) is str and "948213907" in thing and "gc." not in thing:
            return 948213907
    return 0
solution = f
print(f())
`,
  'builtins replaced': `import builtins, json, sys
builtins.isinstance = lambda *a: True
builtins.type = lambda *a: int
builtins.len = lambda *a: 0
builtins.print = lambda *a, **k: None
builtins.AssertionError = type("Never", (Exception,), {})
json.dumps = lambda *a, **k: '''${results}'''
json.loads = lambda *a, **k: {"value": 948213907}
def f(n=0):
    return 0
solution = f
`,
  'assertions switched off': `import sys
sys.flags
def check(c):
    pass
def f(n=0):
    global check
    try:
        frame = sys._getframe(1)
        frame.f_globals["check"] = lambda c: None
    except Exception:
        pass
    return 0
solution = f
`,
  'an exception that hides the failure': `import sys
sys.excepthook = lambda *a: None
class Quiet(BaseException):
    pass
def f(n=0):
    raise Quiet()
solution = f
f()
`,
  'an exit handler that prints': `import atexit, os
atexit.register(lambda: os._exit(0))
def f(n=0):
    return 0
solution = f
`,
  'a forked child that answers': `import os
def f(n=0):
    try:
        if os.fork() == 0:
            return 948213907 - 1
    except OSError:
        pass
    return 0
solution = f
print(f())
`,
}

const backend = isolating.find(({ probe }) => probe.usable) ?? isolating[0]!
describeOn(backend, 'cheats get nothing', ({ sandbox }) => {
  for (const [type, problem] of Object.entries(problems)) {
    const verified = async (code: string, strict = false) =>
      (await createVerify({ exec: sandbox().exec, strict })(problem, { kind: 'code', code })).verdict

    test.each([false, true])(`${type}: an honest program passes (strict: %s)`, async (strict) => {
      expect(await verified(right, strict)).toMatchObject({ status: 'accepted', score: 1 })
    })

    test.each(Object.entries(cheats))(`${type}: %s`, async (_, code) => {
      const verdict = await verified(code)
      expect(verdict.status, verdict.reason).not.toBe('accepted')
      expect(['candidate'], verdict.reason).toContain(verdict.blame)
      expect(verdict.score).toBeLessThan(1)
    })
  }

  test('the same program gives the same verdict twice', async () => {
    const verify = createVerify({ exec: sandbox().exec })
    for (const problem of Object.values(problems)) {
      for (const code of [right, 'def f(n=0):\n    raise ValueError(object())\nsolution = f\nf()', always]) {
        const [one, two] = [
          await verify(problem, { kind: 'code', code }),
          await verify(problem, { kind: 'code', code }),
        ]
        expect(JSON.stringify(two)).toBe(JSON.stringify(one))
      }
    }
  })

  test('a program that counts its calls is no answer to cases that count up', async () => {
    const counting = problemWith({
      type: 'call',
      function: 'f',
      cases: [1, 2, 3].map((n) => ({ args: [n], expected: n })),
    })
    const code = 'n = 0\ndef f(x):\n    global n\n    n += 1\n    return n\n'
    const judged = async (strict?: boolean) =>
      (await createVerify({ exec: sandbox().exec, strict })(counting, { kind: 'code', code })).verdict
    expect(await judged()).toMatchObject({ status: 'wrong_answer', blame: 'candidate', score: 1 / 3 })
    expect(await judged(false)).toMatchObject({ status: 'accepted', evidence: { mode: 'batch' } })
  })

  test('a solution() that returns thousands of digits is wrong, or right', async () => {
    const verify = createVerify({ exec: sandbox().exec })
    const code = 'def solution():\n    return 10**4000\n'
    expect((await verify(problems.answer!, { kind: 'code', code })).verdict).toMatchObject({ status: 'wrong_answer' })
    const long = problemWith({ type: 'answer', gold: `1${'0'.repeat(4000)}` })
    expect((await verify(long, { kind: 'code', code })).verdict).toMatchObject({ status: 'accepted' })
  })

  test('a program with state between calls is judged by calls in forks of their own', async () => {
    const code =
      'seen = []\ndef f(n):\n    seen.append(n)\n    return int(str(n * n) + "48213907") if len(seen) == 1 else 0\n'
    const { verdict } = await createVerify({ exec: sandbox().exec })(problems.call!, { kind: 'code', code })
    expect(verdict).toMatchObject({ status: 'accepted', evidence: { mode: 'strict' } })
  })
})
