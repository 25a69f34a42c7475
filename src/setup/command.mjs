import { spawn } from 'node:child_process'

/**
 * Runs a program and collects what it prints, both streams together.
 * Resolves with {code, output, missing}; missing: there is no such program; code: null when it was ended by the time limit.
 */
export function command(file, args, { timeoutMs, env = process.env, cwd } = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const pieces = []
    let timer
    const done = (result) => {
      clearTimeout(timer)
      resolve({ output: Buffer.concat(pieces).toString('utf8').trim(), missing: false, ...result })
    }
    if (timeoutMs) timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
    child.stdout.on('data', (piece) => pieces.push(piece))
    child.stderr.on('data', (piece) => pieces.push(piece))
    child.once('error', (error) => done({ code: 127, missing: error.code === 'ENOENT', output: error.message }))
    child.once('close', (code) => done({ code }))
  })
}

/** The last lines of an output, indented, for a message. */
export const tail = (output, lines = 15) =>
  output
    .split('\n')
    .slice(-lines)
    .map((line) => `  | ${line}`)
    .join('\n')
