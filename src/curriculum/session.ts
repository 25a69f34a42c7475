/** contracts.md §7: one request in, one answer out. Pure: the same requests give the same answers. */
import { z } from 'zod'
import { AppError } from '../base/errors.js'
import { nearest } from '../base/nearest.js'
import { type CurriculumInit, curriculumInitSchema, curriculumResultSchema, type Pick } from '../schemas/curriculum.js'
import { parseAs } from '../schemas/parse.js'
import type { Curriculum, CurriculumPolicy } from '../schemas/ports.js'
import { Arms } from './policies/arms.js'

/** Picks of one request; their answer is one line in memory. */
const MOST_PICKS = 1_000_000
/** Topics times levels: all of them are kept in memory. */
const MOST_ARMS = 200_000

const ops = ['init', 'next', 'report']
const nextSchema = z.object({ n: z.number().int().min(0).max(MOST_PICKS) })
const reportSchema = z.object({ results: z.array(z.unknown()) })

export type SessionAnswer = { readonly ok: true } | { readonly picks: readonly Pick[] }

/** A curriculum that is spoken to in requests; starts at the first `init`. */
export class CurriculumSession {
  readonly #policy: CurriculumPolicy
  #curriculum: Curriculum | undefined
  /** Only to refuse what cannot be before anything is taken in; its counts mean nothing. */
  #arms: Arms | undefined

  constructor(policy: CurriculumPolicy) {
    this.#policy = policy
  }

  /**
   * where: the place to name in an error, e.g. `line 12`.
   * Throws `input/malformed` for a request that cannot be; then nothing has changed.
   */
  answer(request: Readonly<Record<string, unknown>>, where: string): SessionAnswer {
    switch (request.op) {
      case 'init':
        return this.#init(request, where)
      case 'next':
        return this.#next(request, where)
      case 'report':
        return this.#report(request, where)
      default:
        throw unknownOp(request.op, where)
    }
  }

  #init(request: object, where: string): SessionAnswer {
    const init = parseInit(request, where)
    this.#curriculum = this.#policy.create(init)
    this.#arms = new Arms(init)
    return { ok: true }
  }

  #next(request: object, where: string): SessionAnswer {
    const { curriculum } = this.#started('next', where)
    return { picks: curriculum.next(parseAs(nextSchema, request, where).n) }
  }

  #report(request: object, where: string): SessionAnswer {
    const { curriculum, arms } = this.#started('report', where)
    const results = parseAs(reportSchema, request, where).results.map((row, i) => {
      const at = `${where}: results.${i}`
      const result = parseAs(curriculumResultSchema, row, at)
      placed(at, () => arms.reported(result))
      return result
    })
    curriculum.report(results)
    return { ok: true }
  }

  #started(op: string, where: string): { curriculum: Curriculum; arms: Arms } {
    if (this.#curriculum && this.#arms) return { curriculum: this.#curriculum, arms: this.#arms }
    throw new AppError('input/malformed', {
      message: `${where}: ${op} before init`,
      hint: 'begin with {"op":"init","seed":1,"topics":["…"],"levels":10,"k":4,"band":[0.2,0.8]}',
    })
  }
}

function parseInit(request: object, where: string): CurriculumInit {
  // Other languages write null for what is left out.
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== null))
  const init = parseAs(curriculumInitSchema, given, where)
  if (init.topics.length * init.levels > MOST_ARMS) {
    throw new AppError('input/malformed', {
      message: `${where}: ${init.topics.length} topics with ${init.levels} levels are more than ${MOST_ARMS} arms`,
      hint: 'use fewer levels, or gather topics',
    })
  }
  const [low, high] = init.band
  if (low >= high) {
    throw new AppError('input/malformed', {
      message: `${where}: band: ${low} is not below ${high}`,
      hint: 'band is the lowest and the highest pass rate worth sampling, e.g. [0.2,0.8]',
    })
  }
  if (init.tokenCost && init.tokenCost.length !== init.levels) {
    throw new AppError('input/malformed', {
      message: `${where}: tokenCost has ${init.tokenCost.length} numbers for ${init.levels} levels`,
      hint: 'give the mean tokens of an attempt for each level, or leave tokenCost out',
    })
  }
  return init
}

function unknownOp(op: unknown, where: string): AppError {
  const guess = typeof op === 'string' ? nearest(op, ops) : undefined
  return new AppError('input/malformed', {
    message: `${where}: ${op === undefined ? 'op is missing' : `unknown op ${JSON.stringify(op)}`}`,
    hint: guess ? `did you mean '${guess}'?` : `op is one of ${ops.join(', ')}`,
  })
}

/** Names the place in an error of the work. */
function placed(where: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, hint, details } = error
    throw new AppError(code, { message: `${where}: ${message}`, hint, details, cause: error })
  }
}
