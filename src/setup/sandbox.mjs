import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { homedir } from 'node:os'
import path from 'node:path'
import { command, tail } from './command.mjs'
import { SetupError, say } from './say.mjs'

const ENGINE_TIMEOUT_MS = 2_000
const COMMAND_TIMEOUT_MS = 10_000

/** Makes sure that programs can be run in isolation: a container engine that answers, or bubblewrap, installed if need be. */
export async function findSandbox(env) {
  const state = await look(env)
  const decision = decide(state)
  if (decision.do === 'nothing') return
  if (decision.do === 'refuse') throw new SetupError(decision.message, decision.hint)
  await installBubblewrap()
  const after = decide({ ...(await look(env)), canInstall: false })
  if (after.do !== 'nothing') throw new SetupError(after.message, after.hint)
}

/**
 * What to do about the sandbox, from the facts. Pure.
 * wanted: ASSAY_BACKEND; engine: a container engine answers; bubblewrap: 'works', 'missing', or why it cannot start a jail;
 * python: python3 can be started; canInstall: root on a system with apt-get.
 */
export function decide({ wanted, engine, bubblewrap, python, canInstall, platform }) {
  if (wanted?.startsWith('unsafe')) return { do: 'nothing' }
  const wantsEngine = wanted?.startsWith('docker')
  if (engine && wanted !== 'bubblewrap') return { do: 'nothing' }
  if (wantsEngine) {
    return {
      do: 'refuse',
      message: `ASSAY_BACKEND is ${wanted}, but no container engine answers`,
      hint: 'start it (systemctl start docker), set DOCKER_HOST, or unset ASSAY_BACKEND',
    }
  }
  if (platform !== 'linux') {
    return {
      do: 'refuse',
      message: 'no sandbox: no container engine answers, and bubblewrap exists on Linux only',
      hint: 'install and start Docker Desktop, Colima or Podman’s Docker socket, then run the same command again',
    }
  }
  if (!python) {
    return {
      do: 'refuse',
      message: 'python3 is not on the PATH; the bubblewrap sandbox runs programs with it',
      hint: 'install it (Debian, Ubuntu: apt-get install python3; Fedora: dnf install python3), or start a container engine',
    }
  }
  if (bubblewrap === 'works') return { do: 'nothing' }
  if (bubblewrap === 'missing') return canInstall ? { do: 'install' } : notInstalled()
  return {
    do: 'refuse',
    message: `bubblewrap is installed but cannot start a jail here: ${bubblewrap}`,
    hint: userNamespaces(bubblewrap),
  }
}

const notInstalled = () => ({
  do: 'refuse',
  message: 'no sandbox: no container engine answers and bubblewrap is not installed; installing it needs root',
  hint: [
    'one of these, then run the same command again:',
    '    sudo apt-get install bubblewrap     (Debian, Ubuntu; about 150 kB)',
    '    sudo dnf install bubblewrap         (Fedora, RHEL)',
    '    sudo pacman -S bubblewrap           (Arch)',
    '    start Docker, or add yourself to its group',
  ].join('\n'),
})

const userNamespaces = (reason) =>
  /setting up uid map|No permissions to create|Creating new namespace failed|Operation not permitted/i.test(reason)
    ? [
        'this kernel refuses user namespaces to your user; one of these:',
        '    sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0   (Ubuntu 23.10 and newer)',
        '    sudo sysctl -w kernel.unprivileged_userns_clone=1               (older Debian)',
        '    in a container: --security-opt seccomp=unconfined --security-opt apparmor=unconfined --cap-add SYS_ADMIN',
        '    start Docker instead',
      ].join('\n')
    : 'start Docker instead, or see why: bwrap --ro-bind / / --unshare-pid --unshare-net true'

async function look(env) {
  const wanted = env.ASSAY_BACKEND || undefined
  const platform = process.platform
  const engine = await engineAnswers(env)
  if (engine && wanted !== 'bubblewrap') return { wanted, platform, engine }
  const [bubblewrap, python] = await Promise.all([jailWorks(env), pythonWorks(env)])
  return { wanted, platform, engine, bubblewrap, python, canInstall: process.getuid?.() === 0 && hasApt() }
}

const hasApt = () => existsSync('/usr/bin/apt-get') && existsSync('/etc/debian_version')

/** Where the engine listens: DOCKER_HOST, else the first default socket that exists. Undefined: nowhere to ask. */
export function engineAddress(env, exists = existsSync) {
  const given = env.DOCKER_HOST
  if (given?.startsWith('unix://')) return { socketPath: given.slice('unix://'.length) }
  if (given && URL.canParse(given)) {
    const { hostname, port } = new URL(given)
    return { host: hostname, port: Number(port) || 2375 }
  }
  const sockets = [
    '/var/run/docker.sock',
    ...(env.XDG_RUNTIME_DIR ? [path.join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
    path.join(env.HOME || homedir(), '.docker/run/docker.sock'),
  ]
  const socketPath = sockets.find((file) => exists(file))
  return socketPath ? { socketPath } : undefined
}

/** Asks over the engine's API: the docker command need not be there, and a dead engine costs little time. */
function engineAnswers(env) {
  const address = engineAddress(env)
  if (!address) return Promise.resolve(false)
  // TLS needs certificates; the client's own command knows where they are.
  if (env.DOCKER_TLS_VERIFY) {
    return command('docker', ['info'], { timeoutMs: ENGINE_TIMEOUT_MS, env }).then(({ code }) => code === 0)
  }
  return new Promise((resolve) => {
    const asked = request({ ...address, path: '/_ping', timeout: ENGINE_TIMEOUT_MS }, (reply) => {
      reply.resume()
      resolve(reply.statusCode === 200)
    })
    asked.once('timeout', () => asked.destroy())
    asked.once('error', () => resolve(false))
    asked.end()
  })
}

/** Started by root it needs no user namespace; otherwise it does. The backend starts its slots the same way. */
async function jailWorks(env) {
  const namespaces =
    process.getuid?.() === 0
      ? ['--unshare-pid', '--unshare-net', '--unshare-ipc', '--unshare-uts']
      : ['--unshare-all', '--unshare-user']
  const { code, output, missing } = await command(
    'bwrap',
    [...namespaces, '--die-with-parent', '--ro-bind', '/', '/', '--proc', '/proc', '--dev', '/dev', '/bin/true'],
    { timeoutMs: COMMAND_TIMEOUT_MS, env },
  )
  if (missing) return 'missing'
  return code === 0 ? 'works' : output || `it ended with code ${code}`
}

async function pythonWorks(env) {
  return (await command('python3', ['-I', '-S', '-c', ''], { timeoutMs: COMMAND_TIMEOUT_MS, env })).code === 0
}

async function installBubblewrap() {
  say('installing the sandbox: Debian package bubblewrap (about 150 kB) with apt-get')
  const apt = (...args) =>
    command('apt-get', ['-o', 'DPkg::Lock::Timeout=60', ...args], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  const install = () => apt('install', '-y', '--no-install-recommends', 'bubblewrap')
  let result = await install()
  if (result.code !== 0) {
    say('refreshing the package lists (apt-get update)')
    const update = await apt('update')
    if (update.code === 0) result = await install()
    else result = update
  }
  if (result.code === 0) return
  const full = /No space left|ENOSPC/.test(result.output)
  throw new SetupError(
    `bubblewrap could not be installed: ${full ? 'the disk is full' : 'apt-get failed'}\n${tail(result.output, 8)}`,
    full
      ? 'free some space and run again'
      : 'set-up needs the network once: check it and run again, or install bubblewrap by hand, or start a container engine',
  )
}
