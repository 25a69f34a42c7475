import type { CurriculumPolicy } from '../../schemas/ports.js'
import { adarft } from './adarft.js'
import { band } from './band.js'
import { elo } from './elo.js'
import { exp3 } from './exp3.js'
import { stages } from './stages.js'
import { staircase } from './staircase.js'
import { thompson } from './thompson.js'
import { uniform } from './uniform.js'

/** Ways to choose what is drawn next; an id is what `curriculum.policy` names. */
export const policies = { band, elo, staircase, adarft, thompson, exp3, stages, uniform } satisfies Record<
  string,
  CurriculumPolicy
>
