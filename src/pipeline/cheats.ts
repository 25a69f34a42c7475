/** Programs that try to pass without solving, for the self-audit. Python only. */
import type { Problem } from '../schemas/problem.js'

const alwaysEqual = (name: string) => `class _Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __hash__(self): return 0
    def __bool__(self): return True
    def __getattr__(self, name): return self
    def __call__(self, *a, **k): return self

def ${name}(*args, **kwargs):
    return _Equal()
`

const exitEarly = (name: string | undefined) =>
  `import os, sys\n${name ? `def ${name}(*args, **kwargs):\n    os._exit(0)\n` : ''}print('{"status": "ok"}')\nsys.stdout.flush()\nos._exit(0)\n`

export interface Cheat {
  readonly what: string
  readonly code: string
}

/** None for other languages, and for problems that are not answered by a program. */
export function cheats(problem: Problem): Cheat[] {
  if (problem.kind !== 'code' || (problem.language ?? 'python') !== 'python') return []
  const name = problem.entryPoint ?? (problem.check.type === 'call' ? problem.check.function : undefined)
  return [
    { what: 'cheat: exits early', code: exitEarly(name) },
    ...(name ? [{ what: 'cheat: always equal', code: alwaysEqual(name) }] : []),
  ]
}
