/** The configuration of a run from its four sources: flag > environment > file > default. */
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { type RunConfig, type RunConfigInput, runConfigSchema } from '../schemas/config.js'
import { type Defect, defects } from '../schemas/parse.js'
import { type ConfigSource, readConfigFile } from './config-file.js'
import { fromEnv, fromFlags, type Given } from './settings.js'

export interface LoadedConfig {
  readonly file: string
  readonly values: Partial<RunConfigInput>
  /** `file:line:column` of a dotted path. */
  where(path: string, key?: boolean): string
}

type Tree = Record<string, unknown>

const fileSchema = runConfigSchema.partial()

/**
 * Reads and checks a configuration file (YAML, JSON, or a module through c12). Paths in it that begin with a dot are
 * relative to the file. Throws `config/missing-file`, or `config/invalid` naming file, line, column and key of each defect.
 */
export async function loadConfig(file: string, { cwd }: { cwd: string }): Promise<LoadedConfig> {
  const source = await readConfigFile(file, cwd)
  const result = fileSchema.safeParse(source.values)
  if (!result.success) throw invalid(defects(result.error, runConfigSchema), (defect) => place(source, defect))
  const values = source.values as Partial<RunConfigInput>
  const folder = path.dirname(path.resolve(cwd, file))
  const local = (name: string): string => (/^\.\.?(\/|$)/.test(name) ? path.resolve(folder, name) : name)
  return {
    file,
    values: {
      ...values,
      ...(values.sets && { sets: values.sets.map(local) }),
      ...(values.modelFile && { modelFile: local(values.modelFile) }),
    },
    where: source.where,
  }
}

export interface ConfigSources {
  /** As commander returns them. */
  readonly flags: Readonly<Record<string, unknown>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly file?: LoadedConfig
  readonly defaults?: Partial<RunConfigInput>
}

/** The whole configuration. Throws `config/invalid`, or `usage/bad-option` when flags or variables alone are at fault. */
export function mergeConfig({ flags, env, file, defaults = {} }: ConfigSources): RunConfig {
  const given = [...fromEnv(env), ...fromFlags(flags)]
  const merged = structuredClone(merge(defaults as Tree, (file?.values ?? {}) as Tree))
  for (const { path: dotted, value } of given) put(merged, dotted, value)
  const result = runConfigSchema.safeParse(merged)
  if (result.success) return result.data
  const found = defects(result.error, runConfigSchema).map((defect) => orMissing(defect, merged))
  const byUser = found.every((defect) => originOf(given, defect.path) || !file)
  // A flag or a variable is its own name; a place in a file needs the key beside it.
  const where = (defect: Defect): string =>
    originOf(given, defect.path)?.origin ?? (file ? place(file, defect) : defect.path)
  throw invalid(found, where, byUser ? 'usage/bad-option' : 'config/invalid')
}

/** The last source wins, so flags (which come last) hide variables. */
const originOf = (given: readonly Given[], dotted: string): Given | undefined =>
  given.findLast(({ path: own }) => dotted === own || dotted.startsWith(`${own}.`))

const place = (source: Pick<ConfigSource, 'where'>, defect: Defect): string =>
  [source.where(defect.path, defect.message === 'unknown key'), defect.path].filter(Boolean).join(' ')

const absent: Readonly<Record<string, string>> = {
  sets: 'no problem set was named: --set DIR, or `sets` in the configuration file',
  model: 'no model was named: --model provider:name, or `model` in the configuration file',
}

function orMissing(defect: Defect, merged: Tree): Defect {
  const message = merged[defect.path] === undefined ? absent[defect.path] : undefined
  return message ? { path: '', message } : defect
}

function invalid(
  found: readonly Defect[],
  where: (defect: Defect) => string,
  code: 'usage/bad-option' | 'config/invalid' = 'config/invalid',
): AppError {
  const told = found.map((defect) => {
    const head = where(defect)
    return `${head ? `${head}: ` : ''}${defect.message}${defect.hint ? ` (${defect.hint})` : ''}`
  })
  told.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  return new AppError(code, { message: told.join('\n'), details: { defects: found } })
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Objects are merged key by key; anything else is replaced. */
function merge(low: Tree, high: Tree): Tree {
  const merged: Tree = { ...low }
  for (const [key, value] of Object.entries(high)) {
    const under = merged[key]
    merged[key] = isTree(under) && isTree(value) ? merge(under, value) : value
  }
  return merged
}

function put(tree: Tree, dotted: string, value: unknown): void {
  const steps = dotted.split('.')
  let node = tree
  for (const step of steps.slice(0, -1)) {
    if (!isTree(node[step])) node[step] = {}
    node = node[step] as Tree
  }
  node[steps.at(-1) as string] = value
}
