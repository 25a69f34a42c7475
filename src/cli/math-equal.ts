/** `assay math equal`: pairs in, verdicts out, a JSON object a line, in order; or one pair by hand. */
import { AppError } from '../base/errors.js'
import { parseAs } from '../schemas/parse.js'
import { type AnswerForm, checkPair } from '../verifiers/math/batch-pair.js'
import { defaultPolicy, type MathPolicy, mathPolicySchema } from '../verifiers/math/policy.js'
import { type Io, printLine } from './io.js'
import { answerPairs, roundMs } from './math-lines.js'

export interface EqualFlags {
  readonly gold?: string
  readonly prediction?: string
  readonly form?: AnswerForm
  readonly policy?: readonly string[]
  readonly threads: number
  readonly json?: boolean
}

/** Returns the exit code. */
export async function equal({ gold, prediction, form, policy: settings, threads, json }: EqualFlags, io: Io) {
  const policy = policyOf(settings ?? [])
  if (gold !== undefined && prediction !== undefined) {
    await byHand({ gold, prediction, form, policy, json }, io)
    return 0
  }
  const [lone] = Object.entries({ gold, prediction, json }).find(([, value]) => value !== undefined) ?? []
  if (lone !== undefined) {
    throw new AppError('usage/bad-option', {
      message: `--${lone} is for one pair by hand, which takes both --gold and --prediction`,
      hint: 'give both, or neither of them and JSON lines on stdin',
    })
  }
  await answerPairs({ io, form, policy, threads })
  return io.interrupt.aborted ? 130 : 0
}

interface ByHand {
  readonly gold: string
  readonly prediction: string
  readonly form: AnswerForm | undefined
  readonly policy: MathPolicy
  readonly json: boolean | undefined
}

const inWords = new Map([
  [true, 'equal'],
  [false, 'not equal'],
  [null, 'cannot tell'],
])

async function byHand({ json, ...pair }: ByHand, io: Io): Promise<void> {
  const startedMs = performance.now()
  const { equal, reason, layer } = await checkPair(pair)
  const ms = roundMs(performance.now() - startedMs)
  const line = json
    ? JSON.stringify({ id: null, equal, reason, layer, ms })
    : `${inWords.get(equal)}: ${reason} (${layer}, ${ms} ms)`
  await printLine(io, line)
}

/** The switches of `--policy key=value` over the defaults. Throws `usage/bad-option` with the nearest known switch. */
function policyOf(settings: readonly string[]): MathPolicy {
  const given: Record<string, unknown> = {}
  for (const setting of settings) {
    const [key = '', value] = setting.split(/=(.*)/s, 2)
    if (value === undefined) {
      throw new AppError('usage/bad-option', {
        message: `--policy ${setting}: no value`,
        hint: `write --policy key=value; keys: ${Object.keys(defaultPolicy).join(', ')}`,
      })
    }
    given[key] = settingOf(value)
  }
  return parseAs(mathPolicySchema, given, '--policy', 'usage/bad-option')
}

function settingOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
