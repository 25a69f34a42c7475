import type { CurriculumPolicy } from '../schemas/ports.js'
import { elo } from './elo.js'
import { uniform } from './uniform.js'

/** Ways to choose what is drawn next; an id is what `curriculum.policy` names. */
export const policies = { elo, uniform } satisfies Record<string, CurriculumPolicy>
