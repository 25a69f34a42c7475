import path from 'node:path'
import { toAppError } from '../base/errors.js'
import { shellWord } from '../base/shell.js'
import type { CliCommand } from './command.js'
import { type ReadRun, readReport, writePage } from './finish.js'
import { type Io, printLine } from './io.js'
import { renderSummary } from './summary.js'

async function report(folder: string, { json = false }: { json?: boolean }, io: Io): Promise<void> {
  const dir = path.resolve(io.cwd, folder)
  const read = await readReport(dir)
  if (json) {
    await printLine(io, JSON.stringify(read.figures))
    return pageIfAllowed(dir, read, io)
  }
  const { figures, examples } = read
  const page = writePage(dir, read)
  const text = renderSummary(figures, {
    example: examples[0],
    files: [{ path: page, what: 'the report, to open in a browser' }],
    next: `npx assay export ${shellWord(folder)} --format sft --out ${shellWord(path.join(folder, 'sft'))}`,
    color: Boolean(io.stdout.isTTY && !io.env.NO_COLOR),
  })
  await printLine(io, text.trim())
}

/** The figures are what was asked for: a folder that cannot be written costs only the page. */
function pageIfAllowed(dir: string, read: ReadRun, io: Io): void {
  try {
    writePage(dir, read)
  } catch (error) {
    const { code, message } = toAppError(error)
    if (!code.startsWith('store/')) throw error
    io.stderr.write(`report.html was not written: ${message}\n`)
  }
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
