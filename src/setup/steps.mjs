import path from 'node:path'
import { build } from './build.mjs'
import { diskError } from './disk.mjs'
import { withLock } from './lock.mjs'
import { findModel } from './model.mjs'
import { installPackages } from './packages.mjs'
import { root } from './places.mjs'
import { findSandbox } from './sandbox.mjs'
import { SetupError, say } from './say.mjs'

const usage = 'usage: npm run setup [-- --no-model]'

/** Does what is missing and says what it does; silent when nothing is. Returns the exit code. */
export async function setUp(args, env) {
  try {
    const unknown = args.filter((arg) => arg !== '--no-model')
    if (unknown.length > 0) throw new SetupError(`unknown option ${unknown[0]}`, usage, 2)
    await checkout(env)
    await findSandbox(env)
    if (wantsModel(args, env)) await findModel(env)
    return 0
  } catch (error) {
    const known = diskError(error, root, 'make room, or make the folder writable, and run the same command again')
    say(known instanceof SetupError ? known.message : String(known.stack))
    if (known.hint) process.stderr.write(`  hint: ${known.hint}\n`)
    return known.exitCode ?? 1
  }
}

/** Weights are for the local model only. */
const wantsModel = (args, env) => !args.includes('--no-model') && (env.ASSAY_MODEL ?? 'local').startsWith('local')

/** node_modules and dist. The lock is taken only when there is something to write. */
async function checkout(env) {
  const steps = [installPackages(root), build(root)]
  for (const step of steps) {
    if (await step.ready()) continue
    await withLock(path.join(root, '.assay/setup.lock'), async () => {
      if (!(await step.ready())) await step.run(env)
    })
  }
}
