/**
 * Which stage a solver is in: up when its pass rate there is surely above the band, down when surely below. The state is
 * a fold over the results, so the same results give the same stage, also after a restart. Pure.
 */

import type { z } from 'zod'
import { AppError } from '../../base/errors.js'
import type { CurriculumResult } from '../../schemas/curriculum.js'
import { parseAs } from '../../schemas/parse.js'
import { type GatesConfig, gatesConfigSchema, type Stage } from '../../schemas/stage.js'
import { clusteredRate, quantileOf } from '../calibration/clustered-rate.js'

/** How often a demotion may double what the next promotion has to show. */
const MOST_DOUBLINGS = 4

export interface GateMove {
  /** Results observed before it, this one included. */
  readonly results: number
  readonly from: string
  readonly to: string
  readonly direction: 'up' | 'down'
  /** Of the stage that was left. */
  readonly passRate: number
  readonly interval: readonly [number, number]
  readonly attempts: number
}

export interface StageState {
  /** From 0. */
  readonly index: number
  readonly stage: Stage
  /** Attempts in this stage since it was entered, or the model changed. */
  readonly attempts: number
  /** Over the last of them. */
  readonly passRate: number
  readonly interval: readonly [number, number]
  /** True once the last stage was passed: its rate was above its band. It stays so until a demotion. */
  readonly complete: boolean
}

export interface Gates {
  /** Takes a result in; returns the move that it led to. Results of arms outside the stage change nothing. */
  observe(result: CurriculumResult): GateMove | undefined
  stage(): StageState
  readonly history: readonly GateMove[]
}

const armKey = (skill: string, level: number) => `${skill}\n${level}`

/** Throws `config/invalid` for a config that cannot be, or an arm that belongs to two stages. */
export function createGates(config: z.input<typeof gatesConfigSchema>): Gates {
  const checked = parseAs(gatesConfigSchema, config, 'stage gates', 'config/invalid')
  return new StageGates(checked, stagesByArm(checked.stages))
}

function stagesByArm(stages: readonly Stage[]): Map<string, number> {
  const byArm = new Map<string, number>()
  for (const [index, { id, skills }] of stages.entries())
    for (const { skill, levels } of skills)
      for (const level of levels) {
        const other = byArm.get(armKey(skill, level))
        if (other !== undefined) {
          throw new AppError('config/invalid', {
            message: `level ${level} of '${skill}' belongs to the stages ${stages[other]?.id} and ${id}`,
            hint: 'each skill and level belongs to one stage',
          })
        }
        byArm.set(armKey(skill, level), index)
      }
  return byArm
}

class StageGates implements Gates {
  readonly history: GateMove[] = []
  readonly #config: GatesConfig
  readonly #byArm: ReadonlyMap<string, number>
  readonly #z: number
  /** By stage: demotions back into it, each of which asks for more before the next promotion. */
  readonly #returns: number[]
  #index = 0
  #results = 0
  #model: string | undefined
  #complete = false
  #attempts = 0
  /** The last results of the stage, as many as the window holds. */
  #recent: CurriculumResult[] = []

  constructor(config: GatesConfig, byArm: ReadonlyMap<string, number>) {
    this.#config = config
    this.#byArm = byArm
    this.#z = quantileOf(config.confidence)
    this.#returns = config.stages.map(() => 0)
  }

  observe(result: CurriculumResult): GateMove | undefined {
    this.#results++
    if (this.#model !== undefined && this.#model !== result.model) this.#forget()
    this.#model = result.model
    if (this.#byArm.get(armKey(result.topic, result.level)) !== this.#index || result.attempts === 0) return undefined
    this.#attempts += result.attempts
    this.#recent.push(result)
    let held = this.#recent.reduce((sum, { attempts }) => sum + attempts, 0)
    // At least one result stays, however large.
    while (this.#recent.length > 1 && held - (this.#recent[0]?.attempts ?? 0) >= this.#config.windowAttempts) {
      held -= this.#recent.shift()?.attempts ?? 0
    }
    return this.#decide()
  }

  stage(): StageState {
    const { passRate, interval } = clusteredRate(this.#recent, this.#z)
    return {
      index: this.#index,
      stage: this.#stage(),
      attempts: this.#attempts,
      passRate,
      interval,
      complete: this.#complete,
    }
  }

  #stage(): Stage {
    return this.#config.stages[this.#index] as Stage
  }

  #decide(): GateMove | undefined {
    const { minAttempts, stages, band } = this.#config
    if (this.#attempts < minAttempts) return undefined
    const { interval } = this.stage()
    const [down, up] = this.#stage().band ?? band
    if (interval[1] < down) {
      this.#complete = false
      return this.#index > 0 ? this.#move('down') : undefined
    }
    const patience = minAttempts * 2 ** Math.min(MOST_DOUBLINGS, this.#returns[this.#index] as number)
    if (interval[0] <= up || this.#attempts < patience) return undefined
    if (this.#index < stages.length - 1) return this.#move('up')
    this.#complete = true
    return undefined
  }

  #move(direction: 'up' | 'down'): GateMove {
    const { passRate, interval } = this.stage()
    const from = this.#stage().id
    this.#index += direction === 'up' ? 1 : -1
    if (direction === 'down') this.#returns[this.#index] = (this.#returns[this.#index] as number) + 1
    const move: GateMove = {
      results: this.#results,
      from,
      to: this.#stage().id,
      direction,
      passRate,
      interval,
      attempts: this.#attempts,
    }
    this.history.push(move)
    this.#forget()
    return move
  }

  /** Nothing is known about the stage, or the model, that comes now. */
  #forget(): void {
    this.#attempts = 0
    this.#recent = []
    this.#complete = false
  }
}
