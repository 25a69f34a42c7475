/** Verifiers by check type. A type that is missing here gets the verdict `unknown`. */
import type { CheckType } from '../schemas/check.js'
import type { Verifier } from '../schemas/ports.js'
import { answer } from './answer.js'
import { call } from './call.js'
import { stdio } from './stdio.js'
import { unit } from './unit.js'

export const verifiers = { stdio, call, unit, answer } satisfies Partial<Record<CheckType, Verifier>>
