/** How a Kattis package decides: the default validator by its flags, or a validator of its own. */
import type { Check, CheckOf } from '../../../schemas/check.js'
import type { ColumnPlace } from '../columns/json-column.js'
import { refusal } from '../columns/refusal.js'
import { caseFlag, defaultValidator, spaceFlag, toleranceFlags } from './kattis-default-validator.js'
import { languageOf } from './kattis-submissions.js'

export interface Case {
  readonly stdin: string
  readonly answer: string
}

/**
 * The default validator: a `stdio` check where that means the same, else a checker. It compares words whatever their case
 * and, where a tolerance is given, numbers by it; both matter only where the answers hold letters or numbers.
 */
export function defaultCheck(cases: readonly Case[], flags: readonly string[], place: ColumnPlace): Check {
  refuseFlags(flags, place)
  const folds = !flags.includes(caseFlag) && cases.some(({ answer }) => /[A-Za-z]/.test(answer))
  const rounds = flags.some(isTolerance) && cases.some(({ answer }) => /\d/.test(answer))
  if (folds || rounds) {
    const checker = { language: 'python', code: defaultValidator, protocol: 'kattis' } as const
    return {
      type: 'checker',
      cases: [...cases],
      checker: { ...checker, ...(flags.length > 0 && { flags: [...flags] }) },
    }
  }
  const compare = flags.includes(spaceFlag) ? 'exact' : 'tokens'
  return { type: 'stdio', cases: cases.map(({ stdin, answer }) => ({ stdin, stdout: answer })), compare }
}

const isTolerance = (flag: string) => Object.hasOwn(toleranceFlags, flag)
const decimal = /^\+?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

function refuseFlags(flags: readonly string[], place: ColumnPlace): void {
  for (let at = 0; at < flags.length; at++) {
    const flag = flags[at] ?? ''
    if (isTolerance(flag)) {
      if (!decimal.test(flags[++at] ?? '')) throw refusal(place, `'${flag}' without its number`)
    } else if (flag !== caseFlag && flag !== spaceFlag) {
      throw refusal(place, `'${flag}' is no flag of the default validator`)
    }
  }
}

type Files = Readonly<Record<string, string>>

/** A package's own validator as a `checker`: the source with main, and the other files of its folder beside it. */
export function validatorCheck(
  cases: readonly Case[],
  { files, flags }: { files: Files; flags: readonly string[] },
  where: string,
): Check {
  const place = { where, column: 'output_validators' }
  const names = Object.keys(files).filter((name) => /^output_validators?\//.test(name))
  const sources = names.filter((name) => languageOf(name) !== undefined)
  refusePrograms(names, sources, place)
  const main = mainOf(sources, files, place)
  const folder = folderOf(main)
  const beside = names.filter((name) => name !== main && name.startsWith(folder))
  const checker: CheckOf<'checker'>['checker'] = {
    language: languageOf(main) ?? '',
    code: files[main] ?? '',
    protocol: 'kattis',
    ...(beside.length > 0 && {
      files: beside.map((name) => ({ path: name.slice(folder.length), text: files[name] ?? '' })),
    }),
    ...(flags.length > 0 && { flags: [...flags] }),
  }
  return { type: 'checker', cases: [...cases], checker }
}

const folderOf = (name: string) => name.slice(0, name.lastIndexOf('/') + 1)

/** In `output_validators/` each file or folder is a program, and all must accept; `output_validator/` holds one. */
function refusePrograms(names: readonly string[], sources: readonly string[], place: ColumnPlace): void {
  if (sources.length === 0) throw refusal(place, 'there is no validator in a language that can run here')
  const programs = new Set(
    sources.map((name) => name.replace(/^(output_validators\/[^/]+|output_validator)\/.*$/, '$1')),
  )
  if (programs.size > 1) throw refusal(place, `several validators, where one can be run: ${[...programs].join(', ')}`)
  const script = names.find((name) => /\/(?:build|run)$/.test(name))
  if (script) throw refusal(place, `it is built or started by a script of its own: ${script}`)
}

/** Which source a program of several begins with: `__main__.py`, or the one with `main`, with which the others are compiled. */
function mainOf(sources: readonly string[], files: Files, place: ColumnPlace): string {
  const [first = ''] = sources
  if (sources.length === 1) return first
  const told = sources.join(', ')
  const [language = '', ...others] = new Set(sources.map(languageOf))
  if (others.length > 0) throw refusal(place, `its sources are in several languages: ${told}`)
  const [main, ...more] = sources.filter((name) => isMain[language]?.(name, files[name] ?? ''))
  if (main === undefined || more.length > 0) throw refusal(place, `which of its sources is the main one? ${told}`)
  const outside = sources.find((name) => !name.startsWith(folderOf(main)))
  if (outside) throw refusal(place, `its sources lie in folders side by side: ${told}`)
  return main
}

const isMain: Readonly<Record<string, (name: string, text: string) => boolean>> = {
  python: (name) => /\/__main__\.py$/.test(name),
  c: (_, text) => /\bmain\s*\(/.test(text),
  cpp: (_, text) => /\bmain\s*\(/.test(text),
}
