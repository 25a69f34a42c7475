/**
 * What a policy costs: CPU time of a pick and of a report, and memory over a million reports.
 * Usage: npm run bench -- curriculum [--policy ID,…] [--skills N] [--levels N] [--reports N] [--json]
 */
import { parseArgs } from 'node:util'
import { lookup } from '../../src/base/registry.js'
import { rng } from '../../src/base/rng.js'
import { policies } from '../../src/curriculum/policies/index.js'
import type { CurriculumPolicy } from '../../src/schemas/ports.js'

const { values: options } = parseArgs({
  options: {
    policy: { type: 'string', default: Object.keys(policies).join(',') },
    skills: { type: 'string', default: '40' },
    levels: { type: 'string', default: '12' },
    reports: { type: 'string', default: '1000000' },
    json: { type: 'boolean' },
  },
})
const skills = Number(options.skills)
const levels = Number(options.levels)
const reports = Number(options.reports)
const BATCH = 16
const TIMED = 20_000

const heapBytes = () => {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed
}
const cpuUs = () => process.cpuUsage().user

/** Draws and reports `count` problems of a solver that passes less the higher the level is. */
function drive(curriculum: ReturnType<CurriculumPolicy['create']>, count: number, from: number) {
  const random = rng(1, 'bench', from)
  let pickUs = 0
  let reportUs = 0
  for (let done = 0; done < count; done += BATCH) {
    const start = cpuUs()
    const picks = curriculum.next(BATCH)
    const picked = cpuUs()
    const results = picks.map(({ id, topic, level, attempts = 4 }) => {
      const skill = Number(topic.slice(6))
      const rate = 1 / (1 + Math.exp(level - (skill % levels)))
      let passes = 0
      for (let n = 0; n < attempts; n++) if (random.next() < rate) passes++
      return { id, topic, level, attempts, passes, tokens: 300 * attempts, model: 'bench' }
    })
    const before = cpuUs()
    curriculum.report(results)
    reportUs += cpuUs() - before
    pickUs += picked - start
  }
  return { pickUs: pickUs / count, reportUs: reportUs / count }
}

const figures = options.policy.split(',').map((id) => {
  const curriculum = lookup<CurriculumPolicy>(policies, id, 'policy').create({
    seed: 1,
    topics: Array.from({ length: skills }, (_, n) => `skill-${n}`),
    levels,
    k: 4,
    budget: 4 * reports,
    band: [0.2, 0.8],
    batch: BATCH,
  })
  drive(curriculum, 2_000, 0)
  const before = heapBytes()
  const timed = drive(curriculum, TIMED, 1)
  if (reports > TIMED) drive(curriculum, reports - TIMED, 2)
  return { policy: id, ...timed, grownBytes: heapBytes() - before, reports }
})
if (options.json) console.log(JSON.stringify({ skills, levels, figures }))
else {
  console.log(`${skills} skills, ${levels} levels, picks and reports by ${BATCH}`)
  for (const { policy, pickUs, reportUs, grownBytes } of figures)
    console.log(
      `${policy.padEnd(12)} ${pickUs.toFixed(1).padStart(8)} us a pick ${reportUs.toFixed(1).padStart(8)} us a report` +
        `   heap ${(grownBytes / 1024).toFixed(0).padStart(6)} KiB more after ${reports} reports`,
    )
}
