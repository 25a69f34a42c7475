import type { VerifiedRow } from '../schemas/trace.js'
import { conversation } from './chat.js'
import type { Exporter } from './exporter.js'

/** Columns beside the messages: what verified the row, and whose work it is. Trainers ignore them, filters use them. */
function metadata({ id, problemId, problem, candidate, verdict, provenance }: VerifiedRow) {
  return {
    id,
    problem_id: problemId,
    kind: problem.kind,
    set: problem.set,
    skills: problem.skills,
    level: problem.level,
    language: problem.kind === 'code' ? (problem.language ?? 'python') : null,
    license: problem.license,
    source: problem.source,
    model: candidate.model,
    provider: candidate.provider,
    recipe: candidate.recipe,
    form: candidate.form,
    check: problem.check.type,
    verifier: `${verdict.evidence.verifier}@${verdict.evidence.verifierVersion}`,
    cases_passed: verdict.cases.length,
    steps_checked: verdict.evidence.steps?.checked ?? 0,
    steps_wrong: verdict.evidence.steps?.wrong ?? 0,
    prompt_hash: candidate.promptHash,
    check_hash: verdict.evidence.checkHash,
    run_id: provenance.runId,
    config_hash: provenance.configHash,
  }
}

/** Supervised fine-tuning as published: one conversation a line under `messages`, as OpenAI, TRL and others read it. */
export const sft: Exporter = {
  id: 'sft',
  describe: 'conversations for supervised fine-tuning: {"messages":[user, assistant], …} a line',
  files: ['sft.jsonl'],
  rows: async function* (traces) {
    for await (const trace of traces) {
      yield { file: 'sft.jsonl', row: { messages: conversation(trace), ...metadata(trace) } }
    }
  },
}
