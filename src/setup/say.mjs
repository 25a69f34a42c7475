// What set-up tells people. All of it goes to stderr: stdout belongs to the command that follows.

/** A part of set-up that cannot be done here, with the way out. The process ends with its exit code (3: environment). */
export class SetupError extends Error {
  constructor(message, hint, exitCode = 3) {
    super(message)
    this.name = 'SetupError'
    this.hint = hint
    this.exitCode = exitCode
  }
}

export const say = (line) => void process.stderr.write(`setup: ${line}\n`)

/** 98362432 → `98 MB`. */
export function size(bytes) {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

/** Tells how far a transfer is: one line drawn again on a terminal, a line every ten seconds elsewhere. */
export function transfer(what, total, { stream = process.stderr, now = Date.now } = {}) {
  const everyMs = stream.isTTY ? 200 : 10_000
  let last = now()
  const text = (done) => `${what}: ${size(done)} of ${size(total)} (${Math.floor((done / total) * 100)} %)`
  return {
    at(done) {
      if (now() - last < everyMs) return
      last = now()
      stream.write(stream.isTTY ? `\r\x1b[Ksetup: ${text(done)}` : `setup: ${text(done)}\n`)
    },
    end() {
      if (stream.isTTY) stream.write('\r\x1b[K')
    },
  }
}
