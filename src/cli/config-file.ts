/** Reads a configuration file and remembers where each key stands in it. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { isNode, isPair, LineCounter, parseDocument } from 'yaml'
import { AppError } from '../base/errors.js'
import { nearest } from '../base/nearest.js'

export interface ConfigSource {
  readonly values: unknown
  /** `file:line:column` of a dotted path (of its key when key is true), or of the nearest parent that is there. */
  where(path: string, key?: boolean): string
}

const modules = new Set(['.ts', '.mts', '.js', '.mjs'])

/** Throws `config/missing-file` with the nearest file name, `config/invalid` for text that cannot be read. */
export async function readConfigFile(file: string, cwd: string): Promise<ConfigSource> {
  const full = path.resolve(cwd, file)
  const source = await readFile(full, 'utf8').catch((cause: NodeJS.ErrnoException) => missing(file, full, cause))
  return modules.has(path.extname(full)) ? readModule(file, full) : readYaml(file, source)
}

async function missing(file: string, full: string, cause: NodeJS.ErrnoException): Promise<never> {
  if (cause.code === 'EACCES') throw cause
  const isFolder = cause.code === 'EISDIR'
  const names = await readdir(path.dirname(full)).catch(() => [])
  const guess = nearest(path.basename(full), names)
  throw new AppError('config/missing-file', {
    message: isFolder ? `${file} is a folder, not a configuration file` : `there is no configuration file ${file}`,
    hint: isFolder
      ? 'name the file in it, e.g. assay.yaml'
      : guess
        ? `did you mean '${path.join(path.dirname(file), guess)}'?`
        : 'without a file, say what to run by flags: assay run --set DIR --model provider:name',
    cause,
  })
}

/** YAML and JSON, which YAML 1.2 includes. */
function readYaml(file: string, text: string): ConfigSource {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${file}:${line}:${col}`
  }
  if (document.errors.length > 0) {
    const told = document.errors.map((error) => `${at(error.pos[0])} ${error.message}`)
    throw new AppError('config/invalid', { message: told.join('\n'), hint: 'the file must be YAML or JSON' })
  }
  const where = (dotted: string, key = false): string => {
    const steps = dotted === '' ? [] : dotted.split('.')
    for (let depth = steps.length; depth >= 0; depth--) {
      const offset = offsetOf(document, steps.slice(0, depth), key && depth === steps.length)
      if (offset !== undefined) return at(offset)
    }
    return at(0)
  }
  return { values: toValue(document, file), where }
}

function toValue(document: ReturnType<typeof parseDocument>, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {}
  } catch (cause) {
    throw new AppError('config/invalid', { message: `${file}: ${(cause as Error).message}`, cause })
  }
}

function offsetOf(
  document: ReturnType<typeof parseDocument>,
  steps: readonly string[],
  key: boolean,
): number | undefined {
  const last = steps.at(-1)
  if (key && last !== undefined) {
    const parent = document.getIn(steps.slice(0, -1), true)
    const items = steps.length === 1 ? (document.contents as { items?: unknown[] })?.items : itemsOf(parent)
    const pair = items?.find((item) => isPair(item) && String(item.key) === last)
    if (isPair(pair) && isNode(pair.key)) return pair.key.range?.[0]
  }
  const node = steps.length === 0 ? document.contents : document.getIn(steps, true)
  return isNode(node) ? node.range?.[0] : undefined
}

const itemsOf = (node: unknown): unknown[] | undefined => (node as { items?: unknown[] } | undefined)?.items

/** A TypeScript or JavaScript module with a default export; it has no line numbers to give. */
async function readModule(file: string, full: string): Promise<ConfigSource> {
  const { loadConfig } = await import('c12')
  try {
    const { config } = await loadConfig<Record<string, unknown>>({
      cwd: path.dirname(full),
      configFile: full,
      rcFile: false,
      globalRc: false,
      packageJson: false,
      dotenv: false,
      extend: false,
      envName: false,
    })
    return { values: config, where: () => file }
  } catch (cause) {
    throw new AppError('config/invalid', {
      message: `${file}: ${(cause as Error).message}`,
      hint: 'the module must export its configuration as default',
      cause,
    })
  }
}
