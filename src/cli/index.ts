import type { CliCommand } from './command.js'

/**
 * Every command by its name on the command line, loaded when it is asked for: loading all of them takes longer than many
 * of them work.
 */
export const commands = {
  curriculum: async () => (await import('./curriculum.js')).curriculumCommand,
  doctor: async () => (await import('./doctor.js')).doctorCommand,
  exec: async () => (await import('./exec.js')).execCommand,
  export: async () => (await import('./export.js')).exportCommand,
  math: async () => (await import('./math.js')).mathCommand,
  problems: async () => (await import('./problems.js')).problemsCommand,
  report: async () => (await import('./report.js')).reportCommand,
  verify: async () => (await import('./verify.js')).verifyCommand,
  run: async () => (await import('./run.js')).runCommand,
} satisfies Record<string, () => Promise<CliCommand>>
