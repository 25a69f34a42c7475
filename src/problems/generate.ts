import { AppError } from '../base/errors.js'
import type { Problem } from '../schemas/problem.js'
import type { Generator } from './generators/generator.js'

export interface GenerateOptions {
  /** Levels to draw from in turn. */
  readonly levels: readonly number[]
  readonly count: number
  readonly seed: number
}

/** Draws in a row that bring nothing new before a level counts as exhausted. */
const patience = 200

/**
 * `count` different problems of a family, the levels in turn; one that asks for the same again is drawn anew.
 * Same options, same problems. Throws `usage/bad-option` when a level does not exist or has no more problems.
 */
export function* generateProblems(
  family: Generator,
  { levels, count, seed }: GenerateOptions,
): IterableIterator<Problem> {
  for (const level of levels) assertLevel(family, level)
  const seen = new Set<string>()
  const nextIndex = new Map<number, number>()
  for (let made = 0; made < count; made++) {
    const level = levels[made % levels.length] as number
    let problem: Problem | undefined
    for (let attempt = 0; attempt < patience && !problem; attempt++) {
      const index = nextIndex.get(level) ?? 0
      nextIndex.set(level, index + 1)
      const drawn = family.generate({ level, index, seed })
      if (!seen.has(task(drawn))) problem = drawn
    }
    if (!problem) {
      throw new AppError('usage/bad-option', {
        message: `${family.id} has no more than ${made} different problems for these levels (${count} were asked for)`,
        hint: 'ask for fewer, or for a higher level',
        details: { family: family.id, level, made },
      })
    }
    seen.add(task(problem))
    yield problem
  }
}

function assertLevel(family: Generator, level: number): void {
  if (level < family.levels) return
  throw new AppError('usage/bad-option', {
    message: `${family.id} has no level ${level}`,
    hint: `its levels are 0 to ${family.levels - 1}`,
    details: { family: family.id, levels: family.levels },
  })
}

/** What is asked for: a program's statement holds an example, so that two statements can ask for the same program. */
const task = ({ statement, reference }: Problem): string => reference?.code ?? statement
