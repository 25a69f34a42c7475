import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { withoutPytest } from '../../src/problems/formats/functions/pytest-stand-in.js'
import { pytestCases } from './pytest-cases.js'

const python = spawnSync('python3', ['-c', 'print(1)']).status === 0

/** Finds and runs the tests of each text as a slot does, with its own code for that. */
const runner = `
import json, sys
sys.path.insert(0, sys.argv[1])
from assay_slot import python_names
def told(code):
    space = {'__name__': 'tests', '__file__': 'tests.py'}
    failed = []
    try:
        exec(compile(code, 'tests.py', 'exec'), space)
        tests = list(python_names.pytest_tests(space))
    except BaseException as error:
        return {'error': '%s: %s' % (type(error).__name__, error)}
    for name, test in tests:
        try:
            test()
        except python_names.Unavailable as error:
            return {'error': 'Unavailable: %s' % error}
        except BaseException as error:
            failed.append('%s: %s: %s' % (name, type(error).__name__, error))
    return {'tests': len(tests), 'failed': failed}
print(json.dumps([told(code) for code in json.load(sys.stdin)]))
`

interface Told {
  readonly tests?: number
  readonly failed?: readonly string[]
  readonly error?: string
}

function run(codes: readonly string[]): Told[] {
  const input = JSON.stringify(codes)
  const { stdout, stderr } = spawnSync('python3', ['-c', runner, path.resolve('sandboxes/slot')], {
    input,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe.skipIf(!python)('the stand-in for pytest', () => {
  test('says of every test what pytest says', () => {
    const told = run(pytestCases.map(({ code }) => withoutPytest(`import pytest\n${code}`)))
    const found = told.map(({ tests, failed, error }, index) => [
      pytestCases[index]!.what,
      error ?? `${failed!.length} of ${tests}`,
      failed,
    ])
    expect(found.map(([what, outcome]) => [what, outcome])).toEqual(
      pytestCases.map(({ what, tests, failed }) => [what, `${failed} of ${tests}`]),
    )
  })

  const fixtures: readonly [what: string, code: string][] = [
    ['a fixture', 'def test_it(tmp_path):\n    assert pytest.approx(1) == 1\n'],
    ['a fixture beside a case', '@pytest.mark.parametrize("a", [1])\ndef test_it(a, capsys):\n    assert a\n'],
    [
      'a fixture of a method',
      'class TestIt:\n    @pytest.mark.parametrize("a", [1])\n    def test_it(self, a, capsys):\n        assert a\n',
    ],
    ['an event loop', '@pytest.mark.parametrize("a", [1])\nasync def test_it(a):\n    assert a\n'],
  ]
  test.each(fixtures)('tests that need %s are not run without it', (_, code) => {
    expect(run([withoutPytest(`import pytest\n${code}`)])).toEqual([
      { error: expect.stringMatching(/^Unavailable: 'test_it(\[0\])?' (takes pytest fixtures|is async)/) },
    ])
  })

  test('cases of the wrong size are told', () => {
    const code = 'import pytest\n@pytest.mark.parametrize("a, b", [(1, 2), (3,)])\ndef test_it(a, b): ...\n'
    expect(run([withoutPytest(code)])).toEqual([{ error: expect.stringMatching(/^ValueError: parametrize: \(3,\)/) }])
  })
})

describe('tests are left as they are', () => {
  test.each([
    ['a skip mark', '@pytest.mark.skip\ndef test_it(): ...\n'],
    ['a skip of one case', '@pytest.mark.parametrize("a", [pytest.param(1, marks=pytest.mark.xfail)])\n'],
    ['a fixture of their own', '@pytest.fixture\ndef a(): ...\n'],
    ['importorskip', 'np = pytest.importorskip("numpy")\n'],
    ['marks of the whole module', 'pytestmark = pytest.mark.parametrize("a", [1])\n'],
    ['what lies deeper', 'def test_it():\n    raise pytest.fail.Exception("no")\n'],
    ['an import inside a function', 'def test_it():\n    import pytest\n    pytest.fail()\n'],
    ['names of it', 'from pytest import raises\n'],
    ['another name for it', 'import pytest as pt\npt.fail()\n'],
  ])('that use %s', (_, code) => {
    expect(withoutPytest(`import pytest\n${code}`)).toBe(`import pytest\n${code}`)
  })

  test('that do not import it', () => {
    expect(withoutPytest('def test_it(): ...\n')).toBe('def test_it(): ...\n')
  })
})

test('an import that is not used, or stands twice, goes', () => {
  expect(withoutPytest('import pytest\n\ndef test_it(): ...\n')).toBe('\n\ndef test_it(): ...\n')
  const twice = withoutPytest('import pytest\nimport pytest  \npytest.fail()\n')
  expect(twice.match(/^class pytest:/gm)).toHaveLength(1)
  expect(twice).not.toMatch(/^import pytest/m)
})
