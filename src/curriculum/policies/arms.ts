/** What every policy keeps: the names of the arms (topic × level), what was tried there, and what is there at all. */
import { AppError } from '../../base/errors.js'
import { nearest } from '../../base/nearest.js'
import type { ArmEstimate, CurriculumInit, CurriculumResult } from '../../schemas/curriculum.js'
import type { Stock } from '../../schemas/ports.js'

export interface Arm {
  readonly topic: number
  readonly level: number
}

interface Counts {
  attempts: number
  passes: number
  picks: number
  /** Picks whose result is not reported yet. */
  open: number
  /** False until something was seen in stock here. */
  exists: boolean
}

export class Arms {
  readonly topics: readonly string[]
  readonly levels: number
  readonly #index: ReadonlyMap<string, number>
  readonly #tried: Counts[]
  #stock: readonly (readonly number[])[] = []
  #stockSeen = false

  constructor({ topics, levels }: Pick<CurriculumInit, 'topics' | 'levels'>) {
    this.topics = [...new Set(topics)]
    this.levels = levels
    this.#index = new Map(this.topics.map((topic, i) => [topic, i]))
    this.#tried = Array.from({ length: this.topics.length * levels }, () => ({
      attempts: 0,
      passes: 0,
      picks: 0,
      open: 0,
      exists: false,
    }))
  }

  /** Throws `input/malformed` for a topic that was not announced. */
  indexOf(topic: string): number {
    const index = this.#index.get(topic)
    if (index !== undefined) return index
    const guess = nearest(topic, this.topics)
    throw new AppError('input/malformed', {
      message: `unknown topic '${topic}'`,
      hint: guess ? `did you mean '${guess}'?` : `known topics: ${this.topics.slice(0, 20).join(', ')}`,
      details: { topic },
    })
  }

  /** Arms that have something to draw now, by topic; also remembers that they exist. */
  inStock(stock: Stock | undefined): number[][] {
    this.#stockSeen ||= stock !== undefined
    const levels = this.topics.map((name, topic) =>
      this.#levelNumbers().filter((level) => {
        if (stock?.(name, level).length === 0) return false
        this.tried({ topic, level }).exists = true
        return true
      }),
    )
    this.#stock = levels
    return levels
  }

  /** Levels of a topic that had something to draw when last looked at; those that exist when none had, or nobody looked. */
  stocked(topic: number): readonly number[] {
    const levels = this.#stock[topic] ?? []
    return levels.length > 0 ? levels : this.existing(topic)
  }

  /** Levels of a topic that ever had something to draw; all of them while nothing is known. */
  existing(topic: number): number[] {
    const all = this.#levelNumbers()
    if (!this.#stockSeen) return all
    const known = all.filter((level) => this.tried({ topic, level }).exists)
    return known.length > 0 ? known : all
  }

  tried({ topic, level }: Arm): Counts {
    return this.#tried[topic * this.levels + level] as Counts
  }

  /** Picks of all levels of a topic. */
  picksOf(topic: number): number {
    let picks = 0
    for (let level = 0; level < this.levels; level++) picks += this.tried({ topic, level }).picks
    return picks
  }

  picked(arm: Arm): void {
    const tried = this.tried(arm)
    tried.picks++
    tried.open++
  }

  /** Takes a result in; returns its arm. Throws `input/malformed` for a level or counts that cannot be. */
  reported({ topic, level, attempts, passes }: CurriculumResult): Arm {
    const arm = { topic: this.indexOf(topic), level }
    for (const [name, value] of Object.entries({ level, attempts, passes })) {
      if (Number.isSafeInteger(value) && value >= 0) continue
      throw new AppError('input/malformed', {
        message: `${name} of a result of '${topic}' is ${value}`,
        hint: 'level, attempts and passes are whole numbers from 0 on',
        details: { topic, [name]: value },
      })
    }
    if (level >= this.levels) {
      throw new AppError('input/malformed', {
        message: `level ${level} of '${topic}' is not below ${this.levels}`,
        hint: `levels run from 0 to ${this.levels - 1}`,
        details: { topic, level },
      })
    }
    if (passes > attempts) {
      throw new AppError('input/malformed', {
        message: `${passes} passes of ${attempts} attempts at level ${level} of '${topic}'`,
        hint: 'passes counts the attempts that were right',
        details: { topic, level, attempts, passes },
      })
    }
    const tried = this.tried(arm)
    tried.open = Math.max(0, tried.open - 1)
    tried.attempts += attempts
    tried.passes += passes
    return arm
  }

  /** Arms that were picked or reported, of one topic or of all, sorted by topic name and level. */
  estimates(passRate: (arm: Arm) => number, only?: string): ArmEstimate[] {
    const wanted = only === undefined ? [...this.topics.keys()] : [this.indexOf(only)]
    const order = wanted.sort((a, b) => ((this.topics[a] ?? '') < (this.topics[b] ?? '') ? -1 : 1))
    return order.flatMap((topic) =>
      this.#levelNumbers().flatMap((level) => {
        const { attempts, passes, picks } = this.tried({ topic, level })
        if (attempts === 0 && picks === 0) return []
        return { topic: this.topics[topic] as string, level, passRate: passRate({ topic, level }), attempts, passes }
      }),
    )
  }

  #levelNumbers(): number[] {
    return Array.from({ length: this.levels }, (_, level) => level)
  }
}

/** The item with the least score, the first of several; of none at all it is undefined. */
export function lowest<T>(items: readonly T[], score: (item: T) => number): T {
  let best = items[0] as T
  let bestScore = Number.POSITIVE_INFINITY
  for (const item of items) {
    const own = score(item)
    if (own < bestScore) {
      best = item
      bestScore = own
    }
  }
  return best
}
