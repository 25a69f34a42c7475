/**
 * The toolchains of this machine for slots that see its /usr: found once and remembered while their files stay the same,
 * prepared per language when first used, kept in the cache. Docker's image has its own, made by the same script.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { execa } from 'execa'
import { z } from 'zod'
import { AppError } from '../../base/errors.js'
import { hashOf, sha256 } from '../../base/hash.js'
import { makeFolders } from '../../base/make-folders.js'
import { cacheDir, packageRoot } from '../../base/paths.js'
import type { BackendContext } from '../backend.js'
import { filesOf, hashOfFolder } from './folder-hash.js'
import type { PythonRuntime } from './python-runtime.js'

const slotFolder = path.join(packageRoot, 'sandboxes/slot')
const languagesFolder = path.join(slotFolder, 'assay_slot/languages')
/** What was not used for so long is removed. */
const KEPT_MS = 30 * 86_400_000
const FIND_MS = 120_000
const PREPARE_MS = 600_000

const toolchain = z.object({
  version: z.string(),
  root: z.string().describe('folder that must be visible in a slot'),
  tools: z.record(z.string(), z.string()).describe('programs by name, relative to root or absolute'),
})
const foundSchema = z.record(z.string(), toolchain)
const rememberedSchema = z.object({ stamps: z.record(z.string(), z.string()), found: foundSchema })
type Found = z.infer<typeof foundSchema>

/** A folder or file of this machine, and where a slot sees it. */
export interface Bind {
  readonly from: string
  readonly to: string
}

export interface Toolchains {
  /** By language: what a slot reads below /opt/assay/toolchains, a description and what was prepared. */
  readonly folders: Readonly<Record<string, string>>
  /** What lies outside /usr. */
  readonly binds: readonly Bind[]
  prepare(language: string): Promise<void>
}

/**
 * Finds the toolchains. moved: are files outside /usr seen at another place in the slot?
 * Throws `sandbox/backend-missing` when the search itself fails, `store/denied` when the cache cannot be written.
 */
export async function findToolchains(
  python: PythonRuntime,
  { moved, env, log }: { moved: boolean } & Pick<BackendContext, 'env' | 'log'>,
): Promise<Toolchains> {
  const base = path.join(cacheDir(env), 'toolchains')
  makeFolder(base)
  const sources = hashOfFolder(languagesFolder)
  const remember = path.join(base, `found-${hashOf([sources, env.PATH]).slice(0, 16)}.json`)
  const found = await remembered(remember, () => look(python, env))
  const binds = moved ? bindsOf(found) : []
  const folders: Record<string, string> = {}
  for (const [language, one] of Object.entries(found)) {
    const key = hashOf([sourcesOf(language, Object.keys(found)), moved, one, process.arch]).slice(0, 16)
    folders[language] = path.join(base, `${language}-${key}`)
    describe(folders[language], placed(one, binds))
  }
  sweep(base, [remember, ...Object.values(folders)])
  const prepared = new Map<string, Promise<void>>()
  const prepare = (language: string) => {
    const one = found[language]
    if (one === undefined) return Promise.resolve()
    const folder = folders[language] ?? ''
    const begun = prepared.get(language) ?? make(python, { folder, language, one, env, log })
    prepared.set(language, begun)
    return begun
  }
  return { folders, binds, prepare }
}

/** What prepare.py looks toolchains up by. */
export const lookingEnvironment = (env: BackendContext['env']) => ({
  PATH: env.PATH,
  HOME: env.HOME,
  RUSTUP_HOME: env.RUSTUP_HOME,
  CARGO_HOME: env.CARGO_HOME,
  ASSAY_NODE_MODULES: nodeModules(),
})

/** Where the packages of this package lie: beside it, or where it was installed among others. */
function nodeModules(): string | undefined {
  const own = path.join(packageRoot, 'node_modules')
  if (existsSync(own)) return own
  return path.basename(path.dirname(packageRoot)) === 'node_modules' ? path.dirname(packageRoot) : undefined
}

const script = (...args: string[]) => ['-s', '-S', '-B', path.join(slotFolder, 'prepare.py'), ...args]

async function look(python: PythonRuntime, env: BackendContext['env']): Promise<Found> {
  try {
    const { stdout } = await execa(python.executable, script('find'), {
      env: lookingEnvironment(env),
      extendEnv: false,
      timeout: FIND_MS,
    })
    return foundSchema.parse(JSON.parse(stdout))
  } catch (error) {
    throw new AppError('sandbox/backend-missing', {
      message: `the toolchains of this machine could not be looked for: ${(error as Error).message}`,
      hint: 'run `assay doctor`',
      cause: error,
    })
  }
}

/** What was found before, as long as every program that was found, and the folders in which such lie, are the same. */
async function remembered(file: string, search: () => Promise<Found>): Promise<Found> {
  try {
    const { stamps, found } = rememberedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const same = Object.entries(stamps).every(([tool, stamp]) => stampOf(tool) === stamp)
    if (same) return found
  } catch {
    // Not there, or of another shape: search.
  }
  const found = await search()
  const tools = Object.values(found).flatMap((one) =>
    Object.values(one.tools).map((tool) => path.resolve(one.root, tool)),
  )
  const folders = [...new Set(tools.map((tool) => path.dirname(tool)))]
  // A folder's own time changes when programs are installed or removed beside those that are known.
  const stamps = Object.fromEntries(
    [...tools, ...folders, '/usr/bin', '/usr/local/bin'].map((one) => [one, stampOf(one)]),
  )
  write(file, JSON.stringify({ stamps, found }))
  return found
}

function stampOf(file: string): string {
  try {
    const { size, mtimeMs } = statSync(file)
    return `${size} ${mtimeMs}`
  } catch {
    return 'absent'
  }
}

/** Files outside /usr are not in a slot by themselves: where they are put. */
function bindsOf(found: Found): Bind[] {
  const binds: Bind[] = []
  for (const [language, { root, tools }] of Object.entries(found)) {
    if (!inUsr(root)) binds.push({ from: root, to: `/opt/tools/${language}` })
    for (const [name, tool] of Object.entries(tools)) {
      const outside = path.isAbsolute(tool) && !inUsr(tool) && !tool.startsWith(`${root}/`)
      if (outside) binds.push({ from: tool, to: `/opt/tools/${language}.${name}/${path.basename(tool)}` })
    }
  }
  return binds
}

const inUsr = (file: string) => file === '/usr' || file.startsWith('/usr/')

function placed({ version, root, tools }: z.infer<typeof toolchain>, binds: readonly Bind[]) {
  const at = (file: string) => {
    const bind = binds.find(({ from }) => file === from || file.startsWith(`${from}/`))
    return bind ? bind.to + file.slice(bind.from.length) : file
  }
  const seen = Object.entries(tools).map(([name, tool]) => [name, path.isAbsolute(tool) ? at(tool) : tool])
  return { version, root: at(root), tools: Object.fromEntries(seen) }
}

/** What a language's preparation is made from: its own files and those that belong to no language. */
function sourcesOf(language: string, all: readonly string[]): string[] {
  const owner = (file: string) => /^(?:support\/)?([a-z]+)/.exec(file)?.[1] ?? ''
  const mine = filesOf(languagesFolder).filter((file) => owner(file) === language || !all.includes(owner(file)))
  return mine.map((file) => `${file} ${sha256(readFileSync(path.join(languagesFolder, file)))}`)
}

/** Marks what is used, and removes what nobody has used for a month. */
function sweep(base: string, used: readonly string[]): void {
  const now = new Date()
  try {
    for (const one of used) utimesSync(one, now, now)
  } catch {
    // A cache that was filled by others and cannot be written: nothing in it is ours to remove.
    return
  }
  for (const name of readdirSync(base)) {
    const one = path.join(base, name)
    if (now.getTime() - (statSync(one, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY) > KEPT_MS) {
      rmSync(one, { recursive: true, force: true })
    }
  }
}

function describe(folder: string, one: z.infer<typeof toolchain>): void {
  const file = path.join(folder, 'toolchain.json')
  if (existsSync(file)) return
  makeFolder(folder)
  write(file, JSON.stringify(one))
}

interface Making extends Pick<BackendContext, 'env' | 'log'> {
  folder: string
  language: string
  one: z.infer<typeof toolchain>
}

/** A language that cannot be prepared still compiles, only slower; so a failure is told and not thrown. */
async function make(python: PythonRuntime, { folder, language, one, env, log }: Making): Promise<void> {
  if (existsSync(path.join(folder, 'made'))) return
  try {
    await execa(python.executable, script('make', folder, language), {
      env: lookingEnvironment(env),
      extendEnv: false,
      timeout: PREPARE_MS,
      input: JSON.stringify(one),
    })
  } catch (error) {
    const told = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1)
    log(
      `sandbox: ${language} could not be prepared, its programs compile more slowly: ${told || (error as Error).message}`,
    )
  }
}

function makeFolder(folder: string): void {
  try {
    makeFolders(folder, 0o755)
  } catch (error) {
    throw denied(folder, error)
  }
}

/** Whole or not at all: another process may be reading it. */
function write(file: string, text: string): void {
  try {
    writeFileSync(`${file}.${process.pid}`, text)
    renameSync(`${file}.${process.pid}`, file)
  } catch (error) {
    rmSync(`${file}.${process.pid}`, { force: true })
    throw denied(file, error)
  }
}

function denied(file: string, error: unknown): AppError {
  if (['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')) {
    return new AppError('store/full', {
      message: `no space for the toolchains' cache: ${(error as Error).message}`,
      hint: 'free about 1 GB there, or choose another folder with ASSAY_CACHE=DIR',
      cause: error,
    })
  }
  return new AppError('store/denied', {
    message: `the cache cannot be written: ${(error as Error).message}`,
    hint: `make ${path.dirname(file)} writable, or choose another folder with ASSAY_CACHE=DIR`,
    cause: error,
  })
}
