import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { publishedTests } from '../../src/problems/formats/functions/evalplus-published-tests.js'
import { evalPlusCall, evalPlusTests } from '../../src/problems/formats/functions/evalplus-tests.js'

const python = spawnSync('python3', ['-c', 'print(1)']).status === 0

/** Which of the programs end without an error. */
function held(programs: readonly string[]): boolean[] {
  const runner =
    'import json, sys\ndef holds(code):\n  try: exec(code, {})\n  except Exception: return False\n  return True\n' +
    'print(json.dumps([holds(code) for code in json.load(sys.stdin)]))'
  const { stdout } = spawnSync('python3', ['-c', runner], { input: JSON.stringify(programs), encoding: 'utf8' })
  return JSON.parse(stdout)
}

const [nan, inf] = ["float('nan')", "float('inf')"]

/** What evalplus says: numpy.allclose(out, exp, rtol=1e-7, atol=atol), atol 1e-6 for floats; equal_nan is left False. */
const table: readonly [exp: string, out: string, atol: number, same: boolean][] = [
  ['1.0', '1.0 + 1e-9', 0, true],
  ['1.0', '1.00001', 0, false],
  ['1.0', '1.05', 0.1, true],
  ['100', '101', 0, false],
  ['[1.0, 2.0]', '[1.0, 2.0 + 1e-9]', 0, true],
  ['[1.0, 2.0]', '[1.0]', 0, false],
  ['[1.0, 2]', '[1.0 + 1e-9, 2]', 0, false],
  [inf, inf, 0, true],
  [inf, `-${inf}`, 0, false],
  [inf, '1e308', 0, false],
  ['1.0', inf, 0, false],
  [`[1.0, ${inf}]`, `[1.0 + 1e-9, ${inf}]`, 0, true],
  [nan, nan, 0, false],
  [nan, nan, 0.1, false],
  [nan, '1.0', 0, false],
  ['1.0', nan, 0, false],
  [`[1.0, ${nan}]`, `[1.0, ${nan}]`, 0, false],
  ["['a', 0.5]", "['a', 0.5 + 1e-9]", 0.1, false],
  ['None', 'None', 0, true],
  ['None', '1.0', 0.1, false],
]

describe.skipIf(!python)('what a candidate gives is compared with what the reference gives', () => {
  const function_ = (result: string) => `def f():\n    return ${result}\n`

  test('as the evalplus package does', () => {
    const programs = table.map(([exp, out, atol]) => {
      const code = evalPlusTests({ entryPoint: 'f', reference: function_(exp), inputs: [[]], atol })
      return `${function_(out)}${code}\n${evalPlusCall('f')}\n`
    })
    const found = held(programs)
    expect(table.map((row, index) => [...row.slice(0, 3), found[index]])).toEqual(table)
  })

  test("as the Hub's test code does, without numpy", () => {
    const assertion =
      'import numpy as np\n\ndef compare(out, exp, atol):\n    if atol == 0 and is_floats(exp):\n        atol = 1e-6\n' +
      '    if out != exp and atol != 0:\n        assert np.allclose(out, exp, rtol=1e-07, atol=atol)\n' +
      '    else:\n        assert out == exp\n\ndef is_floats(x):\n    if isinstance(x, (list, tuple)):\n' +
      '        return all(isinstance(i, float) for i in x)\n    return isinstance(x, (float, np.float64, np.ndarray))\n'
    const programs = table.map(
      ([exp, out, atol]) => `${publishedTests(assertion, 'x:1')}\ncompare(${out}, ${exp}, ${atol})\n`,
    )
    const found = held(programs)
    expect(table.map((row, index) => [...row.slice(0, 3), found[index]])).toEqual(table)
  })
})
