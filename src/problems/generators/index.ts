import { arithmeticChain } from './arithmetic-chain.js'
import { gcdLcm } from './gcd-lcm.js'
import type { Generator } from './generator.js'
import { linearEquation } from './linear-equation.js'
import { listTransform } from './list-transform.js'
import { matrixSum } from './matrix-sum.js'
import { modularArithmetic } from './modular-arithmetic.js'
import { percentWordProblem } from './percent-word-problem.js'
import { sequenceNext } from './sequence-next.js'
import { stackMachine } from './stack-machine.js'
import { stringRules } from './string-rules.js'

/** Procedural families of `assay problems generate`. */
export const generators = {
  'linear-equation': linearEquation,
  'arithmetic-chain': arithmeticChain,
  'modular-arithmetic': modularArithmetic,
  'percent-word-problem': percentWordProblem,
  'gcd-lcm': gcdLcm,
  'sequence-next': sequenceNext,
  'list-transform': listTransform,
  'string-rules': stringRules,
  'matrix-sum': matrixSum,
  'stack-machine': stackMachine,
} satisfies Record<string, Generator>
