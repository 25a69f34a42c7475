/**
 * HumanEval+ and MBPP+ in the form of the evalplus package: inputs without outputs. The tests hold the reference and compare
 * what the candidate returns with what it returns, by the rules of evalplus/eval/__init__.py and _special_oracle.py.
 */
import { z } from 'zod'
import type { Value } from '../../../schemas/value.js'
import { pythonLiteral, pythonString } from '../../literals.js'

/** Arguments of calls, with the numbers that python-json.ts tags. No calls are also published as `{}`. */
export const evalPlusInputs = z.union([
  z.array(z.array(z.json())),
  z.strictObject({}).transform((): z.core.util.JSONType[][] => []),
])

const taggedNumber = z.object({ $: z.enum(['int', 'float']), v: z.string() }).transform(({ v }) => Number(v))

export const evalPlusTolerance = z.union([z.number(), taggedNumber]).pipe(z.number().min(0)).default(0)

export interface EvalPlusParts {
  readonly entryPoint: string
  /** Source of the reference, complete. */
  readonly reference: string
  /** Positional arguments of each call. */
  readonly inputs: readonly (readonly unknown[])[]
  /** Absolute tolerance; 0: results are equal, or floats to 1e-6. */
  readonly atol: number
  /** An expression over `out`, `exp`, `args` and `_atol` in the place of the comparison; see `oracles`. */
  readonly oracle?: string
}

/** The test code; `evalPlusCall` starts it. Its names begin with an underscore: a function asked for is called `check`. */
export function evalPlusTests({ entryPoint, reference, inputs, atol, oracle }: EvalPlusParts): string {
  const rows = inputs.map((args) => `    ${pythonLiteral({ $: 'tuple', v: args } as unknown as Value)},\n`)
  return [
    comparison,
    `_source = ${pythonString(reference)}`,
    '_space = {}',
    'exec(_source, _space)',
    `_expected = _space[${pythonString(entryPoint)}]`,
    `_atol = ${atol}`,
    `_inputs = [\n${rows.join('')}]`,
    '',
    '',
    'def _compare(candidate):',
    '    for args in _inputs:',
    '        exp = _expected(*copy.deepcopy(args))',
    '        out = candidate(*copy.deepcopy(args))',
    `        assert ${oracle ?? '_same(out, exp, _atol)'}, 'wrong result for %.200r' % (args,)`,
    '',
  ].join('\n')
}

/** The statement that starts the tests of `evalPlusTests`. */
export const evalPlusCall = (entryPoint: string): string => `_compare(${entryPoint})`

/** What evalplus accepts besides the reference's result, by entry point; sources: see the head of the file. */
export const humanEvalOracles: Readonly<Record<string, string>> = {
  // Any root will do: the value of the polynomial there is compared.
  find_zero: 'abs(sum(c * math.pow(out, i) for i, c in enumerate(args[0]))) <= _atol',
}

const setEqual = 'set(out) == set(exp)'
/** A match object cannot be compared: only whether there is one. */
const whetherAny =
  '(out if isinstance(out, bool) else out is not None) == (exp if isinstance(exp, bool) else exp is not None)'

export const mbppOracles: Readonly<Record<string, string>> = {
  similar_elements: setEqual,
  find_char_long: setEqual,
  common_in_nested_lists: setEqual,
  extract_singly: setEqual,
  larg_nnum: setEqual,
  intersection_array: setEqual,
  find_dissimilar: setEqual,
  Diff: setEqual,
  check_str: whetherAny,
  text_match_three: whetherAny,
  text_starta_endb: whetherAny,
  // Whether 1 has a proper divisor is left open by the statement.
  sum_div: '_same(out, exp, _atol) or out == 0',
  // The height may also be read as that of the pyramid, not of its sides.
  surface_Area:
    '_same(out, exp, _atol) or abs(out - round(args[0] ** 2 + 2 * args[0] * math.sqrt((args[0] / 2) ** 2 + args[1] ** 2))) <= _atol',
  // Numbers of different lengths may also be filled up with zeros.
  digit_distance_nums:
    '_same(out, exp, _atol) or out == sum(abs(int(a) - int(b)) for a, b in zip(*(str(n).zfill(max(map(len, map(str, args)))) for n in args)))',
}

/**
 * Equality as evalplus has it; near floats count as equal, like numpy's allclose with a relative tolerance of 1e-7: an
 * infinity is near to itself only, and NaN to nothing, also not to NaN (no published call gives one).
 */
const comparison = `import copy
import math


def _is_floats(value):
    if isinstance(value, (list, tuple)) and value:
        return all(isinstance(item, float) for item in value)
    return isinstance(value, float)


def _near(out, exp, atol):
    if isinstance(exp, (list, tuple)):
        return (
            isinstance(out, (list, tuple))
            and len(out) == len(exp)
            and all(_near(a, b, atol) for a, b in zip(out, exp))
        )
    if not (isinstance(out, (int, float, complex)) and isinstance(exp, (int, float, complex))):
        return False
    return out == exp or abs(exp) != float('inf') and abs(out - exp) <= atol + 1e-7 * abs(exp)


def _same(out, exp, atol):
    if out == exp:
        return True
    if atol == 0 and _is_floats(exp):
        atol = 1e-6
    return atol != 0 and type(out) == type(exp) and _near(out, exp, atol)

`
