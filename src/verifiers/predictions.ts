/** How the words around a predicted literal are taken off: fences, marks of emphasis, `assert f(…) == …`, `f(…)`. */
import { argumentsOf, literalOf } from '../schemas/python-literals/literals.js'
import { fencedBlocks } from './extract/fences.js'

const maxPieceChars = 100_000
const wrappers: readonly (readonly [string, string])[] = [
  ['**', '**'],
  ['`', '`'],
  ['$', '$'],
  ['\\(', '\\)'],
]

/** The text without fences and emphasis around the whole of it, and what it was on the way there. */
function unwrapped(text: string): string[] {
  const steps = [text.trim()]
  for (let at = 0; at < 6; at++) {
    const now = steps.at(-1) ?? ''
    const [block] = now.startsWith('```') ? fencedBlocks(now) : []
    const pair = wrappers.find(
      ([left, right]) => now.length > 2 * left.length && now.startsWith(left) && now.endsWith(right),
    )
    const next = block?.text.trim() ?? (pair ? now.slice(pair[0].length, -pair[1].length).trim() : withoutStop(now))
    if (next === now) break
    steps.push(next)
  }
  return steps
}

const withoutStop = (text: string) => text.replace(/(?<=\S)\s*[.;,]$/, '').replace(/[ \t]+#[^\n'"]*$/, '')

/** What a comparison, an arrow or a label leaves on its right side, from the first sign to the last. */
function rightSides(text: string): string[] {
  const signs = [...text.matchAll(/==|(?<![=!<>])=(?!=)|->|→|⇒|=>|\bis\b|\breturns?\b|:/g)].slice(0, 50)
  return signs.map((sign) => text.slice(sign.index + sign[0].length).trim())
}

/** The literal that a piece of text gives as an output, as its source; undefined when there is none. */
export function outputLiteral(piece: string): string | undefined {
  const isLiteral = (text: string) => text !== '' && !('defect' in literalOf(text))
  for (const text of variants(piece)) {
    if (isLiteral(text)) return text
    const right = rightSides(text).flatMap(unwrapped).find(isLiteral)
    if (right !== undefined) return right
  }
  return undefined
}

/** The arguments that a piece of text gives for a call of `name`, as their source; undefined when there are none. */
export function argumentLiterals(piece: string, name: string): string | undefined {
  for (const text of variants(piece)) {
    const called = insideCall(text, name)
    const found = called ?? text
    if ((called !== undefined || found !== '') && !('defect' in argumentsOf(found))) return found
    // Behind `==` stands what comes of it.
    const left = text.split('==')[0] ?? ''
    const sides = [left, ...rightSides(left)]
    const side = sides
      .flatMap(unwrapped)
      .map((one) => insideCall(one, name) ?? one)
      .find((one) => one !== '' && !('defect' in argumentsOf(one)))
    if (side !== undefined) return side
  }
  return undefined
}

/** A piece of text as what a program reads or prints: undefined when it is blank. */
export function plainText(piece: string): string | undefined {
  const text = piece.includes('\n') && !piece.trim().startsWith('```') ? piece : (unwrapped(piece).at(-1) ?? '')
  return text.trim() === '' ? undefined : text
}

/** The piece, and its last line where it has several. */
function variants(piece: string): string[] {
  if (piece.length > maxPieceChars) return []
  const whole = unwrapped(piece)
  const lines = (whole.at(-1) ?? '').split('\n')
  return lines.length > 1 ? [...whole, ...unwrapped(lines.at(-1) ?? '')] : whole
}

/** What stands between the brackets of the first call of `name`, when these are literals. */
function insideCall(text: string, name: string): string | undefined {
  const call = `${name}(`
  const start = text.search(new RegExp(`(?<![\\w.])${name.replace(/\W/g, '\\$&')}\\(`))
  if (start === -1) return undefined
  const inside = text.slice(start + call.length)
  // The end of the call is the bracket before which literals stand.
  for (
    let end = inside.indexOf(')'), tries = 0;
    end !== -1 && tries < 60;
    end = inside.indexOf(')', end + 1), tries++
  ) {
    const candidate = inside.slice(0, end)
    if (!('defect' in argumentsOf(candidate))) return candidate
  }
  return undefined
}
