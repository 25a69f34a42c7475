import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { checkPair } from '../../../src/verifiers/math/batch-pair.js'
import { mathEqual } from '../../../src/verifiers/math/equal.js'

const pairSchema = z.looseObject({
  id: z.string(),
  gold: z.string(),
  prediction: z.string(),
  equal: z.boolean(),
  form: z.enum(['answer', 'response']),
})

/** Share that must be right; what is not is left open or refused, never accepted. */
const files = [
  ['pairs.jsonl', 0.97],
  ['more-pairs.jsonl', 0.975],
  // Near misses written against the checker; many are left open.
  ['hunted-pairs.jsonl', 0.85],
  // Most of them can only be left open.
  ['reviewed-pairs.jsonl', 0.3],
  // Many subjects, a few pairs of each.
  ['further-pairs.jsonl', 0.9],
] as const

describe.each(files)('labelled pairs of %s', (file, least) => {
  const pairs = readFileSync(new URL(`../../fixtures/math/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => pairSchema.parse(JSON.parse(line)))
  const judged = Promise.all(
    pairs.map(async (pair) => {
      const found = await checkPair(pair)
      // A reply has no other side.
      const swapped = pair.form === 'answer' ? await mathEqual(pair.prediction, pair.gold) : found
      return { ...pair, found: found.equal, swapped: swapped.equal }
    }),
  )

  test('none is accepted that differs', async () => {
    const accepted = (await judged).filter(({ equal, found }) => !equal && found === true)
    expect(accepted.map(({ id }) => id)).toEqual([])
  })

  test(`at least ${least} of the verdicts are right`, async () => {
    const right = (await judged).filter(({ equal, found }) => equal === found)
    expect(right.length / pairs.length).toBeGreaterThan(least)
  })

  test('swapped, each gets the same verdict', async () => {
    const other = (await judged).filter(({ found, swapped }) => found !== swapped)
    expect(other.map(({ id }) => id)).toEqual([])
  })

  test('each gold answer equals itself', async () => {
    for (const { id, gold } of pairs) expect((await mathEqual(gold, gold)).equal, id).toBe(true)
  })
})
