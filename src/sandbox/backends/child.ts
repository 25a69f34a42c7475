import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { SlotProcess } from '../backend.js'

/**
 * A slot over a child process with piped stdin, stdout and stderr.
 * cleanUp: what must be removed once the process is gone.
 */
export function slotOfChild(child: ChildProcess, cleanUp: () => Promise<void> = async () => {}): SlotProcess {
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message))
    child.once('close', (code, signal) => resolve(signal ? `ended by ${signal}` : `ended with exit code ${code}`))
  })
  const exited = ended.then(async (reason) => {
    await cleanUp()
    return reason
  })
  // A slot that dies while it is written to is seen through `exited`.
  child.stdin?.on('error', () => {})
  return {
    stdin: child.stdin as Writable,
    stdout: child.stdout as Readable,
    stderr: child.stderr as Readable,
    exited,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}
