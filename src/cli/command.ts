import type { Command as Program } from 'commander'
import type { Io } from './io.js'

/** One command of the program: it declares itself on commander and does its work in the action. Exit code: what `exit` was given, else 0. */
export interface CliCommand {
  readonly id: string
  register(program: Program, io: Io, exit: (code: number) => void): void
}
