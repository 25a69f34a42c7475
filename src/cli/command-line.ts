/** A configuration as the command line that gives it again. */
import { shellWord } from '../base/shell.js'
import { type RunConfig, runConfigSchema } from '../schemas/config.js'
import { flagName, settings } from './settings.js'

/** Said even at their default: they are what a reader looks for first. */
const always = new Set(['sets', 'model', 'samples', 'seed'])

/** `npx assay run …` with every setting that is not at its default; what has no flag follows in a comment. */
export function commandLine(config: RunConfig): string {
  const standard = leaves(runConfigSchema.parse({ sets: ['set'], model: 'model' }))
  const given = [...leaves(config)].filter(([path, value]) => always.has(path) || !same(value, standard.get(path)))
  const words = new Map<string, string>()
  for (const setting of settings) {
    const leaf = given.find(([path]) => path === setting.path)
    if (leaf) words.set(setting.path, option(flagName(setting), leaf[1]))
  }
  const rest = given.filter(([path]) => !words.has(path))
  const command = `npx assay run ${[...words.values()].join(' \\\n  ')}`
  if (rest.length === 0) return command
  const told = rest.map(([path, value]) => `#   ${path}: ${JSON.stringify(value)}`)
  return `${command}\n# and in a configuration file, given as the first argument:\n${told.join('\n')}`
}

function option(flag: string, value: unknown): string {
  if (typeof value === 'boolean') return flag
  const values = Array.isArray(value) ? value : [value]
  return `${flag} ${values.map((one) => shellWord(String(one))).join(' ')}`
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Values by dotted path; an array is one value, what is undefined is left out. */
function leaves(value: object, prefix = ''): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [key, inner] of Object.entries(value)) {
    const path = `${prefix}${key}`
    if (inner === undefined) continue
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) found.set(path, inner)
    else for (const [deep, leaf] of leaves(inner, `${path}.`)) found.set(deep, leaf)
  }
  return found
}
