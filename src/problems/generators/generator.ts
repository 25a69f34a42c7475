/** What a procedural family is, and the parts every family builds its problems from. */
import { type Rng, rng } from '../../base/rng.js'
import type { Check } from '../../schemas/check.js'
import type { Problem } from '../../schemas/problem.js'
import { toProblem } from '../problem-row.js'

export interface Draw {
  /** Difficulty, 0 to levels - 1. */
  readonly level: number
  /** Number of the problem in its level. */
  readonly index: number
  readonly seed: number
}

/** A procedural family: endless problems whose answers are computed. Adding one is one file and one line in index.ts. */
export interface Generator {
  readonly id: string
  readonly kind: Problem['kind']
  /** Number of levels; each is harder than the one before. */
  readonly levels: number
  /** One line for `--help`. */
  readonly describe: string
  /** Pure: the same draw gives the same problem, and no draw depends on another. */
  generate(draw: Draw): Problem
}

interface Wrong {
  readonly kind: string
  readonly code?: string
  readonly answer?: string
}

/** What a math family decides; the rest of the record follows. */
export interface MathDraft {
  readonly statement: string
  readonly gold: string
  /** Worked answer that ends in a line `#### gold`. */
  readonly worked: readonly string[]
  readonly skills: readonly [string, ...string[]]
  /** Plausible wrong answers; those that equal the gold are left out. */
  readonly wrong: readonly { readonly kind: string; readonly answer: string }[]
}

/** What a code family decides; the rest of the record follows. */
export interface CodeDraft {
  readonly statement: string
  readonly check: Check
  readonly entryPoint?: string
  readonly starter?: string
  readonly code: string
  readonly skills: readonly [string, ...string[]]
  readonly wrong: readonly { readonly kind: string; readonly code: string }[]
}

type Family<D> = Pick<Generator, 'id' | 'levels' | 'describe'> & { draft(level: number, random: Rng): D }

/** A math family. draft: one problem of a level from a random stream of its own. */
export function mathFamily({ draft, ...family }: Family<MathDraft>): Generator {
  return build({ ...family, kind: 'math' }, (level, random) => {
    const { statement, gold, worked, skills, wrong } = draft(level, random)
    return {
      statement,
      check: { type: 'answer', gold },
      reference: { answer: [...worked, `#### ${gold}`].join('\n') },
      skills,
      wrong: wrong.filter(({ answer }) => answer !== gold),
    }
  })
}

/** A code family in Python. draft: one problem of a level from a random stream of its own. */
export function codeFamily({ draft, ...family }: Family<CodeDraft>): Generator {
  return build({ ...family, kind: 'code' }, (level, random) => {
    const { code, ...rest } = draft(level, random)
    return { ...rest, language: 'python', reference: { code } }
  })
}

type Parts = { readonly wrong: readonly Wrong[] } & Record<string, unknown>

function build(family: Omit<Generator, 'generate'>, parts: (level: number, random: Rng) => Parts): Generator {
  return {
    ...family,
    generate({ level, index, seed }) {
      if (!Number.isInteger(level) || level < 0 || level >= family.levels) {
        throw new Error(`${family.id} has levels 0 to ${family.levels - 1}, not ${level}`)
      }
      const { wrong, ...problem } = parts(level, rng(seed, family.id, level, index))
      const id = `${family.id}/l${level}-s${seed}-${index}`
      const record = {
        v: 1,
        id,
        kind: family.kind,
        set: family.id,
        license: 'CC0-1.0',
        source: `assay problems generate ${family.id}, level ${level}, seed ${seed}, index ${index}`,
        level,
        meta: { wrong },
        ...problem,
      }
      return toProblem(record, id)
    },
  }
}

/**
 * The value that two independent ways of computing it agree on.
 * Throws when they differ: that is a defect of the family, and no problem may come of it.
 */
export function agreed<T>(what: string, first: T, second: T): T {
  if (JSON.stringify(first) === JSON.stringify(second)) return first
  throw new Error(`${what}: two computations differ: ${JSON.stringify(first)} and ${JSON.stringify(second)}`)
}

/**
 * The first draw that is good. For parts that have to fit together, e.g. conditions that do not exclude each other.
 * Throws after 1000 draws: then the family asks for what its parts cannot give.
 */
export function drawUntil<T>(draw: () => T, isGood: (drawn: T) => boolean): T {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const drawn = draw()
    if (isGood(drawn)) return drawn
  }
  throw new Error('1000 draws were not good enough')
}
