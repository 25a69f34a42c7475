/** CodeContests (Li et al. 2022) as the Hub publishes it: Parquet, or rows of it as JSON Lines. */
import { z } from 'zod'
import { AppError } from '../../base/errors.js'
import { toProblem } from '../problem-row.js'
import { limitsOf, type Pair, pairsOf, stdioCheckOf } from './contests/stdio-cases.js'
import { asStdio } from './contests/task-words.js'
import { type Format, readColumns } from './format.js'
import { levelBySize } from './topics/code-topics.js'
import { levelOfRating } from './topics/contest-level.js'
import { skillsOf } from './topics/published-topics.js'

const code = z.union([z.number().int(), z.string()])
/** Columns of a struct as lists of the same length, or a list of structs. */
const tests = z
  .union([
    z.object({ input: z.array(z.string()), output: z.array(z.string()) }),
    z.array(z.object({ input: z.string(), output: z.string() })),
  ])
  .nullish()
const programs = z
  .union([
    z.object({ language: z.array(code), solution: z.array(z.string()) }),
    z.array(z.object({ language: code, solution: z.string() })),
  ])
  .nullish()

const published = z.object({
  name: z.string().regex(/\S/, 'empty'),
  description: z.string().regex(/\S/, 'empty').describe('statement; pictures are left out as <image>'),
  public_tests: tests,
  private_tests: tests,
  generated_tests: tests,
  source: code.nullish(),
  difficulty: code.nullish(),
  solutions: programs,
  incorrect_solutions: programs.describe('submissions that the judge refused, for their time too'),
  cf_rating: z.number().nullish().describe('0: none'),
  cf_tags: z.array(z.string()).nullish(),
  time_limit: z.object({ seconds: z.number().nullish(), nanos: z.number().nullish() }).nullish(),
  memory_limit_bytes: z.number().nullish().describe('0: none'),
  input_file: z.string().nullish().describe('empty: standard input'),
  output_file: z.string().nullish(),
})
type Row = z.infer<typeof published>

/** Names of the published enumerations, by their numbers. */
const sources = ['unknown', 'codechef', 'codeforces', 'hackerearth', 'codejam', '', 'atcoder', 'aizu']
const languages = ['UNKNOWN_LANGUAGE', 'PYTHON', 'CPP', 'PYTHON3', 'JAVA']
const difficulties = ['UNKNOWN_DIFFICULTY', 'EASY', 'MEDIUM', 'HARD', 'HARDER', 'HARDEST']
/** Our languages in the order in which a reference is looked for. Python 2 is none of them. */
const preferred = [
  ['PYTHON3', 'python'],
  ['CPP', 'cpp'],
  ['JAVA', 'java'],
] as const
const most = { further: 4, wrong: 5 }
const home = 'https://github.com/google-deepmind/code_contests'

/**
 * A row becomes a `stdio` problem with its public, private and generated tests in this order, all of them. Language:
 * that of the reference, which is the first right Python 3 program, else C++, else Java. Incorrect solutions in that
 * language are known-wrong answers. Level: by the Codeforces rating, else EASY 0 to HARDEST 4, else by size.
 * A program that must read or write files by name is refused.
 */
export const codecontests: Format = {
  id: 'codecontests',
  describe: 'CodeContests as the Hub publishes it: Parquet, or its rows as JSON Lines',
  title: 'CodeContests',
  license: 'CC-BY-4.0',
  source: home,
  parse(row, { where, license }) {
    const { known, further } = readColumns(published, row, where)
    refuseFiles(known, where)
    const right = programsOf(known.solutions)
    const found = preferred.find(([name]) => right.some((one) => one.language === name)) ?? preferred[0]
    const inLanguage = (list: Programs) =>
      list.filter(({ language }) => language === found[0]).map((one) => one.solution)
    const [reference, ...more] = inLanguage(right)
    const check = stdioCheckOf(casesOf(known, where), { where, column: 'public_tests' })
    const source = nameOf(sources, known.source)?.toLowerCase() || 'unknown'
    const problem = {
      v: 1,
      id: `codecontests/${source}/${known.name.trim().replace(/\s+/g, '-')}`,
      kind: 'code',
      set: 'codecontests',
      license: license ?? 'CC-BY-4.0',
      source: `${home}, ${known.name}`,
      statement: asStdio(known.description),
      language: found[1],
      check,
      reference: reference === undefined ? undefined : { code: reference },
      limits: limitsOf(
        { seconds: secondsOf(known), memoryBytes: known.memory_limit_bytes ?? undefined },
        check.cases.map(({ stdout }) => stdout),
      ),
      skills: skillsOf(known.cf_tags ?? [], known.description),
      level: levelOf(known, reference),
      meta: {
        ...further,
        images: known.description.split('<image>').length - 1 || undefined,
        rating: known.cf_rating || undefined,
        difficulty: nameOf(difficulties, known.difficulty),
        solutions: more.slice(0, most.further),
        wrong: inLanguage(programsOf(known.incorrect_solutions))
          .slice(0, most.wrong)
          .map((text) => ({ kind: 'incorrect-solution', code: text, maybeSlow: true as const })),
      },
    }
    return [toProblem(problem, where)]
  },
}

function refuseFiles({ input_file, output_file }: Row, where: string): void {
  if (!input_file && !output_file) return
  throw new AppError('problems/malformed-row', {
    message: `${where}: ${input_file ? 'input_file' : 'output_file'}: the program must use the file '${input_file || output_file}', where only standard input and output are given here`,
    hint: 'leave such rows out with --bad-rows skip',
    details: { where },
  })
}

type Programs = { language: string | undefined; solution: string }[]

function programsOf(column: Row['solutions']): Programs {
  const list = Array.isArray(column)
    ? column
    : (column?.solution ?? []).map((solution, index) => ({ language: column?.language[index], solution }))
  return list
    .filter(({ solution }) => solution.trim() !== '')
    .map(({ language, solution }) => ({ language: nameOf(languages, language), solution }))
}

function casesOf(row: Row, where: string): Pair[] {
  const columns = ['public_tests', 'private_tests', 'generated_tests'] as const
  const all = columns.flatMap((column): Pair[] => {
    const given = row[column]
    if (Array.isArray(given)) return given
    if (!given || given.input.length + given.output.length === 0) return []
    return pairsOf(given.input, given.output, { where, column })
  })
  return pairsOf(
    all.map(({ input }) => input),
    all.map(({ output }) => output),
    { where, column: columns.join(', ') },
  )
}

const secondsOf = ({ time_limit }: Row) => (time_limit?.seconds ?? 0) + (time_limit?.nanos ?? 0) / 1e9

/** A name of an enumeration, by its number or by itself. */
const nameOf = (names: readonly string[], value: number | string | null | undefined): string | undefined =>
  typeof value === 'number' ? names[value] : (value ?? undefined)

function levelOf({ cf_rating, difficulty }: Row, reference = ''): number {
  if (cf_rating) return levelOfRating(cf_rating)
  const level = difficulties.indexOf(nameOf(difficulties, difficulty) ?? '') - 1
  return level >= 0 ? level : levelBySize(reference)
}
