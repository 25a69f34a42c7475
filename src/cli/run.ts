import path from 'node:path'
import type { Command as Program } from 'commander'
import { systemClock } from '../base/clock.js'
import { AppError } from '../base/errors.js'
import { lookup } from '../base/registry.js'
import type { StopReason } from '../pipeline/draws.js'
import { type Dry, forecast } from '../pipeline/dry-run.js'
import { type RunInput, run } from '../pipeline/run.js'
import { describeRun } from '../pipeline/run-dir.js'
import { loadSet } from '../problems/load.js'
import { recordTo } from '../providers/cassette.js'
import { providers } from '../providers/index.js'
import { openModel } from '../providers/open.js'
import type { Provider } from '../providers/provider.js'
import { recipes } from '../recipes/index.js'
import { openSandbox } from '../sandbox/open.js'
import type { RunConfig } from '../schemas/config.js'
import type { Model, Recipe } from '../schemas/ports.js'
import { type Problem, topicOf } from '../schemas/problem.js'
import { createVerify } from '../verifiers/verify.js'
import type { CliCommand } from './command.js'
import { loadConfig, mergeConfig } from './config.js'
import { finishReport } from './finish.js'
import { type Io, printLine } from './io.js'
import { createProgress } from './progress.js'
import { addSettings } from './settings.js'
import { assayVersion } from './version.js'

interface Flags extends Record<string, unknown> {
  readonly out?: string
  readonly json?: boolean
  readonly dryRun?: boolean
  readonly record?: string
}

const exitCodes: Readonly<Record<StopReason, number>> = {
  complete: 0,
  target: 0,
  exhausted: 0,
  budget: 4,
  interrupted: 130,
}

async function loadProblems(
  config: RunConfig,
  io: Io,
): Promise<{ problems: Problem[]; setHashes: Record<string, string> }> {
  const sets = await Promise.all(config.sets.map((name) => loadSet(name, { cwd: io.cwd })))
  const setHashes = Object.fromEntries(sets.map(({ set }) => [set.id, set.sha256]))
  const all = sets.flatMap(({ problems }) => problems)
  const seen = new Set<string>()
  const twice = all.find(({ id }) => seen.has(id) || !seen.add(id))
  if (twice) {
    throw new AppError('config/invalid', {
      message: `the problem ${twice.id} stands in more than one of the sets`,
      hint: 'name each set once',
    })
  }
  return { problems: all.slice(0, config.limit), setHashes }
}

/** Opens the model that a config names. */
function opener(config: RunConfig, io: Io, log: (line: string) => void, record?: string): () => Promise<Model> {
  const { timeoutMs, threads, requests } = config.operational
  return async () => {
    const model = await openModel({
      model: config.model,
      baseUrl: config.baseUrl,
      modelFile: config.modelFile,
      priceUsd: config.priceUsd,
      timeoutMs,
      threads,
      parallel: requests,
      env: io.env,
      log,
    })
    if (!record) return model
    try {
      return await recordTo(model, path.resolve(io.cwd, record))
    } catch (error) {
      await model.close()
      throw error
    }
  }
}

const verifierOpener =
  (config: RunConfig, io: Io, log: (line: string) => void): RunInput['openVerifier'] =>
  async () => {
    const { backend, slots } = config.operational
    const sandbox = await openSandbox({ backend, slots, env: io.env, log })
    return {
      verify: createVerify({ exec: sandbox.exec, strict: config.keep.strict }),
      backend: sandbox.backend,
      versions: { agent: sandbox.slot.agent },
      close: () => sandbox.close(),
    }
  }

async function dryRun(dry: Dry, io: Io, json: boolean): Promise<void> {
  const plan = forecast(dry)
  if (json) return printLine(io, JSON.stringify(plan))
  const { prompt, ...rest } = plan
  for (const [key, value] of Object.entries(rest)) {
    await printLine(io, `${key}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  }
  await printLine(io, `first prompt (${prompt.problemId}):\n${prompt.text}`)
}

async function start(configFile: string | undefined, flags: Flags, io: Io): Promise<number> {
  const file = configFile === undefined ? undefined : await loadConfig(configFile, { cwd: io.cwd })
  const config = mergeConfig({ flags, env: io.env, file })
  const { problems, setHashes } = await loadProblems(config, io)
  const recipe = lookup<Recipe>(recipes, config.recipe, 'recipe')
  const say = (line: string) => void io.stderr.write(`${line}\n`)
  if (flags.dryRun) {
    const model = await opener(config, io, say)()
    try {
      const { supports, priceUsd: price } = model
      await dryRun({ config, problems, recipe, supports, model: model.model, price }, io, Boolean(flags.json))
    } finally {
      await model.close()
    }
    return 0
  }

  const runFile = describeRun(config, setHashes)
  const dir = path.resolve(io.cwd, flags.out ?? path.join('runs', runFile.runId))
  const bounded = config.target !== undefined || config.budget !== undefined
  const progress = createProgress({
    io,
    json: flags.json,
    problems: problems.length,
    target: config.target,
    total: bounded ? undefined : problems.length * config.samples,
    stock: problems.map((problem) => ({ topic: topicOf(problem), level: problem.level })),
    band: config.curriculum.band,
  })
  let fresh = false
  let reason: StopReason
  try {
    reason = await run({
      run: runFile,
      dir,
      problems,
      openModel: opener(config, io, progress.note, flags.record),
      openVerifier: verifierOpener(config, io, progress.note),
      clock: systemClock,
      assayVersion,
      interrupt: io.interrupt,
      onEvent: progress.event,
      onStart: () => {
        fresh = true
      },
    })
  } finally {
    progress.stop()
  }
  if (!fresh) say(`${dir}: the run is complete; nothing was left to do`)
  const again = `the same command ${reason === 'budget' ? 'with a higher --budget' : 'again'}: it continues ${dir}`
  await finishReport({ dir, io, json: Boolean(flags.json), command: again })
  return exitCodes[reason]
}

const providerHelp = Object.values<Provider>(providers)
  .map(({ id, summary }) => `  ${id.padEnd(10)}${summary}`)
  .join('\n')

export const runCommand: CliCommand = {
  id: 'run',
  register: (program: Program, io, exit) => {
    addSettings(
      program
        .command('run')
        .description(
          'ask a model for solutions, check them, keep what passed; the same command continues a run that stopped',
        )
        .argument('[config]', 'configuration file: YAML, JSON, TypeScript or JavaScript'),
    )
      .option('--out <dir>', 'run directory (default: runs/<run id>)')
      .option('--record <file>', 'also write the replies of the model to a cassette, for --model recorded:FILE')
      .option('--dry-run', 'print the plan, the first prompt and a forecast; ask for nothing')
      .option('--json', 'print the figures as JSON on stdout, and nothing else')
      .addHelpText('after', `\nModels, as --model provider:name\n${providerHelp}`)
      .action(async (configFile: string | undefined, flags: Flags) => exit(await start(configFile, flags, io)))
  },
}
