/** Starts the command line as a process of its own, as a user does. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

export interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

const root = path.resolve(import.meta.dirname, '../..')

export function launch(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Running {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), path.join(root, 'src/cli/main.ts'), ...args],
    {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const text = { stdout: '', stderr: '' }
  child.stdout.on('data', (piece: Buffer) => {
    text.stdout += piece.toString()
  })
  child.stderr.on('data', (piece: Buffer) => {
    text.stderr += piece.toString()
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, ...text }))
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended }
}

export const assay = (args: readonly string[], options?: Parameters<typeof launch>[1]) => launch(args, options).ended

/** A folder of its own, removed at the end of the test. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-e2e-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}
