/** Functions that change a value step by step: the statement, the reference and the expected results come from one list of steps. */
import type { Value } from '../../schemas/value.js'
import { pythonLiteral } from '../literals.js'
import { type CodeDraft, drawUntil } from './generator.js'

/** One step: in words, as a Python statement on the parameter, and as the same computation here. */
export interface Step<T> {
  readonly say: string
  readonly python: string
  run(value: T): T
}

interface TransformDraft<T> {
  readonly entryPoint: string
  readonly parameter: string
  /** What the parameter is, e.g. `a list of integers`. */
  readonly given: string
  readonly result: string
  readonly steps: readonly Step<T>[]
  readonly inputs: readonly T[]
  readonly skills: readonly [string, ...string[]]
  /** A Python expression on the parameter that is wrong for any result but an empty one. */
  readonly damaged: string
}

const bodyOf = <T>(steps: readonly Step<T>[]) => steps.map(({ python }) => `    ${python}\n`).join('')

function runSteps<T>(steps: readonly Step<T>[], input: T): T {
  return steps.reduce((value, step) => step.run(value), input)
}

/** The draft of a `call` problem from its steps. The example of the docstring is the first case. */
export function transformDraft<T extends Value>(draft: TransformDraft<T>): CodeDraft {
  const { entryPoint, parameter, given, result, steps, inputs } = draft
  const cases = inputs.map((input) => ({ args: [input], expected: runSteps(steps, input) }))
  const told = steps.map(({ say }, i) => (steps.length === 1 ? `${say}.` : `${i + 1}. ${say}.`))
  const head = `def ${entryPoint}(${parameter}):\n`
  const opening = `${given} comes in as ${parameter}. Return ${result} after ${steps.length === 1 ? 'this step' : 'these steps, in order'}:`
  const example = cases[0] as (typeof cases)[number]
  const doc = [
    opening,
    ...told,
    '',
    `>>> ${entryPoint}(${pythonLiteral(example.args[0] as Value)})`,
    pythonLiteral(example.expected),
  ]
  const write = (body: string, last = `    return ${parameter}\n`) => head + body + last
  return {
    statement: [
      `Write a Python function ${entryPoint}(${parameter}).`,
      opening,
      ...told,
      `Example: ${doc.at(-2)?.slice(4)} returns ${doc.at(-1)}.`,
    ].join('\n'),
    check: { type: 'call', function: entryPoint, cases, compare: 'exact' },
    entryPoint,
    starter: `${head}    """${doc[0]}\n${doc
      .slice(1)
      .map((line) => (line ? `    ${line}\n` : '\n'))
      .join('')}    """\n`,
    code: write(bodyOf(steps)),
    skills: draft.skills,
    wrong: [
      ...skippedSteps(steps, inputs).map((kept) => ({ kind: 'skips-a-step', code: write(bodyOf(kept)) })),
      { kind: 'damaged-result', code: write(bodyOf(steps), `    return ${draft.damaged}\n`) },
    ],
  }
}

/** The steps without their last one, when that changes the result of some input. */
function skippedSteps<T>(steps: readonly Step<T>[], inputs: readonly T[]): Step<T>[][] {
  const kept = steps.slice(0, -1)
  const differs = inputs.some(
    (input) => JSON.stringify(runSteps(kept, input)) !== JSON.stringify(runSteps(steps, input)),
  )
  return differs ? [kept] : []
}

/**
 * Steps whose results on the inputs are worth testing: at least `least` different ones, and every step changes some.
 * draw: steps by chance; it is asked again until that holds.
 */
export function drawSteps<T>(
  draw: () => readonly Step<T>[],
  { inputs, least }: { inputs: readonly T[]; least: number },
): readonly Step<T>[] {
  const results = (steps: readonly Step<T>[]) => inputs.map((input) => JSON.stringify(runSteps(steps, input)))
  return drawUntil(draw, (steps) => {
    const all = results(steps)
    if (new Set(all).size < least) return false
    return steps.every((_, skipped) => results(steps.filter((_, i) => i !== skipped)).some((one, i) => one !== all[i]))
  })
}
