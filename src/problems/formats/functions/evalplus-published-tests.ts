/** The `test` column of HumanEval+ and MBPP+ on the Hub: complete test code, but for numpy, which is not there when it runs. */
import { AppError } from '../../../base/errors.js'

const numpyImport = /^import numpy as np$/m
const served = ['allclose', 'ndarray', 'float64', 'float32']

/**
 * What the published comparison uses of numpy, for numbers and nested lists of them. NaN is near to nothing, as without
 * equal_nan; values of two shapes are never near, where numpy would stretch one of them.
 */
const standIn = `class np:
    class ndarray:
        pass

    float64 = float32 = float

    @staticmethod
    def allclose(out, exp, rtol=1e-05, atol=1e-08):
        if isinstance(out, (list, tuple)) or isinstance(exp, (list, tuple)):
            same = isinstance(out, (list, tuple)) and isinstance(exp, (list, tuple)) and len(out) == len(exp)
            return same and all(np.allclose(a, b, rtol, atol) for a, b in zip(out, exp))
        if not all(isinstance(value, (int, float, complex)) for value in (out, exp)):
            raise TypeError('allclose compares numbers')
        return out == exp or abs(exp) != float('inf') and abs(out - exp) <= atol + rtol * abs(exp)
`

/** The published test code, runnable without numpy. Throws `problems/malformed-row` when it needs more of numpy than comparing. */
export function publishedTests(test: string, where: string): string {
  if (!numpyImport.test(test)) return test
  const used = [...test.matchAll(/\bnp\.(\w+)/g)].map(([, name = '']) => name)
  const lacking = used.find((name) => !served.includes(name))
  if (lacking !== undefined) {
    throw new AppError('problems/malformed-row', {
      message: `${where}: test: it uses np.${lacking}, which is not there without numpy`,
      details: { where },
    })
  }
  return test.replace(numpyImport, () => standIn)
}
