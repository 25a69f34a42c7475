/** New inputs like the seeds. The same seeds and the same random stream give the same inputs. */
import type { Rng } from '../../base/rng.js'
import type { Value } from '../../schemas/value.js'
import { relationsOf, repaired } from './argument-ties.js'
import { type Input, inputText, shorterInput } from './inputs.js'
import { changed, fresh, type Shape, shapeOf } from './shapes.js'
import { changedStdin, type StdinShape, stdinShape } from './stdin-inputs.js'

const triesPerInput = 8
const maxChars = 4_000

/** At most `count` different inputs, the seeds first, then by length. Empty without seeds. */
export function generateInputs(seeds: readonly Input[], count: number, random: Rng): Input[] {
  const maker = makerOf(seeds)
  if (!maker) return [...seeds]
  const made = new Map(maker.seeds.map((seed) => [inputText(seed), seed]))
  const known = new Set(made.keys())
  const pool = [...maker.seeds]
  for (let tries = 0; made.size < count + known.size && tries < count * triesPerInput; tries++) {
    const input = maker.next(random.pick(pool), random)
    const text = input && inputText(input)
    if (!input || text === undefined || text.length > maxChars || made.has(text)) continue
    made.set(text, input)
    pool.push(input)
  }
  const grown = [...made].filter(([text]) => !known.has(text)).map(([, input]) => input)
  return [...maker.seeds, ...grown.sort(shorterInput)]
}

interface Maker {
  readonly seeds: readonly Input[]
  next(from: Input, random: Rng): Input | undefined
}

function makerOf(seeds: readonly Input[]): Maker | undefined {
  const texts = seeds.flatMap((seed) => ('stdin' in seed ? [seed.stdin] : []))
  if (texts.length > 0) return stdinMaker(texts)
  return callMaker(seeds.flatMap((seed) => ('args' in seed ? [seed] : [])))
}

function stdinMaker(texts: readonly string[]): Maker {
  const shape: StdinShape = stdinShape(texts)
  return {
    seeds: texts.map((stdin) => ({ stdin })),
    next: (from, random) => ('stdin' in from ? { stdin: changedStdin(from.stdin, shape, random) } : undefined),
  }
}

type Call = Extract<Input, { args: readonly Value[] }>

const rowOf = ({ args, kwargs = {} }: Call): readonly Value[] => [...args, ...Object.values(kwargs)]
const formOf = ({ args, kwargs = {} }: Call): string => [args.length, ...Object.keys(kwargs)].join()

/** Of calls in several forms the one that is used most is taken. */
function callMaker(calls: readonly Call[]): Maker | undefined {
  const forms = new Map<string, Call[]>()
  for (const call of calls) forms.set(formOf(call), [...(forms.get(formOf(call)) ?? []), call])
  const seeds = [...forms.values()].sort((a, b) => b.length - a.length)[0] ?? []
  const [model] = seeds
  const rows = seeds.map(rowOf)
  if (!model || rows[0]?.length === 0) return undefined
  const shapes = rows[0]?.map((_, at) => shapeOf(rows.map((row) => row[at] as Value))) ?? []
  const kept = relationsOf(rows)
  return {
    seeds,
    next: (from, random) => {
      if (!('args' in from)) return undefined
      const row = repaired(changedRow(rowOf(from), shapes, random), kept)
      return row && callOf(row, model)
    },
  }
}

/** One argument changes, sometimes more; sometimes all are new. */
function changedRow(row: readonly Value[], shapes: readonly Shape[], random: Rng): readonly Value[] {
  const share = random.pick([0, 0, 1, 2])
  const target = random.int(0, row.length - 1)
  return row.map((value, at) => {
    const shape = shapes[at] as Shape
    if (share === 2) return fresh(shape, random)
    const touched = at === target || (share === 1 && random.int(0, 1) === 1)
    if (!touched) return value
    const once = changed(value, shape, random)
    return random.int(0, 2) === 0 ? changed(once, shape, random) : once
  })
}

function callOf(row: readonly Value[], model: Call): Call {
  const names = Object.keys(model.kwargs ?? {})
  const args = row.slice(0, model.args.length)
  if (names.length === 0) return { args }
  const kwargs = Object.fromEntries(names.map((name, at) => [name, row[model.args.length + at] as Value]))
  return { args, kwargs }
}
