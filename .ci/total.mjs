/**
 * node .ci/total.mjs FIRST SECOND: the closing line over two outputs of vitest. A file that ran in both counts as in the
 * second one (there it had what it skipped for in the first), but a failure counts wherever it was.
 * Exit 1 when something failed, or when an output has no closing line: then its tests were never reached.
 */
import { existsSync, readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'

const files = process.argv.slice(2).filter(existsSync)
const [first, second] = files.map((file) => read(stripVTControlCharacters(readFileSync(file, 'utf8'))))
const total = { ...first.closing }
if (second) {
  for (const [name, again] of second.files) {
    const before = again && first.files.get(name)
    if (!before) continue
    total.passed -= before.passed
    total.skipped -= before.skipped
  }
  for (const key of Object.keys(total)) total[key] += second.closing[key]
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed > 0 ? 1 : 0

function read(text) {
  const closing = [...text.matchAll(/^(\d+) passed, (\d+) failed, (\d+) skipped$/gm)].at(-1)
  const [, passed, failed, skipped] = closing ?? [0, 0, 1, 0]
  const lines = text.matchAll(/ (test\/\S+\.test\.ts) \((\d+) tests?(?: \| (\d+) failed)?(?: \| (\d+) skipped)?\)/g)
  const perFile = [...lines].map(([, name, all, bad = 0, left = 0]) => [
    name,
    { passed: all - bad - left, skipped: Number(left) },
  ])
  return { closing: { passed: +passed, failed: +failed, skipped: +skipped }, files: new Map(perFile) }
}
