import type { Recipe } from '../schemas/ports.js'
import { solve } from './solve.js'

/** Every way of asking; its id is the name in a run's config. */
export const recipes = { solve } satisfies Record<string, Recipe>
