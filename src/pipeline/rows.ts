/** The rows of verified.jsonl: every accepted candidate in draw order, duplicates marked. Made from what the ledger holds. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Problem } from '../schemas/problem.js'
import type { VerifiedRow } from '../schemas/trace.js'
import { openBlobs } from '../store/blobs.js'
import { openRows, type RowWriter } from '../store/files.js'
import { type Accepted, type KnownVerdict, type Recall, solutionKey } from './recall.js'
import type { RunFile } from './run-dir.js'

export const rowsFile = (dir: string) => path.join(dir, 'verified.jsonl')

export interface RowTeller {
  /** Takes the verdicts of a problem in draw order; returns how many are verified and new. */
  tell(problem: Problem, verdicts: readonly (KnownVerdict | undefined)[]): Promise<number>
}

/** blobs: where replies and solutions are. */
export function rowTeller(input: {
  run: RunFile
  rows: RowWriter
  blobs: { get(hash: string): Promise<string> }
}): RowTeller {
  const { run, rows, blobs } = input
  const first = new Map<string, string>()

  const toRow = async (problem: Problem, accepted: Accepted, duplicateOf: string | undefined): Promise<VerifiedRow> => {
    const { candidate, verdict, solutionBlob, answer, versions } = accepted
    const reply = await blobs.get(candidate.replyHash)
    const solution = solutionBlob === undefined ? undefined : await blobs.get(solutionBlob)
    return {
      v: 1,
      id: candidate.id,
      problemId: problem.id,
      problem,
      candidate: { ...candidate, reply },
      ...(candidate.form === 'answer' ? { answer: solution } : { code: solution, answer }),
      verdict,
      duplicateOf,
      provenance: { runId: run.runId, configHash: run.configHash, seed: run.config.seed, versions },
    }
  }
  return {
    tell: async (problem, verdicts) => {
      let fresh = 0
      for (const verdict of verdicts) {
        if (!verdict?.accepted) continue
        const { id } = verdict.accepted.candidate
        const key = solutionKey(problem.id, verdict.solutionHash ?? id)
        const duplicateOf = first.get(key)
        if (duplicateOf === undefined) {
          first.set(key, id)
          fresh++
        }
        await rows.write(await toRow(problem, verdict.accepted, duplicateOf))
      }
      return fresh
    },
  }
}

const countRows = (file: string) =>
  existsSync(file) ? readFileSync(file).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0) : 0

/** Writes verified.jsonl of an ended run anew when it does not hold every accepted candidate. */
export async function repairRows(input: {
  dir: string
  run: RunFile
  recall: Recall
  problems: readonly Problem[]
}): Promise<void> {
  const { dir, run, recall, problems } = input
  if (countRows(rowsFile(dir)) === recall.accepted) return
  const byId = new Map(problems.map((problem) => [problem.id, problem]))
  const verdicts = [...recall.candidates.values()].flatMap(({ verified }) => (verified?.accepted ? [verified] : []))
  const place = ({ accepted }: KnownVerdict) =>
    accepted ? [accepted.candidate.draw, accepted.candidate.sample] : [0, 0]
  verdicts.sort((a, b) => {
    const [[drawA = 0, sampleA = 0], [drawB = 0, sampleB = 0]] = [place(a), place(b)]
    return drawA - drawB || sampleA - sampleB
  })
  const blobs = await openBlobs(dir)
  const rows = await openRows(rowsFile(dir))
  try {
    const teller = rowTeller({ run, rows, blobs })
    for (const verdict of verdicts) {
      const problem = byId.get(verdict.accepted?.candidate.problemId ?? '')
      if (problem) await teller.tell(problem, [verdict])
    }
    await rows.flush()
  } finally {
    await rows.close()
    await blobs.close()
  }
}
