/** The worlds that a command line names: those of ours, and JSON files. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../base/errors.js'
import { lookup } from '../base/registry.js'
import { worlds } from '../curriculum/simulation/worlds.js'
import { parseJsonAs } from '../schemas/parse.js'
import { type World, worldSchema } from '../schemas/simulation.js'

export const ALL = 'all'

/**
 * Worlds by name, in the order that was given; a file's name without `.json` is its world's.
 * Throws `usage/bad-option` for an unknown name, `config/missing-file` and `config/invalid` for a file.
 */
export function namedWorlds(names: readonly string[], cwd: string): Record<string, World> {
  if (onlyAll(names, '--world')) return { ...worlds }
  const found: Record<string, World> = {}
  for (const name of new Set(names)) {
    const isFile = name.endsWith('.json') || name.includes('/')
    const key = isFile ? path.basename(name, '.json') : name
    if (Object.hasOwn(found, key)) {
      throw new AppError('usage/bad-option', {
        message: `--world: two worlds are called '${key}'`,
        hint: 'give the file another name',
      })
    }
    found[key] = isFile ? worldFile(name, cwd) : lookup<World>(worlds, name, 'world')
  }
  return found
}

/** True for `all` alone. Throws `usage/bad-option` for `all` beside other names. */
export function onlyAll(names: readonly string[], option: string): boolean {
  if (!names.includes(ALL)) return false
  if (names.every((name) => name === ALL)) return true
  throw new AppError('usage/bad-option', {
    message: `${option} ${names.join(' ')}: 'all' stands beside other names`,
    hint: `write ${option} all, or name those that you want`,
  })
}

function worldFile(name: string, cwd: string): World {
  let text: string
  try {
    text = readFileSync(path.resolve(cwd, name), 'utf8')
  } catch (cause) {
    throw new AppError('config/missing-file', {
      message: `${name}: ${(cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'cannot be read'}`,
      hint: `a world is a name (${Object.keys(worlds).join(', ')}) or a JSON file`,
      cause,
    })
  }
  return parseJsonAs(worldSchema, text, name, 'config/invalid')
}

/** The world with another number of attempts; tokens that run out are scaled with them. */
export function withBudget(world: World, budget: number): World {
  const { tokenBudget } = world
  return {
    ...world,
    budget,
    ...(tokenBudget === undefined ? {} : { tokenBudget: (tokenBudget * budget) / world.budget }),
  }
}
