/** The settings of a run that have a flag and an environment variable. Help texts and checks come from the schema. */
import { type Command, Option } from 'commander'
import type { z } from 'zod'
import { runConfigSchema } from '../schemas/config.js'

interface Setting {
  /** Path in the configuration. */
  readonly path: string
  /** As commander writes it. */
  readonly flag: string
  /** Name of the environment variable. */
  readonly variable: string
  readonly read: (text: string) => unknown
  /** What the option does, where its field's own description needs more words on the command line. */
  readonly help?: string
}

const text = (value: string): unknown => value
const list = (value: string): unknown => value.split(',').map((part) => part.trim())
/** A number when it reads as one; else the text, so that the schema says what is wrong with it. */
const number = (value: string): unknown =>
  value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
const boolean = (value: string): unknown => ({ true: true, '1': true, false: false, '0': false })[value] ?? value

export const settings: readonly Setting[] = [
  { path: 'sets', flag: '--set <dir...>', variable: 'ASSAY_SET', read: list },
  {
    path: 'model',
    flag: '--model <provider:name>',
    variable: 'ASSAY_MODEL',
    read: text,
    help: 'provider:name, e.g. openai:gpt-5-mini, local',
  },
  { path: 'baseUrl', flag: '--base-url <url>', variable: 'ASSAY_BASE_URL', read: text },
  { path: 'modelFile', flag: '--model-file <file>', variable: 'ASSAY_MODEL_FILE', read: text },
  { path: 'prompting', flag: '--prompting <style>', variable: 'ASSAY_PROMPTING', read: text },
  { path: 'math', flag: '--math <form>', variable: 'ASSAY_MATH', read: text },
  { path: 'recipe', flag: '--recipe <id>', variable: 'ASSAY_RECIPE', read: text, help: 'way of asking for candidates' },
  { path: 'samples', flag: '--samples <k>', variable: 'ASSAY_SAMPLES', read: number },
  { path: 'target', flag: '--target <n>', variable: 'ASSAY_TARGET', read: number },
  { path: 'budget', flag: '--budget <limit>', variable: 'ASSAY_BUDGET', read: text },
  { path: 'rounds', flag: '--rounds <n>', variable: 'ASSAY_ROUNDS', read: number },
  { path: 'limit', flag: '--limit <n>', variable: 'ASSAY_LIMIT', read: number },
  {
    path: 'seed',
    flag: '--seed <s>',
    variable: 'ASSAY_SEED',
    read: number,
    help: 'the same seed and model replies give the same run',
  },
  {
    path: 'sampling.temperature',
    flag: '--temperature <t>',
    variable: 'ASSAY_TEMPERATURE',
    read: number,
    help: 'of sampling',
  },
  {
    path: 'sampling.topP',
    flag: '--top-p <p>',
    variable: 'ASSAY_TOP_P',
    read: number,
    help: 'share of the probability mass to sample from',
  },
  {
    path: 'sampling.maxTokens',
    flag: '--max-tokens <n>',
    variable: 'ASSAY_MAX_TOKENS',
    read: number,
    help: 'longest reply',
  },
  {
    path: 'curriculum.policy',
    flag: '--policy <id>',
    variable: 'ASSAY_POLICY',
    read: text,
    help: 'curriculum that chooses what to draw',
  },
  { path: 'curriculum.window', flag: '--window <n>', variable: 'ASSAY_WINDOW', read: number },
  {
    path: 'curriculum.adaptive',
    flag: '--no-adaptive',
    variable: 'ASSAY_ADAPTIVE',
    read: boolean,
    help: 'ask every draw for as many candidates as --samples says, also with --target or --budget',
  },
  { path: 'curriculum.earlyStop', flag: '--early-stop', variable: 'ASSAY_EARLY_STOP', read: boolean },
  { path: 'audit', flag: '--audit <n>', variable: 'ASSAY_AUDIT', read: number },
  {
    path: 'keep.strict',
    flag: '--no-strict',
    variable: 'ASSAY_STRICT',
    read: boolean,
    help: 'accept what passed with all cases in one fork, without the proof by a fork per case',
  },
  { path: 'operational.backend', flag: '--backend <id>', variable: 'ASSAY_BACKEND', read: text },
  {
    path: 'operational.slots',
    flag: '--slots <n>',
    variable: 'ASSAY_SLOTS',
    read: number,
    help: 'programs run at the same time; chosen by itself when left out',
  },
  { path: 'operational.requests', flag: '--requests <n>', variable: 'ASSAY_REQUESTS', read: number },
  { path: 'operational.timeoutMs', flag: '--timeout-ms <ms>', variable: 'ASSAY_TIMEOUT_MS', read: number },
  { path: 'operational.threads', flag: '--threads <n>', variable: 'ASSAY_THREADS', read: number },
]

/** `--set` of `--set <dir...>`. */
export const flagName = (setting: Setting): string => setting.flag.split(' ')[0] as string

interface Node {
  readonly description?: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly _zod: { readonly def: { readonly innerType?: Node; readonly defaultValue?: unknown } }
}

/** What the schema says about a setting: its description and its default, in one line. */
function helpOf({ path, flag, help }: Setting): string {
  let node = runConfigSchema as unknown as Node
  let description = help
  let fallback: unknown
  for (const step of path.split('.')) {
    while (!node.shape && node._zod.def.innerType) node = node._zod.def.innerType
    node = node.shape?.[step] as unknown as Node
    for (let inner: Node | undefined = node; inner; inner = inner._zod.def.innerType) {
      description ??= inner.description
      const value = inner._zod.def.defaultValue
      if (value !== undefined && typeof value !== 'object') fallback = value
    }
  }
  const suffix = fallback === undefined || flag.startsWith('--no-') ? '' : `(default: ${String(fallback)})`
  return [description ?? path, suffix].filter(Boolean).join(' ')
}

/** Declares an option for each setting on a command. Values are checked later, by mergeConfig, all at once. */
export function addSettings(program: Command): Command {
  for (const setting of settings) {
    const option = new Option(setting.flag, helpOf(setting))
    // Beside its positive form a negated option has no value until it is given, so that the file's one stays.
    if (option.negate) program.addOption(new Option(setting.flag.replace('--no-', '--')).hideHelp())
    program.addOption(option)
  }
  return program
}

export interface Given {
  readonly path: string
  readonly value: unknown
  /** The flag or variable it came from, for messages. */
  readonly origin: string
}

/** The settings that the user gave as flags; opts: as commander returns them. */
export function fromFlags(opts: Readonly<Record<string, unknown>>): Given[] {
  return settings.flatMap((setting): Given[] => {
    const value = opts[new Option(setting.flag).attributeName()]
    if (value === undefined) return []
    return [
      { path: setting.path, value: typeof value === 'string' ? setting.read(value) : value, origin: flagName(setting) },
    ]
  })
}

/** The settings that stand in the environment. An empty variable counts as not set. */
export function fromEnv(env: Readonly<Record<string, string | undefined>>): Given[] {
  return settings.flatMap((setting): Given[] => {
    const value = env[setting.variable]
    return value ? [{ path: setting.path, value: setting.read(value), origin: setting.variable }] : []
  })
}
