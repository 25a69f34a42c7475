/** Math-Verify 0.9.0 in a Python process of its own; installed when the bench runs, and removed after it. */
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { readLines } from '../../src/base/jsonl.js'

export interface PeerRound {
  readonly cpuMs: number
  readonly verdicts: readonly (boolean | null)[]
  /** Wall time of each pair. */
  readonly ms: readonly number[]
}

export interface Peer {
  readonly round: () => Promise<PeerRound>
  readonly close: () => Promise<void>
}

const requirement = 'math-verify[antlr4_13_2]==0.9.0'
const execute = promisify(execFile)

/** pairs: a file of them. python: one that has Math-Verify; without it, a venv of its own is made in a temporary folder. */
export async function openPeer(pairs: string, python?: string): Promise<Peer> {
  const folder = python === undefined ? await mkdtemp(path.join(tmpdir(), 'assay-math-verify-')) : undefined
  const remove = async () => {
    if (folder) await rm(folder, { recursive: true, force: true })
  }
  try {
    const child = spawn(python ?? (await install(folder ?? '')), [`${import.meta.dirname}/math-verify.py`, pairs], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
    const failed = new Promise<never>((_, reject) => child.on('error', reject))
    const answers = readLines(child.stdout)
    const next = async () => {
      const { value } = await Promise.race([answers.next(), failed])
      if (!value) throw new Error('Math-Verify ended before it answered')
      return JSON.parse(value.text)
    }
    failed.catch(() => {})
    await next()
    return {
      round: async () => {
        child.stdin.write('\n')
        return (await next()) as PeerRound
      },
      close: async () => {
        child.stdin.end()
        await ended
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

async function install(folder: string): Promise<string> {
  console.error(`installing ${requirement} in ${folder}`)
  await execute('python3', ['-m', 'venv', folder])
  await execute(path.join(folder, 'bin/pip'), ['install', '--quiet', requirement])
  return path.join(folder, 'bin/python')
}
