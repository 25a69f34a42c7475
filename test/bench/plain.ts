/** The same work without a sandbox: a plain process for each case, after compiling by hand where that is needed. */
import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../../src/base/paths.js'
import { lookingEnvironment } from '../../src/sandbox/backends/toolchains.js'
import { inputs, outputs } from './programs.js'

const slotFolder = path.join(packageRoot, 'sandboxes/slot')

interface ProcessOptions {
  readonly stdin?: string
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** What a process prints. Throws when it fails. */
export function output(argv: readonly string[], { stdin = '', cwd, env }: ProcessOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const [program = '', ...args] = argv
    const child = spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] })
    let [out, complaint] = ['', '']
    child.stdout.on('data', (piece) => {
      out += piece
    })
    child.stderr.on('data', (piece) => {
      complaint += piece
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`${program}: exit code ${code}: ${complaint.slice(-500)}`)),
    )
    child.stdin.on('error', () => {})
    child.stdin.end(stdin)
  })
}

/** One case after the other of a Python program, a process each. */
export function plainCases(python: string, code: string): () => Promise<number> {
  let next = 0
  return async () => {
    const at = next++ % inputs.length
    const out = await output([python, '-I', '-S', '-c', code], { stdin: inputs[at] })
    if (out !== outputs[at]) throw new Error(`a plain process printed ${JSON.stringify(out)}`)
    return 1
  }
}

const commandSchema = z.object({ argv: z.array(z.string()).min(1), env: z.record(z.string(), z.string()) })
const byHandSchema = z.object({
  version: z.string(),
  main: z.string(),
  build: commandSchema.nullable(),
  run: commandSchema,
})

export interface ByHand {
  readonly version: string
  /** Compiles a text, if that is needed, and runs all cases. */
  readonly program: (text: string) => Promise<number>
  readonly close: () => void
}

/** How a slot would do it without any of its levers: the same commands, the same flags. */
export async function byHand(python: string, language: string, example: string): Promise<ByHand> {
  const folder = mkdtempSync(path.join(tmpdir(), `assay-bench-${language}-`))
  const close = () => rmSync(folder, { recursive: true, force: true })
  const template = path.join(folder, 'template')
  mkdirSync(template)
  try {
    const script = path.join(packageRoot, 'test/bench/by-hand.py')
    const env = lookingEnvironment(process.env)
    const told = await output([python, script, slotFolder, language, template], { stdin: example, env })
    const { version, main, build, run } = byHandSchema.parse(JSON.parse(told))
    let turn = 0
    const program = async (text: string) => {
      // Several are compiled at one time, so each has a folder of its own.
      const own = path.join(folder, String(++turn))
      cpSync(template, own, { recursive: true })
      writeFileSync(path.join(own, main), text)
      const runIn = ({ argv, env }: z.infer<typeof commandSchema>, stdin = '') =>
        output(
          argv.map((word) => word.replaceAll(template, own)),
          { cwd: own, env, stdin },
        )
      try {
        if (build) await runIn(build)
        for (const [n, stdin] of inputs.entries()) {
          const out = await runIn(run, stdin)
          if (out !== outputs[n]) throw new Error(`${language} by hand printed ${JSON.stringify(out)}`)
        }
        return 1
      } finally {
        rmSync(own, { recursive: true, force: true })
      }
    }
    return { version, program, close }
  } catch (error) {
    close()
    throw error
  }
}
