/** The flags that the output validator of a Kattis package is called with. */
import { z } from 'zod'
import { refusal } from '../columns/refusal.js'
import { type FilesOf, listOf, words, yamlOf } from './kattis-yaml.js'

const groupYaml = z.looseObject({ output_validator_flags: words, output_validator_args: words })

/**
 * Flags of the cases (paths of their inputs): those of the package, then those of a case's own file or of the nearest folder
 * above it that names some. Throws when the cases differ, since a check has one way to compare.
 */
export function flagsOf(ofPackage: readonly string[], cases: readonly string[], { files, where }: FilesOf): string[] {
  const known = new Map<string, string[] | undefined>()
  const read = (name: string): string[] | undefined => {
    if (files[name] === undefined) return undefined
    if (!known.has(name)) {
      const { output_validator_args: args, output_validator_flags: flags } = yamlOf(groupYaml, name, { files, where })
      const given = args ?? flags
      known.set(name, given == null ? undefined : listOf(given))
    }
    return known.get(name)
  }
  const all = cases.map((name) => {
    const nearest = configsOf(name).find((config) => read(config) !== undefined)
    return [...ofPackage, ...((nearest && read(nearest)) || [])]
  })
  const ways = [...new Set(all.map((flags) => flags.join(' ')))]
  if (ways.length <= 1) return all[0] ?? []
  const told = ways.map((way) => way || 'no flags').join('; ')
  throw refusal({ where, column: 'data' }, `its cases are compared in different ways: ${told}`)
}

/** Where flags of a case may stand, the nearest first: `data/secret/a/1.yaml`, `data/secret/a/test_group.yaml`, … */
function configsOf(input: string): string[] {
  const folders = input.split('/').slice(0, -1)
  const groups = folders.map((_, depth) => folders.slice(0, folders.length - depth).join('/'))
  return [
    input.replace(/\.in$/, '.yaml'),
    ...groups.flatMap((folder) => [`${folder}/test_group.yaml`, `${folder}/testdata.yaml`]),
  ]
}
