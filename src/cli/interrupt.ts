/** Ctrl-C: the first one ends the work in order, the second one at once. */
import type { EventEmitter } from 'node:events'

/** npm and shells pass a Ctrl-C on that the terminal has sent already; what comes this soon is the same one. */
const SAME_MS = 150

export interface InterruptWorld {
  readonly say: (line: string) => void
  readonly exit: (code: number) => void
  readonly nowMs: () => number
}

/** Aborted by the first SIGINT or SIGTERM of `source`, which is the process. */
export function interruptBySignals(source: EventEmitter, { say, exit, nowMs }: InterruptWorld): AbortSignal {
  const interrupt = new AbortController()
  let firstMs = 0
  const onSignal = () => {
    if (interrupt.signal.aborted) {
      if (nowMs() - firstMs >= SAME_MS) exit(130)
      return
    }
    firstMs = nowMs()
    say('finishing what is in flight; Ctrl-C again stops at once')
    interrupt.abort()
  }
  for (const signal of ['SIGINT', 'SIGTERM']) source.on(signal, onSignal)
  return interrupt.signal
}
