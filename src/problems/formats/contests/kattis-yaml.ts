/** YAML files of a Kattis package. */
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { parseAs } from '../../../schemas/parse.js'
import { refusal } from '../columns/refusal.js'

/** Texts of a package by their paths in it, and its folder. */
export interface FilesOf {
  readonly files: Readonly<Record<string, string>>
  readonly where: string
}

/** Words: a text that is split at white space, or a list. */
export const words = z.union([z.string(), z.array(z.string())]).nullish()

export const listOf = (value: z.infer<typeof words>): string[] =>
  (typeof value === 'string' ? value.split(/\s+/) : (value ?? [])).filter((word) => word !== '')

/** The file as its schema says; throws `problems/malformed-row` with its name where it is no YAML or another shape. */
export function yamlOf<S extends z.ZodType>(schema: S, name: string, { files, where }: FilesOf): z.infer<S> {
  const document = parseDocument(files[name] ?? '', { logLevel: 'silent' })
  const [error] = document.errors
  if (error) throw refusal({ where, column: name }, `not YAML: ${error.message}`)
  return parseAs(schema, document.toJS() ?? {}, `${where}: ${name}`, 'problems/malformed-row')
}
