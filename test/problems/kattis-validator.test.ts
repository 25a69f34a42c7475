/** The default validator of Kattis packages, run for real: what its flags accept and refuse. */
import { expect, test } from 'vitest'
import { kattis } from '../../src/problems/formats/kattis.js'
import { createVerify } from '../../src/verifiers/verify.js'
import { describeOn, isolating } from '../sandbox/open.js'

const problemOf = (answer: string, flags: string, more: Record<string, string> = {}) => {
  const files = {
    'problem.yaml': `name: X\nvalidator_flags: ${flags}\n`,
    'problem_statement/problem.tex': 'Do it.',
    'data/secret/1.in': '\n',
    'data/secret/1.ans': answer,
    ...more,
  }
  return kattis.parse({ name: 'x', files }, { index: 0, where: 'x' })[0]!
}

const both = 'float_absolute_tolerance 0.1 float_relative_tolerance 0.01'
const cases: [flags: string, answer: string, right: string[], wrong: string[]][] = [
  ['', 'Yes 1.0 ok\n', ['yes 1.0 OK', '\nYES\t1.0\r\nok \n'], ['yes 1 ok', 'yes 1.0', 'yes 1.0 ok ok', ' ']],
  ['', 'é\n', ['é'], ['É', 'e']],
  ['case_sensitive', 'Yes\n', ['Yes'], ['yes']],
  ['space_change_sensitive', 'A  b\n', ['a  B\n'], ['A b\n', 'A  b', ' A  b\n', 'A\n\nb\n', 'A  b \n']],
  ['space_change_sensitive float_tolerance 0.1', '\n1.5', ['\n1.51'], ['1.5\n', '1.51', '\n1.7']],
  ['float_tolerance 1e-2', '1000 x', ['1009 X', '1e3 x', '+1000.0 x'], ['1011 x', '1000y x', '1000']],
  // Numbers count as numbers whatever they look like; either tolerance is enough, and each holds for itself.
  [both, '1 1000', ['1.09 1009', '1 990.01'], ['1.11 1000', '1 1011', 'one 1000', 'nan 1000', 'inf 1000', '1 1_000']],
  ['float_absolute_tolerance 0.1', '1000', ['1000.05'], ['1001']],
  ['float_relative_tolerance 0.1', '0.01', ['0.0109'], ['0.05']],
  [
    'float_tolerance 0',
    '0.50 inf 1e999',
    ['.5 INF 1E999', '5e-1 inf 1e999', '0x.8 inf 1e999'],
    ['0.5 1e999 inf', '0.51 inf 1e999'],
  ],
]

for (const backend of isolating) {
  describeOn(backend, 'the default validator of Kattis', ({ sandbox }) => {
    const judge = async (problem: ReturnType<typeof problemOf>, output: string) => {
      const code = `import sys\nsys.stdout.buffer.write(bytes.fromhex("${Buffer.from(output).toString('hex')}"))\n`
      return (await createVerify({ exec: sandbox().exec })(problem, { kind: 'code', code })).verdict
    }

    test.each(cases)('with the flags "%s" the answer %j', async (flags, answer, right, wrong) => {
      const problem = problemOf(answer, flags)
      for (const output of right) expect(await judge(problem, output), output).toMatchObject({ status: 'accepted' })
      for (const output of wrong) expect(await judge(problem, output), output).toMatchObject({ status: 'wrong_answer' })
    })

    test('says which word is wrong, and what was expected', async () => {
      const problem = problemOf('Yes 2.5\n', 'float_tolerance 1e-3')
      const reason = async (output: string) => (await judge(problem, output)).reason
      expect(await reason('yes 2.6')).toBe("case 1: expected '2.5' within the tolerance, got '2.6' as word 2")
      expect(await reason('yes two')).toBe("case 1: expected the number '2.5', got 'two' as word 2")
      expect(await reason('no 2.5')).toBe("case 1: expected 'Yes', got 'no' as word 1")
      expect(await reason('')).toBe('case 1: expected 2 words, got no output')
    })

    test('a validator of two sources and its flags decide', async () => {
      const problem = problemOf('4\n', 'at-least', {
        'problem.yaml': 'validation: custom\nvalidator_flags: at-least\n',
        'output_validators/v/main.cpp':
          '#include "rule.h"\n#include <iostream>\nint main(int count, char **words) {\n  long got = 0;\n  std::cin >> got;\n  return count == 5 && rule(words[4], got) ? 42 : 43;\n}\n',
        'output_validators/v/rule.h': '#include <string>\nbool rule(std::string name, long got);\n',
        'output_validators/v/rule.cpp':
          '#include "rule.h"\nbool rule(std::string name, long got) { return name == "at-least" && got >= 4; }\n',
      })
      expect(await judge(problem, '5')).toMatchObject({ status: 'accepted' })
      expect(await judge(problem, '3')).toMatchObject({ status: 'wrong_answer' })
    })
  })
}
