import type { CliCommand } from './command.js'
import { curriculumCommand } from './curriculum.js'
import { doctorCommand } from './doctor.js'
import { execCommand } from './exec.js'
import { exportCommand } from './export.js'
import { problemsCommand } from './problems.js'
import { reportCommand } from './report.js'
import { runCommand } from './run.js'
import { verifyCommand } from './verify.js'

/** Every command; its id is its name on the command line. */
export const commands = {
  curriculum: curriculumCommand,
  doctor: doctorCommand,
  exec: execCommand,
  export: exportCommand,
  problems: problemsCommand,
  report: reportCommand,
  verify: verifyCommand,
  run: runCommand,
} satisfies Record<string, CliCommand>
