import path from 'node:path'
import type { CliCommand } from './command.js'
import { writeReport } from './finish.js'
import { type Io, printLine } from './io.js'
import { renderSummary } from './summary.js'

async function report(folder: string, { json = false }: { json?: boolean }, io: Io): Promise<void> {
  const { figures, examples, page } = await writeReport(path.resolve(io.cwd, folder))
  if (json) return printLine(io, JSON.stringify(figures))
  const text = renderSummary(figures, {
    example: examples[0],
    files: [{ path: page, what: 'the report, to open in a browser' }],
    next: `npx assay export ${folder} --format sft --out ${path.join(folder, 'sft')}`,
    color: Boolean(io.stdout.isTTY && !io.env.NO_COLOR),
  })
  await printLine(io, text.trim())
}

export const reportCommand: CliCommand = {
  id: 'report',
  register: (program, io) => {
    program
      .command('report')
      .description('What a run came to, computed from its ledger; also writes RUNDIR/report.html')
      .argument('<rundir>', 'folder of a run')
      .option('--json', 'the figures as one JSON object')
      .action((folder: string, options: { json?: boolean }) => report(folder, options, io))
  },
}
