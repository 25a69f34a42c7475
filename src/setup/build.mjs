import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, lstat, mkdir, readdir, readFile, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { command, tail } from './command.mjs'
import { isAlive } from './lock.mjs'
import { SetupError, say } from './say.mjs'

const ENTRY = 'dist/cli/main.js'
const STAMP = '.assay-build'
/** As `npm ci` would link the `bin` of package.json, had it been built by then. */
const LINK = 'node_modules/.bin/assay'
const LINK_TARGET = `../../${ENTRY}`

/** The step that compiles src to dist and links the command `assay`. */
export function build(root) {
  const at = (...parts) => path.join(root, ...parts)
  return {
    async ready() {
      const found = await readFile(at('dist', STAMP), 'utf8').catch(() => undefined)
      if (found === undefined || !existsSync(at(ENTRY)) || found !== (await sourceHash(root))) return false
      return (await readlink(at(LINK)).catch(() => undefined)) === LINK_TARGET
    },
    async run() {
      const hash = await sourceHash(root)
      const found = await readFile(at('dist', STAMP), 'utf8').catch(() => undefined)
      if (found !== hash || !existsSync(at(ENTRY))) await compile(root, hash)
      await link(root)
    },
  }
}

/** Hash of everything that decides what is built: names and contents, not times, so that a copy needs no rebuild. */
export async function sourceHash(root) {
  const entries = await readdir(path.join(root, 'src'), { recursive: true, withFileTypes: true })
  const sources = entries
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
  const files = [...sources, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'].sort()
  const hash = createHash('sha256')
  for (const file of files) {
    const text = await readFile(path.join(root, file))
    hash.update(`${file}\0${text.length}\0`).update(text)
  }
  return hash.digest('hex')
}

/** Builds beside dist and swaps: a command that runs from dist meanwhile finds either all old or all new files. */
async function compile(root, hash) {
  say('building dist from src (tsc, a few seconds)')
  await sweep(root)
  const fresh = path.join(root, `dist.new-${process.pid}`)
  const old = path.join(root, `dist.old-${process.pid}`)
  try {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc')
    const { code, output } = await command(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh], {
      cwd: root,
    })
    if (code !== 0) {
      throw new SetupError(
        `the build failed\n${tail(output, 30)}`,
        'fix the errors above, or take an unchanged checkout',
        1,
      )
    }
    await chmod(path.join(fresh, 'cli/main.js'), 0o755)
    await writeFile(path.join(fresh, STAMP), hash)
    if (existsSync(path.join(root, 'dist'))) await rename(path.join(root, 'dist'), old)
    await rename(fresh, path.join(root, 'dist'))
  } finally {
    await rm(old, { recursive: true, force: true })
    await rm(fresh, { recursive: true, force: true })
  }
}

/** Folders of builds that were killed. */
async function sweep(root) {
  for (const name of await readdir(root)) {
    const pid = /^dist\.(?:new|old)-(\d+)$/.exec(name)?.[1]
    if (pid && !isAlive(Number(pid))) await rm(path.join(root, name), { recursive: true, force: true })
  }
}

async function link(root) {
  const file = path.join(root, LINK)
  if ((await readlink(file).catch(() => undefined)) === LINK_TARGET) return
  await mkdir(path.dirname(file), { recursive: true })
  if (await lstat(file).catch(() => undefined)) await rm(file, { force: true })
  await symlink(LINK_TARGET, file)
}
