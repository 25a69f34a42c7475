/**
 * The math checker. Usage: npm run bench -- math MODE
 *   --pairs FILE…   labelled pairs: right, wrong and open verdicts by class, symmetry, speed, beside Math-Verify 0.9.0
 *                   [--python PATH: one that has it; else a venv is made] [--no-peer] [--rounds N] [--wrong N] [--json]
 *   --hostile       hostile inputs in one process, the slowest first [--show N] [--json]; exit 1 over 250 ms
 *   --fuzz N        mutated pairs [--seed S] [--from I] [--seconds S] [--json]; exit 1 on any finding
 */
import { parseArgs } from 'node:util'

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pairs: { type: 'string', multiple: true },
    python: { type: 'string' },
    'no-peer': { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
    wrong: { type: 'string', default: '30' },
    hostile: { type: 'boolean' },
    show: { type: 'string', default: '10' },
    fuzz: { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    seconds: { type: 'string', default: 'Infinity' },
    json: { type: 'boolean' },
  },
})

async function bench(): Promise<boolean> {
  const json = options.json ?? false
  if (options.pairs) {
    const { benchPairs } = await import('./math-pairs.js')
    const peer = options['no-peer'] ? undefined : { python: options.python }
    return benchPairs({
      files: [...options.pairs, ...positionals],
      peer,
      rounds: Number(options.rounds),
      wrong: Number(options.wrong),
      json,
    })
  }
  if (options.hostile) {
    const { benchHostile } = await import('./math-hostile.js')
    return benchHostile({ show: Number(options.show), json })
  }
  if (options.fuzz !== undefined) {
    const { benchFuzz } = await import('./math-fuzz.js')
    return benchFuzz({
      runs: Number(options.fuzz),
      seed: options.seed,
      from: Number(options.from),
      seconds: Number(options.seconds),
      json,
    })
  }
  console.error('say --pairs FILE, --hostile or --fuzz N')
  process.exitCode = 2
  return true
}

if (!(await bench())) process.exitCode = 1
