/**
 * Prompts for models that continue a text. A prompt never ends in white space: a small model's tokenizer joins
 * a newline with the indent after it, so a prompt that ends in a newline is off its training data.
 */

import type { Ask } from '../../schemas/ports.js'
import type { Problem } from '../../schemas/problem.js'
import { answerShots, functionShots, programShots } from './shots.js'

export interface CompletionAsk extends Pick<Ask, 'form' | 'prefix'> {
  readonly prompt: string
  readonly stop: string[]
  readonly maxTokens: number
}

const topLevel = [
  '\ndef ',
  '\nclass ',
  '\nprint(',
  '\n#',
  '\n```',
  '\nimport ',
  '\nfrom ',
  '\nif __name__',
  '\nassert ',
  '\n@',
]

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** A starter made up for a problem that gives only a name. */
const bareStarter = (problem: Problem, name: string) => `# ${oneLine(problem.statement)}\ndef ${name}(`

function functionAsk(problem: Problem, name: string): CompletionAsk {
  const prefix = (problem.starter ?? bareStarter(problem, name)).trimEnd()
  return { prompt: `${functionShots}\n\n\n${prefix}`, prefix, form: 'code', stop: topLevel, maxTokens: 512 }
}

function programAsk(problem: Problem): CompletionAsk {
  const prefix = (problem.starter ?? '').trimEnd()
  const prompt = `${programShots}\n\n# Task: ${oneLine(problem.statement)}\n# Program:${prefix ? `\n${prefix}` : ''}`
  return { prompt, prefix, form: 'code', stop: ['\n# Task', '\n# Program', '\n```', '\n\n\n'], maxTokens: 512 }
}

function answerAsk(problem: Problem): CompletionAsk {
  const prefix = 'def solution():'
  return {
    prompt: `${answerShots}\n\n# Question: ${oneLine(problem.statement)}\n${prefix}`,
    prefix,
    form: 'program',
    stop: topLevel,
    maxTokens: 512,
  }
}

/** The completion prompt for a problem, and how its continuation is read. */
export function completionAsk(problem: Problem): CompletionAsk {
  if (problem.check.type === 'answer') return answerAsk(problem)
  const name = problem.entryPoint ?? (problem.check.type === 'call' ? problem.check.function : undefined)
  return name ? functionAsk(problem, name) : programAsk(problem)
}
