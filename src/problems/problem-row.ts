import { AppError } from '../base/errors.js'
import { hashOf } from '../base/hash.js'
import { parseAs } from '../schemas/parse.js'
import { type Problem, problemSchema } from '../schemas/problem.js'
import { firstPlaces } from './first-places.js'

/** Content hash of a problem: everything but `hash` and `meta`. */
export function problemHash(problem: Problem): string {
  const { hash: _hash, meta: _meta, ...content } = problem
  return hashOf(content)
}

/**
 * A problem by the schema, with its hash filled in.
 * where: `file:line`, for the message. Throws `problems/malformed-row`, also when a hash was given that is not the content's.
 */
export function toProblem(value: unknown, where: string): Problem {
  const problem = parseAs(problemSchema, value, where, 'problems/malformed-row')
  const hash = problemHash(problem)
  if (problem.hash !== undefined && problem.hash !== hash) {
    throw new AppError('problems/malformed-row', {
      message: `${where}: hash: ${problem.hash} is not the hash of this content, which is ${hash}`,
      hint: 'leave `hash` out: it is computed',
      details: { where, id: problem.id },
    })
  }
  return { ...problem, hash }
}

/** Refuses the second of two problems with one id, naming both places. Call it with each problem in turn. */
export function uniqueIds(): (id: string, where: string) => void {
  const places = firstPlaces()
  return (id, where) => {
    const first = places(id, where)
    if (first === undefined) return
    throw new AppError('problems/malformed-row', {
      message: `${where}: id: '${id}' was already used at ${first}`,
      hint: 'every problem of a set needs an id of its own',
      details: { where, first, id },
    })
  }
}
