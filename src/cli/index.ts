import type { CliCommand } from './command.js'

/** Every command; its id is its name on the command line. */
export const commands = {} satisfies Record<string, CliCommand>
