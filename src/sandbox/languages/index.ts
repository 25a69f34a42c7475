import type { Language } from './language.js'
import { python } from './python.js'

/** Every language that a slot can run. */
export const languages = { python } satisfies Record<string, Language>
