/** Kattis problem packages (legacy, legacy-icpc, 2023-07 and 2025-09 formats): a package folder, or a folder of them. */
import { z } from 'zod'
import { parseAs } from '../../schemas/parse.js'
import { toProblem } from '../problem-row.js'
import { refusal } from './columns/refusal.js'
import { flagsOf } from './contests/kattis-flags.js'
import { kattisPackages } from './contests/kattis-package.js'
import { submissionsOf } from './contests/kattis-submissions.js'
import { type Case, defaultCheck, validatorCheck } from './contests/kattis-validator.js'
import { listOf, words, yamlOf } from './contests/kattis-yaml.js'
import { limitsOf, pairsOf, stdioCheckOf } from './contests/stdio-cases.js'
import { asStdio } from './contests/task-words.js'
import type { Format } from './format.js'
import { levelBySize } from './topics/code-topics.js'
import { skillsOf } from './topics/published-topics.js'

const packageRow = z.object({ name: z.string().min(1), files: z.record(z.string(), z.string()) })
type Files = Readonly<Record<string, string>>

const positive = z.number().positive().nullish()
const problemYaml = z.looseObject({
  problem_format_version: z.string().nullish(),
  name: z.union([z.string(), z.record(z.string(), z.string())]).nullish(),
  type: words,
  validation: z.string().nullish().describe('legacy: default, custom, custom interactive, custom score'),
  validator_flags: words,
  license: z.string().nullish(),
  source: z.unknown().optional(),
  keywords: words,
  limits: z.looseObject({ time_limit: positive, memory: positive, output: positive }).nullish(),
})
type ProblemYaml = z.infer<typeof problemYaml>

/**
 * A package becomes a `stdio` problem where that compares as its validator does, else a `checker` problem: with the default
 * validator's rules, or with a validator of its own. Cases: sample, then secret, sorted by path, all of them (scoring groups
 * too); their validator flags must agree. The reference is a program of submissions/accepted, and those of
 * submissions/wrong_answer in its language are known-wrong answers. The id is `kattis/<folder>`. Level by the size of
 * the reference. Interactive, multi-pass and submit-answer problems are refused.
 */
export const kattis: Format = {
  id: 'kattis',
  describe: 'Kattis problem packages: a folder with problem.yaml, or a folder of such folders',
  title: 'Kattis problem packages',
  license: 'unknown',
  source: 'https://www.kattis.com/problem-package-format',
  rows: kattisPackages,
  parse(row, { where, license }) {
    const { name, files } = parseAs(packageRow, row, where, 'problems/malformed-row')
    const yaml = yamlOf(problemYaml, 'problem.yaml', { files, where })
    refuseUnfit(yaml, files, where)
    const cases = casesOf(files, where)
    const { language, accepted, wrong } = submissionsOf(files)
    const [reference, ...solutions] = accepted
    const statement = statementOf(files, yaml, where)
    const problem = {
      v: 1,
      id: `kattis/${name.replace(/\s+/g, '-')}`,
      kind: 'code',
      set: 'kattis',
      license: license ?? (yaml.license || 'unknown'),
      source: sourceOf(yaml) || `Kattis problem package ${name}`,
      statement: asStdio(statement),
      language,
      check: checkOf(cases, { yaml, files, where }),
      reference: reference === undefined ? undefined : { code: reference },
      limits: limitsFor(yaml, files, cases),
      skills: skillsOf(listOf(yaml.keywords), statement),
      level: levelBySize(reference ?? ''),
      meta: { package: yaml, solutions, wrong },
    }
    return [toProblem(problem, where)]
  },
}

const unfit: Readonly<Record<string, string>> = {
  interactive: 'an interactive problem: nothing here can play the other side',
  'multi-pass': 'a multi-pass problem: a program is run once here',
  'submit-answer': 'asks for answers, not for a program',
}

function refuseUnfit(yaml: ProblemYaml, files: Files, where: string): void {
  const interaction = Object.keys(files).some((name) => name.endsWith('.interaction'))
  const kinds = [...listOf(yaml.type), ...listOf(yaml.validation), ...(interaction ? ['interactive'] : [])]
  const kind = kinds.find((one) => one in unfit)
  if (kind) throw refusal({ where, column: 'problem.yaml' }, unfit[kind] ?? kind)
}

const inputsOf = (files: Files): string[] =>
  ['sample', 'secret'].flatMap((group) =>
    Object.keys(files)
      .filter((name) => name.startsWith(`data/${group}/`) && name.endsWith('.in'))
      .sort(),
  )

function casesOf(files: Files, where: string): Case[] {
  const cases = inputsOf(files).map((name) => {
    const answer = files[name.replace(/\.in$/, '.ans')]
    if (answer === undefined) throw refusal({ where, column: name }, 'there is no .ans file beside it')
    return { stdin: files[name] ?? '', answer }
  })
  // Refuses no cases, and nothing but empty answers.
  const place = { where, column: 'data' }
  stdioCheckOf(
    pairsOf(
      cases.map(({ stdin }) => stdin),
      cases.map(({ answer }) => answer),
      place,
    ),
    place,
  )
  return cases
}

function checkOf(cases: readonly Case[], { yaml, files, where }: { yaml: ProblemYaml; files: Files; where: string }) {
  const version = yaml.problem_format_version ?? 'legacy'
  const custom = version.startsWith('legacy')
    ? /\bcustom\b/.test(yaml.validation ?? '')
    : Object.keys(files).some((name) => /^output_validators?\//.test(name))
  const flags = flagsOf(listOf(yaml.validator_flags), inputsOf(files), { files, where })
  return custom
    ? validatorCheck(cases, { files, flags }, where)
    : defaultCheck(cases, flags, { where, column: 'validator_flags' })
}

const mib = 2 ** 20
/** Where a package gives no time limit: its judge takes it from the slowest accepted submission, often in C++ and Python. */
const usualSeconds = 10
/** The published output limit where a package gives none. */
const usualOutputMib = 8
const mostOutputBytes = 256 * mib

function limitsFor({ limits }: ProblemYaml, files: Files, cases: readonly Case[]) {
  const seconds = limits?.time_limit ?? (Number.parseFloat(files['.timelimit'] ?? '') || usualSeconds)
  const found = limitsOf(
    { seconds, memoryBytes: (limits?.memory ?? 0) * mib },
    cases.map(({ answer }) => answer),
  )
  const granted = Math.round(Math.min(mostOutputBytes, (limits?.output ?? usualOutputMib) * mib))
  return { ...found, outputBytes: Math.max(found?.outputBytes ?? 0, granted) }
}

const statementName = /^(?:problem_)?statement\/problem(?:\.([A-Za-z-]+))?\.(?:tex|md)$/

/** The English statement, else the one without a language, else the first; with title and samples, as it is shown. */
function statementOf(files: Files, { name }: ProblemYaml, where: string): string {
  const found = Object.keys(files).flatMap((file) => {
    const match = statementName.exec(file)
    return match ? [{ file, language: match[1] ?? '' }] : []
  })
  const chosen =
    found.find(({ language }) => language === 'en') ?? found.find(({ language }) => language === '') ?? found[0]
  const text = chosen && files[chosen.file]?.replace(/^\s*\\problemname\{.*\}[ \t]*$/m, '').trim()
  if (!chosen || !text) throw refusal({ where, column: 'problem_statement' }, 'there is no statement as .tex or .md')
  const title = typeof name === 'string' ? name : (name?.[chosen.language] ?? name?.en)
  const samples = Object.keys(files).filter((file) => /^data\/sample\/.*\.in$/.test(file))
  const shown = samples.map((file, index) => {
    const fenced = (part: string) => `\`\`\`\n${part.trimEnd()}\n\`\`\``
    const answer = files[file.replace(/\.in$/, '.ans')] ?? ''
    return `Sample Input ${index + 1}:\n${fenced(files[file] ?? '')}\nSample Output ${index + 1}:\n${fenced(answer)}`
  })
  return [...(title ? [`# ${title}`] : []), text, ...shown].join('\n\n')
}

/** `source` is a name, or {name, url}, or a list of either. */
function sourceOf({ source }: ProblemYaml): string {
  const one: unknown = Array.isArray(source) ? source[0] : source
  if (typeof one === 'string') return one
  const { name, url } = (one ?? {}) as { name?: unknown; url?: unknown }
  return [name, url].filter((part) => typeof part === 'string' && part !== '').join(', ')
}
