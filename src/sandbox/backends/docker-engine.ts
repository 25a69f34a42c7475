/** The connection to a container engine (Docker, or one that speaks its API), and its failures in words. */
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type Docker from 'dockerode'
import type { DockerOptions } from 'dockerode'
import { AppError } from '../../base/errors.js'

type Env = Readonly<Record<string, string | undefined>>

/** Where the engine listens, for messages: a socket path or an address. */
export interface Engine {
  readonly docker: Docker
  readonly address: string
}

/** How long an engine may take to say that it is there. */
const pingTimeoutMs = 3_000

/**
 * Connects as the docker client does: DOCKER_HOST (unix:// or tcp://, TLS by DOCKER_TLS_VERIFY and DOCKER_CERT_PATH),
 * else the first default socket that exists. Nothing is sent yet. dockerode is loaded here and not before.
 */
export async function connect(env: Env): Promise<Engine> {
  const { options, address } = engineOptions(env)
  const { default: Client } = await import('dockerode')
  return { docker: new Client(options), address }
}

export function engineOptions(env: Env): { options: DockerOptions; address: string } {
  const given = env.DOCKER_HOST
  if (!given || given.startsWith('unix://')) {
    const socketPath = given?.slice('unix://'.length) || defaultSocket(env)
    return { options: { socketPath, host: undefined }, address: socketPath }
  }
  const url = URL.canParse(given) ? new URL(given) : undefined
  if (!url?.hostname || !['tcp:', 'http:', 'https:'].includes(url.protocol)) {
    throw new AppError('sandbox/backend-missing', {
      message: `DOCKER_HOST is '${given}', which assay cannot connect to`,
      hint: 'give unix:///path/to/docker.sock or tcp://host:port; for ssh:// forward the socket first (ssh -L)',
    })
  }
  const tls = url.protocol === 'https:' || Boolean(env.DOCKER_TLS_VERIFY) || url.port === '2376'
  const options: DockerOptions = {
    host: url.hostname,
    port: url.port || (tls ? '2376' : '2375'),
    protocol: tls ? 'https' : 'http',
    ...(tls ? certificates(env) : {}),
  }
  return { options, address: `${url.hostname}:${options.port}` }
}

function defaultSocket(env: Env): string {
  const home = env.HOME || homedir()
  const known = [
    '/var/run/docker.sock',
    ...(env.XDG_RUNTIME_DIR ? [path.join(env.XDG_RUNTIME_DIR, 'docker.sock')] : []),
    path.join(home, '.docker/run/docker.sock'),
  ]
  return known.find((file) => existsSync(file)) ?? '/var/run/docker.sock'
}

function certificates(env: Env): Pick<DockerOptions, 'ca' | 'cert' | 'key'> {
  const folder = env.DOCKER_CERT_PATH || path.join(env.HOME || homedir(), '.docker')
  const read = (name: string) => readFileSync(path.join(folder, name))
  try {
    return { ca: read('ca.pem'), cert: read('cert.pem'), key: read('key.pem') }
  } catch (cause) {
    throw new AppError('sandbox/backend-missing', {
      message: `the engine wants TLS, but its certificates in ${folder} cannot be read`,
      hint: 'set DOCKER_CERT_PATH to the folder with ca.pem, cert.pem and key.pem',
      cause,
    })
  }
}

/** Asks the engine whether it is there. Throws `sandbox/backend-missing` in words after 3 s at most. */
export async function ping(
  { docker, address }: Engine,
  { signal, timeoutMs = pingTimeoutMs }: { signal?: AbortSignal; timeoutMs?: number } = {},
): Promise<void> {
  const limit = AbortSignal.timeout(timeoutMs)
  try {
    // dockerode takes the signal here as everywhere; its types leave it out.
    const send = docker.ping.bind(docker) as (options: { abortSignal: AbortSignal }) => Promise<unknown>
    await send({ abortSignal: signal ? AbortSignal.any([signal, limit]) : limit })
  } catch (error) {
    stopIfAborted(signal)
    throw engineError(error, address)
  }
}

/** What the engine or the socket said, as `sandbox/backend-missing` with the way out. */
export function engineError(error: unknown, address: string): AppError {
  const { code, name } = error as { code?: string; name?: string }
  const [message, hint] = (() => {
    switch (code) {
      case 'ENOENT':
        return [
          `no container engine: ${address} is not there`,
          'install and start Docker, or set DOCKER_HOST; in a container: mount the engine’s socket',
        ]
      case 'EACCES':
      case 'EPERM':
        return [
          `permission denied on the engine's socket ${address}`,
          'run as a user of the group that owns the socket (usually docker; in a container: --group-add with its number), or set DOCKER_HOST to a rootless engine',
        ]
      case 'ECONNREFUSED':
        return [`nothing answers on ${address}`, 'start the engine (systemctl start docker)']
    }
    if (code === 'ABORT_ERR' || name === 'AbortError' || name === 'TimeoutError') {
      return [`the engine at ${address} did not answer in time`, 'restart it, or set DOCKER_HOST']
    }
    return [
      `the engine at ${address} failed: ${reasonOf(error)}`,
      'look at the engine’s log, or use --backend bubblewrap',
    ]
  })()
  return new AppError('sandbox/backend-missing', { message, hint, cause: error })
}

/** Throws `run/interrupted` when the work was called off: then an error is no trouble of the engine. */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('run/interrupted', { message: 'interrupted', cause: signal.reason })
}

/** The engine's own words, without dockerode's prefix. */
export function reasonOf(error: unknown): string {
  const { json, reason, message } = error as { json?: { message?: string }; reason?: string; message?: string }
  return json?.message || message?.replace(/^\(HTTP code \d+\) /, '').trim() || reason || String(error)
}

/** HTTP status of a refusal by the engine, or undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  return (error as { statusCode?: number }).statusCode
}
