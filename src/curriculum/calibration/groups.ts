/** Results in the order and the groups that a calibration works on. */
import { AppError } from '../../base/errors.js'
import type { Group, Population } from './fit.js'

/** What models did with one problem. Attempts that blame the candidate only. */
export interface ProblemResult {
  readonly id: string
  readonly hash: string
  readonly skill: string
  readonly level: number
  readonly byModel: readonly { readonly model: string; readonly attempts: number; readonly passes: number }[]
}

export interface Sorted extends Population {
  readonly results: readonly ProblemResult[]
  readonly modelNames: readonly string[]
  readonly skillNames: readonly string[]
  /** By result: its group. */
  readonly groupOf: readonly number[]
}

export const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Throws `input/malformed` when nothing was tried, or for counts that cannot be. */
export function sortedResults(given: readonly ProblemResult[]): Sorted {
  const results = given.filter(({ byModel }) => byModel.some(({ attempts }) => attempts > 0))
  results.sort((a, b) => compare(a.skill, b.skill) || a.level - b.level || compare(a.id, b.id))
  for (const result of results) refuseImpossible(result)
  if (results.length === 0) {
    throw new AppError('input/malformed', {
      message: 'there is nothing to calibrate: no problem has a candidate that counts',
      hint: 'name a run in which candidates were verified; those that blame the sandbox or the problem do not count',
    })
  }
  const names = results.flatMap(({ byModel }) =>
    byModel.filter(({ attempts }) => attempts > 0).map(({ model }) => model),
  )
  const modelNames = [...new Set(names)].sort()
  const skillNames = [...new Set(results.map(({ skill }) => skill))]
  const skills = skillNames.map((name) => [
    ...new Set(results.filter(({ skill }) => skill === name).map(({ level }) => level)),
  ])
  return {
    results,
    modelNames,
    skillNames,
    skills,
    models: modelNames.length,
    ...grouped(results, modelNames, skillNames, skills),
  }
}

function refuseImpossible({ id, byModel }: ProblemResult): void {
  const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0
  const bad = byModel.find(({ attempts, passes }) => !isCount(attempts) || !isCount(passes) || passes > attempts)
  if (!bad) return
  throw new AppError('input/malformed', {
    message: `${id}: ${bad.passes} passes of ${bad.attempts} attempts by ${bad.model}`,
    hint: 'passes counts the attempts that were right',
  })
}

function grouped(
  results: readonly ProblemResult[],
  models: readonly string[],
  skillNames: readonly string[],
  skills: readonly (readonly number[])[],
) {
  const modelAt = new Map(models.map((model, i) => [model, i]))
  const skillAt = new Map(skillNames.map((skill, i) => [skill, i]))
  const byKey = new Map<string, number>()
  const groups: (Group & { count: number })[] = []
  const groupOf = results.map(({ skill: name, level: number, byModel }) => {
    const skill = skillAt.get(name) as number
    const level = (skills[skill] as readonly number[]).indexOf(number)
    const tries = { attempts: models.map(() => 0), passes: models.map(() => 0) }
    for (const { model, attempts, passes } of byModel) {
      const at = modelAt.get(model)
      if (at === undefined) continue
      tries.attempts[at] = (tries.attempts[at] as number) + attempts
      tries.passes[at] = (tries.passes[at] as number) + passes
    }
    const key = [skill, level, ...tries.attempts, ...tries.passes].join(' ')
    const known = byKey.get(key)
    if (known !== undefined) {
      ;(groups[known] as { count: number }).count++
      return known
    }
    byKey.set(key, groups.length)
    groups.push({ skill, level, tries, count: 1 })
    return groups.length - 1
  })
  return { groups, groupOf }
}
