/** The real interpreter behind `python3`: a version manager's shim would start slowly and hide where the library is. */
import { realpathSync } from 'node:fs'
import { execa } from 'execa'

export interface PythonRuntime {
  /** Real file of the interpreter. */
  readonly executable: string
  /** Folder that holds its library, e.g. /usr. */
  readonly prefix: string
  readonly version: string
}

const QUESTION =
  'import sys, json, ctypes; print(json.dumps([sys.executable, sys.base_prefix, "%d.%d.%d" % sys.version_info[:3], sys.version_info[:2] >= (3, 9)]))'

/** The first usable Python of ASSAY_PYTHON, the system's and the one on PATH; undefined when there is none of 3.9 or newer with its whole standard library. */
export async function findPython(
  env: Readonly<Record<string, string | undefined>>,
): Promise<PythonRuntime | undefined> {
  const wanted = env.ASSAY_PYTHON ? [env.ASSAY_PYTHON] : ['/usr/bin/python3', '/usr/local/bin/python3', 'python3']
  for (const command of wanted) {
    const found = await ask(command, env)
    if (found) return found
  }
  return undefined
}

async function ask(
  command: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<PythonRuntime | undefined> {
  try {
    const { stdout } = await execa(command, ['-I', '-c', QUESTION], { env, extendEnv: false, timeout: 20_000 })
    const [executable, prefix, version, recent] = JSON.parse(stdout) as [string, string, string, boolean]
    return recent ? { executable: realpathSync(executable), prefix, version } : undefined
  } catch {
    return undefined
  }
}
