/** What host and agent say to each other: a JSON object a line, requests answered in order. The agent's replies are checked here. */
import { z } from 'zod'
import { compileResult, execCaseResult, type Limits, testsResult } from '../schemas/exec.js'
import type { Value } from '../schemas/value.js'

/** Version of the agent that this host speaks with. */
export const agentMajor = '1'

export interface AgentFile {
  readonly path: string
  readonly text?: string
  readonly base64?: string
}

export interface AgentCase {
  readonly stdin?: string
  readonly call?: {
    readonly function: string
    readonly args: readonly Value[]
    readonly kwargs?: Readonly<Record<string, Value>>
  }
}

/** One program. It holds no expected output. */
export interface AgentRequest {
  readonly language: string
  readonly files: readonly AgentFile[]
  readonly cases: readonly AgentCase[]
  readonly limits: Limits
  readonly mode: 'batch' | 'strict'
  readonly compileOnly?: boolean
  readonly tests?: {
    readonly code: string
    readonly support?: string
    readonly entryPoint?: string
    readonly framework: string
    readonly call?: string
  }
}

export const helloSchema = z.object({
  hello: z.object({
    agent: z.string(),
    versions: z.record(z.string(), z.string()),
    freshUid: z.boolean().describe('every program gets a user of its own'),
    ownNamespace: z.boolean().describe('the agent is PID 1 of its own process namespace'),
    seesOom: z.boolean().describe('it can read how often the kernel killed for memory'),
  }),
})
export type Hello = z.infer<typeof helloSchema>['hello']

export const agentReplySchema = z.object({
  id: z.number().int(),
  clean: z.boolean().describe('false: something may have outlived the program; the slot must not be used again'),
  error: z.string().optional().describe('trouble of the agent itself'),
  refused: z.string().optional().describe('why the request itself cannot be run'),
  compile: compileResult.nullable().optional(),
  cases: z.array(execCaseResult.omit({ id: true })).optional(),
  tests: testsResult.optional(),
})
export type AgentReply = z.infer<typeof agentReplySchema>
