/** Asks a checker about outputs, each in a fork of its own, in as few requests as their size allows. */
import type { CheckOf } from '../schemas/check.js'
import type { ExecCaseResult, ExecResult, Limits } from '../schemas/exec.js'
import type { ExecOptions, VerifierPorts } from '../schemas/ports.js'
import { caseName } from './cases.js'
import { type CheckerCase, checkerProgram, checkerStdin } from './checker-programs.js'
import { broken, type Judged, judgedBy } from './checker-protocols.js'
import { compilerWords } from './compiler-words.js'
import { settled } from './doubt.js'

type Checker = CheckOf<'checker'>['checker']

/** An output of a case, with what the checker is given beside it. */
export interface Asked extends CheckerCase {
  readonly index: number
}

/** A checker's own limits: those of the problem are meant for candidates. */
const checkerLimits: Partial<Limits> = {
  cpuMs: 10_000,
  wallMs: 30_000,
  memoryBytes: 1 << 30,
  fileBytes: 256 << 20,
}
/** Texts of one request. */
const maxRequestChars = 32 << 20

/** What the checker says, in the order of `asked`. A limit that it reached beside others is settled first, as doubt.ts says. */
export async function askChecker(checker: Checker, asked: readonly Asked[], ports: VerifierPorts): Promise<Judged[]> {
  const judged: Judged[] = []
  for (const group of bySize(asked)) judged.push(...(await askGroup(checker, group, ports)))
  return judged
}

interface Read extends Judged {
  /** A limit of the checker that was reached, and may not be when it runs alone. */
  readonly limit?: 'time_limit' | 'memory_limit'
}

async function askGroup(checker: Checker, group: readonly Asked[], ports: VerifierPorts): Promise<Judged[]> {
  const judged = read(checker, group, await execute(checker, group, ports))
  for (const [at, one] of group.entries()) {
    const seen = judged[at]
    if (!seen?.limit) continue
    const again = async (options: ExecOptions) => {
      const [result = missing] = read(checker, [one], await execute(checker, [one], ports, options))
      return { result, status: result.limit ?? result.status }
    }
    judged[at] = (await settled({ result: seen, status: seen.limit }, again)).result
  }
  return judged
}

const missing: Read = { status: 'sandbox_error', reason: 'the sandbox gave no result for the checker' }

function execute(
  checker: Checker,
  group: readonly Asked[],
  { exec, signal }: VerifierPorts,
  options: ExecOptions = {},
): Promise<ExecResult> {
  const program = checkerProgram(checker)
  if (!program) throw new Error(`no way to run a checker in ${checker.language}`)
  const cases = group.map((one) => ({ id: caseName(one.index), stdin: checkerStdin(one) }))
  return exec({ ...program, cases, limits: checkerLimits, mode: 'strict' }, { ...options, signal })
}

function bySize(asked: readonly Asked[]): Asked[][] {
  const groups: Asked[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const one of asked) {
    const own = one.input.length + one.output.length + one.answer.length
    size += own
    if (size > maxRequestChars) {
      groups.push([])
      size = own
    }
    groups.at(-1)?.push(one)
  }
  return groups
}

function read(checker: Checker, group: readonly Asked[], { compile, cases }: ExecResult): Read[] {
  if (compile && compile.status !== 'ok') {
    const words = compilerWords(compile)
    const failed: Read =
      compile.status === 'sandbox_error'
        ? { status: 'sandbox_error', reason: `the checker could not be compiled: ${words}` }
        : { status: 'bad_problem', reason: `the checker does not compile: ${words}${missingHeader(words)}` }
    return group.map(() => failed)
  }
  const byId = new Map(cases.map((result) => [result.id, result]))
  return group.map(({ index }) => {
    const result = byId.get(caseName(index))
    return result ? readOne(checker, result) : missing
  })
}

const missingHeader = (words: string) =>
  /No such file|not found/i.test(words) ? '; what it includes must be among the files of the check' : ''

const limits: Partial<Record<ExecCaseResult['status'], string>> = {
  time_limit: 'reached its time limit',
  memory_limit: 'reached its memory limit',
  output_limit: 'reached its output limit',
}

function readOne({ protocol }: Checker, result: ExecCaseResult): Read {
  const { status, error, stderr } = result
  if (status === 'sandbox_error')
    return { status, reason: `the sandbox failed while the checker ran${error ? `: ${error}` : ''}` }
  const limit = limits[status]
  if (limit === undefined) return judgedBy(protocol, result)
  const told = broken(limit, stderr)
  return status === 'time_limit' || status === 'memory_limit' ? { ...told, limit: status } : told
}
