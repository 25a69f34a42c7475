/** ExecRequest → ExecResult: the request is checked and completed, run by the pool, and its cases get their ids back. */
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { lookup } from '../base/registry.js'
import {
  type ExecCaseResult,
  type ExecResult,
  execRequestSchema,
  type Limits,
  type ParsedExecRequest,
  type SlotInfo,
  withTimeFactor,
} from '../schemas/exec.js'
import { parseAs } from '../schemas/parse.js'
import type { Exec } from '../schemas/ports.js'
import { languages } from './languages/index.js'
import type { Language } from './languages/language.js'
import { hungAfterMs, resolveLimits } from './limits.js'
import type { Pool } from './pool.js'
import type { AgentFile, AgentReply, AgentRequest } from './protocol.js'
import { Turns } from './turns.js'

/** What building may take: a minute each (sandboxes/slot/assay_slot/build.py), and tests have up to four programs. */
const BUILDING_MS = 260_000

/** The slots that programs of a language run in. */
export interface Place {
  readonly pool: Pool
  readonly slot: SlotInfo
}

/**
 * Runs requests on the slots of their language. Throws `input/malformed` and `usage/bad-option` for a request that no
 * sandbox can run, and what placeOf throws; trouble of the sandbox is the status `sandbox_error`.
 */
export function createExec(placeOf: (language: Language) => Promise<Place>): Exec {
  const turns = new Turns()
  return async (input, { signal, alone, timeFactor } = {}) => {
    const request = parsed(input)
    const language: Language = lookup(languages, request.language, 'language')
    const limits = resolveLimits(request.limits, language.limits)
    const agentRequest = toAgent(request, language, withTimeFactor(limits, timeFactor ?? 1))
    const { pool, slot } = await placeOf(language)
    try {
      const run = () => pool.run(agentRequest, { timeoutMs: longest(agentRequest, language), signal })
      const reply = await turns.run(run, { alone, signal })
      if (reply.refused !== undefined)
        throw new AppError('input/malformed', { message: `exec request: ${reply.refused}` })
      return { ...toResult(request, reply), limits, slot }
    } catch (error) {
      if (error instanceof AppError && error.code === 'sandbox/agent-died')
        return { ...broken(request, error.message), limits, slot }
      throw error
    }
  }
}

/** The schema walks values by recursion, so arguments nested some thousand levels deep end its stack. */
function parsed(input: unknown): ParsedExecRequest {
  try {
    return parseAs(execRequestSchema, input, 'exec request')
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new AppError('input/malformed', { message: 'exec request: a value is nested too deeply' })
  }
}

function toAgent(request: ParsedExecRequest, language: Language, limits: Limits): AgentRequest {
  const files = request.files ?? [{ path: language.fileName, text: request.code ?? '' }]
  for (const file of files) checkPath(file.path)
  checkConflicts(
    files.map((file) => file.path),
    language,
  )
  if (!language.calls && request.cases.some((one) => one.call !== undefined)) refuse(language, 'call')
  if (!language.tests && request.tests !== undefined) refuse(language, 'tests')
  for (const [index, one] of request.cases.entries()) {
    if (one.stdin === undefined || one.call === undefined) continue
    throw new AppError('input/malformed', { message: `exec request: cases.${index}: give stdin or call, not both` })
  }
  return {
    language: language.id,
    files: files.map(asText),
    cases: request.cases.map(({ stdin, call }) => (call ? { call } : { stdin: stdin ?? '' })),
    limits,
    mode: request.mode,
    compileOnly: request.compileOnly,
    tests: request.tests,
  }
}

/** The main file travels as text; another one may hold any bytes. */
function asText(file: AgentFile, index: number): AgentFile {
  if (file.base64 === undefined || index > 0) return file
  return { path: file.path, text: Buffer.from(file.base64, 'base64').toString('utf8') }
}

function checkPath(file: string): void {
  const inside = path.posix.normalize(file)
  // One that begins with a dash would be an option to a compiler.
  const plain = inside === file && !/^[.-]$|^-/.test(file) && !file.endsWith('/') && !/\0|\p{Surrogate}/u.test(file)
  const short = Buffer.byteLength(file) <= 1_000 && file.split('/').every((part) => Buffer.byteLength(part) <= 255)
  if (!path.posix.isAbsolute(file) && plain && short && !inside.startsWith('..')) return
  throw new AppError('input/malformed', {
    message: `exec request: file path '${file.slice(0, 100)}' leaves the program's folder, begins with a dash, is too long or is not in its shortest form`,
    hint: 'use a relative path such as data/words.txt',
  })
}

/** Python's main file is never written, so its path is free for another. */
function checkConflicts(all: readonly string[], { slot }: Language): void {
  const paths = slot === 'python' ? all.slice(1) : all
  const files = new Set(paths)
  for (const [index, file] of paths.entries()) {
    const folders = file.split('/').slice(0, -1)
    const taken = folders.map((_, depth) => folders.slice(0, depth + 1).join('/')).find((folder) => files.has(folder))
    if (taken === undefined && paths.indexOf(file) === index) continue
    throw new AppError('input/malformed', {
      message: `exec request: file path '${file}' ${taken === undefined ? 'stands twice' : `needs '${taken}' to be a folder`}`,
      hint: 'give every file a path of its own',
    })
  }
}

function refuse(language: Language, what: string): never {
  throw new AppError('usage/bad-option', { message: `${language.name} programs cannot be run with '${what}'` })
}

/** Every case may use its whole wall time, once in a batch and once more in a fork of its own. */
function longest({ cases, limits, tests }: AgentRequest, { slot }: Language): number {
  const built = slot === 'python' ? 0 : BUILDING_MS
  return Math.min(2 ** 31 - 1, hungAfterMs(Math.max(1, cases.length) + (tests ? 3 : 0), limits) + built)
}

function toResult(request: ParsedExecRequest, reply: AgentReply): Omit<ExecResult, 'limits' | 'slot'> {
  const cases = reply.cases ?? []
  return {
    compile: reply.compile ?? null,
    // Nothing runs when only compilation is asked for.
    cases: (request.compileOnly ? [] : request.cases).map(({ id }, index) => ({
      id: id ?? String(index),
      ...(cases[index] ?? failedCase('the slot gave no result for this case')),
    })),
    mode: request.mode,
    ...(reply.tests ? { tests: reply.tests } : {}),
  }
}

function broken(request: ParsedExecRequest, reason: string): Omit<ExecResult, 'limits' | 'slot'> {
  return {
    compile: null,
    cases: request.cases.map(({ id }, index) => ({ id: id ?? String(index), ...failedCase(reason) })),
    mode: request.mode,
    ...(request.tests
      ? {
          tests: {
            ran: 0,
            failed: [reason],
            status: 'sandbox_error' as const,
            blame: 'infrastructure' as const,
            isolation: 'separate' as const,
            stderr: '',
          },
        }
      : {}),
  }
}

function failedCase(reason: string): Omit<ExecCaseResult, 'id'> {
  return {
    status: 'sandbox_error',
    exitCode: null,
    signal: null,
    stdout: '',
    stderr: '',
    error: reason,
    truncated: false,
    cpuMs: 0,
    wallMs: 0,
    memoryBytes: 0,
  }
}
