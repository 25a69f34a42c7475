/** `assay verify`: problems and submissions in, verdicts out; a JSON object a line, contracts.md §3. */
import { setMaxListeners } from 'node:events'
import { z } from 'zod'
import { AppError } from '../base/errors.js'
import { nearest } from '../base/nearest.js'
import { loadSet } from '../problems/load.js'
import { openSandbox, type Sandbox } from '../sandbox/open.js'
import type { Submission } from '../schemas/candidate.js'
import { parseAs } from '../schemas/parse.js'
import type { Exec, Verify } from '../schemas/ports.js'
import { type Problem, problemSchema } from '../schemas/problem.js'
import { maxValueDepth, nestedDeeper } from '../schemas/value.js'
import { createVerify } from '../verifiers/verify.js'
import { answerLines } from './answer-lines.js'
import type { CliCommand } from './command.js'
import type { Io } from './io.js'
import { addSandboxOptions, type SandboxFlags, sandboxOptions } from './options.js'

const linesInHand = 32
/** Room for the deepest value and what a problem puts around it. */
const maxLineDepth = maxValueDepth + 50

const requestSchema = z.object({
  id: z.unknown(),
  problem: z.looseObject({}).optional(),
  problemId: z.string().optional(),
  reply: z.string().optional(),
  code: z.string().optional(),
})

type Flags = SandboxFlags & { readonly set?: readonly string[]; readonly strict?: boolean }

export const verifyCommand: CliCommand = {
  id: 'verify',
  register: (program, io, exit) => {
    const command = program
      .command('verify')
      .description('check replies and programs against problems: JSON lines on stdin, verdicts on stdout as they come')
      .option(
        '--set <dir>',
        'problem set that gives problems by id; may be repeated',
        (dir: string, all: string[] = []) => [...all, dir],
      )
      .option('--strict', 'prove accepted programs again with a fork per case (the default)')
      .option('--no-strict', 'accept a program that passed all its cases in one process')
    addSandboxOptions(command).action(async (flags: Flags) => {
      const problems = await problemsById(flags.set ?? [], io)
      const sandbox = sandboxOnDemand(flags, io)
      // Each line in hand listens for the interrupt.
      setMaxListeners(0, io.interrupt)
      try {
        // A backend that was asked for by name is tried at once, not at the first program.
        if (flags.backend || io.env.ASSAY_BACKEND) await sandbox.open()
        const verify = createVerify({ exec: sandbox.exec, strict: flags.strict })
        await answerLines({
          io,
          answer: (value, where) => answerLine(value, where, { problems, verify, io }),
          concurrency: linesInHand,
        })
        if (io.interrupt.aborted) exit(130)
      } finally {
        await sandbox.close()
      }
    })
  },
}

async function problemsById(sets: readonly string[], io: Io): Promise<Map<string, Problem>> {
  const loaded = await Promise.all(sets.map((set) => loadSet(set, { cwd: io.cwd })))
  return new Map(loaded.flatMap(({ problems }) => problems.map((problem) => [problem.id, problem] as const)))
}

/** Math answers need no sandbox, so one is opened by the first program. */
function sandboxOnDemand(flags: Flags, io: Io) {
  let opened: Promise<Sandbox> | undefined
  const open = () => {
    opened ??= openSandbox(sandboxOptions(flags, io))
    return opened
  }
  const exec: Exec = async (request, options) => (await open()).exec(request, options)
  const close = async () => {
    // A sandbox that did not open was reported where it was needed, and there is nothing to close.
    const sandbox = await opened?.catch(() => undefined)
    await sandbox?.close()
  }
  return { open, exec, close }
}

interface Desk {
  readonly problems: ReadonlyMap<string, Problem>
  readonly verify: Verify
  readonly io: Io
}

/** The verdict for one line. Throws for a line that cannot be read, and when no sandbox can be opened. */
async function answerLine(value: object, where: string, { problems, verify, io }: Desk): Promise<object> {
  const startedMs = performance.now()
  if (nestedDeeper(value, maxLineDepth)) {
    throw new AppError('input/malformed', { message: `${where}: nested deeper than ${maxLineDepth} levels` })
  }
  const request = parseAs(requestSchema, value, where)
  const problem = problemOf(request, problems, where)
  const submission = submissionOf(request, where)
  const { verdict } = await verify(problem, submission, { signal: io.interrupt })
  return { ...verdict, ms: Math.round(performance.now() - startedMs) }
}

type Request = z.infer<typeof requestSchema>

function problemOf({ problem, problemId }: Request, known: ReadonlyMap<string, Problem>, where: string): Problem {
  if ((problem === undefined) === (problemId === undefined)) {
    throw new AppError('input/malformed', { message: `${where}: give exactly one of problem and problemId` })
  }
  if (problem !== undefined) return inlineProblem(problem, where)
  const found = known.get(problemId ?? '')
  if (found) return found
  const guess = nearest(problemId ?? '', [...known.keys()])
  throw new AppError('problems/unknown-id', {
    message: `${where}: no problem '${problemId}' in the ${known.size} problems that --set gave`,
    hint: guess ? `did you mean '${guess}'?` : 'name the set with --set DIR, or send the problem itself',
  })
}

/** What a verdict does not depend on may be left out of a problem that is sent along. */
const undescribed = {
  v: 1,
  id: 'request/problem',
  set: 'request',
  license: 'not given',
  source: 'request',
  statement: 'not given',
  skills: ['not given'],
  level: 0,
} as const

function inlineProblem(given: object, where: string): Problem {
  const isAnswer = (given as { check?: { type?: unknown } }).check?.type === 'answer'
  const value = structuredClone({ ...undescribed, kind: isAnswer ? 'math' : 'code', ...given })
  return parseAs(problemSchema, withoutUnknownKeys(value), `${where}: problem`)
}

/** Unknown keys of a request line are ignored, at every depth. */
function withoutUnknownKeys(value: object): object {
  const result = problemSchema.safeParse(value)
  for (const issue of result.error?.issues ?? []) {
    if (issue.code !== 'unrecognized_keys') continue
    let at: unknown = value
    for (const step of issue.path) at = (at as Record<PropertyKey, unknown> | undefined)?.[step]
    for (const key of issue.keys) Reflect.deleteProperty(Object(at), key)
  }
  return value
}

function submissionOf({ reply, code }: Request, where: string): Submission {
  if ((reply === undefined) === (code === undefined)) {
    throw new AppError('input/malformed', { message: `${where}: give exactly one of reply and code` })
  }
  if (code !== undefined) return { kind: 'code', code }
  return { kind: 'reply', form: 'any', style: 'chat', prefix: '', text: reply ?? '' }
}
