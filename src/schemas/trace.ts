import { z } from 'zod'
import { candidateSchema } from './candidate.js'
import { problemSchema } from './problem.js'
import { verdictSchema } from './verdict.js'

export const provenanceSchema = z.strictObject({
  runId: z.string(),
  configHash: z.string(),
  seed: z.number().int(),
  versions: z.record(z.string(), z.string()).describe('assay, agent, model weights'),
})

/** One line of verified.jsonl: an accepted candidate with its problem and its proof. No clock and no latency. */
export const verifiedRowSchema = z.strictObject({
  v: z.literal(1),
  id: z.string().describe('candidate id'),
  problemId: z.string(),
  problem: problemSchema,
  candidate: candidateSchema,
  code: z.string().optional().describe('the program that was run'),
  answer: z.string().optional().describe('the answer that was compared'),
  verdict: verdictSchema,
  duplicateOf: z.string().optional().describe('id of the first candidate with the same solution of the same problem'),
  provenance: provenanceSchema,
})
export type VerifiedRow = Readonly<z.infer<typeof verifiedRowSchema>>
