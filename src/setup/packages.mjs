import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { command, tail } from './command.mjs'
import { needSpace } from './disk.mjs'
import { SetupError, say, size } from './say.mjs'

/** Measured (341 MiB): node_modules after `npm ci` from an empty folder on Linux x64. */
const INSTALLED_BYTES = 360e6

/** The step that installs node_modules from package-lock.json. */
export function installPackages(root) {
  const stampFile = path.join(root, 'node_modules/.assay-setup')
  const read = (file) => readFile(path.join(root, file), 'utf8').catch(() => undefined)
  const stamp = async () =>
    createHash('sha256')
      .update((await read('package-lock.json')) ?? '')
      .digest('hex')

  return {
    async ready() {
      const [wanted, found] = [await stamp(), await readFile(stampFile, 'utf8').catch(() => undefined)]
      const manifest = JSON.parse(await read('package.json'))
      if (missingPackages(manifest, (name) => existsSync(path.join(root, 'node_modules', name))).length > 0)
        return false
      if (found === wanted) return true
      // npm ci may have been run by hand: what it wrote down says whether it was from this lock file.
      const [lock, installed] = [await read('package-lock.json'), await read('node_modules/.package-lock.json')]
      if (!lock || !installed || !sameVersions(JSON.parse(lock), JSON.parse(installed))) return false
      await writeFile(stampFile, wanted).catch(() => {})
      return true
    },
    async run(env) {
      const lock = await read('package-lock.json')
      if (!lock) throw new SetupError('package-lock.json is missing', 'this checkout is incomplete: clone it again')
      const count = Object.keys(JSON.parse(lock).packages).filter(Boolean).length
      await needSpace(root, INSTALLED_BYTES, 'the packages', 'free some space, or clone into a bigger disk')
      say(`installing the packages of package-lock.json with npm ci (up to ${count}, about ${size(INSTALLED_BYTES)})`)
      const { code, output, missing } = await npm(root, env)
      if (code !== 0) throw installFailed(output, missing)
      await writeFile(stampFile, await stamp())
    },
  }
}

/** Names of direct dependencies that are not installed. */
export function missingPackages({ dependencies = {}, devDependencies = {} }, isInstalled) {
  return Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !isInstalled(name))
}

/** True when every package that npm wrote down has the version of the lock file, and only optional ones are left out. */
export function sameVersions(lock, installed) {
  const wanted = Object.entries(lock.packages).filter(([where]) => where.startsWith('node_modules/'))
  return wanted.every(([where, { version, optional, link }]) => {
    const found = installed.packages[where]
    return found ? Boolean(link) || found.version === version : Boolean(optional)
  })
}

/** Under `npm start`, the npm that runs us; else the one on PATH. The build needs the development packages too. */
function npm(root, env) {
  // npm's own waits between its three tries add up to more than a minute, which is long for a machine without a network.
  const patience = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', ...patience]
  const own = env.npm_execpath?.endsWith('.js') ? env.npm_execpath : undefined
  return own ? command(process.execPath, [own, ...args], { cwd: root, env }) : command('npm', args, { cwd: root, env })
}

/** What npm said, as one cause and the way out. */
export function installFailed(output, missing = false) {
  if (missing) return new SetupError('npm is not on the PATH', 'install npm (it comes with Node) and run again')
  const [reason, hint] = installCause(output)
  return new SetupError(`the packages could not be installed: ${reason}\n${tail(output)}`, hint)
}

const causes = [
  [
    /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ENOTCACHED|ERR_SOCKET_TIMEOUT/,
    'npm cannot reach its registry',
    'set-up needs the network once; check it, npm’s `registry` and `proxy` settings, and run the same command again',
  ],
  [/ENOSPC|EDQUOT/, 'the disk is full', 'free about 1 GB (npm keeps a cache beside node_modules) and run again'],
  [
    /EACCES|EPERM|EROFS/,
    'a folder is not writable',
    'run as the user that owns the checkout and npm’s cache (`npm config get cache`)',
  ],
  [
    /SELF_SIGNED_CERT|UNABLE_TO_GET_ISSUER|UNABLE_TO_VERIFY/,
    'the certificate of the registry is not trusted',
    'set NODE_EXTRA_CA_CERTS to the certificate of your proxy',
  ],
  [
    /EUSAGE/,
    'package.json and package-lock.json do not agree',
    'take both from the same commit (git checkout package.json package-lock.json)',
  ],
]

const installCause = (output) =>
  causes.find(([pattern]) => pattern.test(output))?.slice(1) ?? ['npm ci failed', 'run `npm ci` to see all of it']
