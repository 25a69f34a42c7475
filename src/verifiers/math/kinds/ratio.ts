/** Ratios of two parts and more: 2:3 is 4:6. A number beside a ratio of two is its quotient. */
import { type Finding, type How, no, unsure } from '../finding.js'
import { folded, numeral, times } from '../matrices/arithmetic.js'
import { parseNode } from '../read/answer.js'
import { Unparsed } from '../read/unparsed.js'
import type { Node } from '../tree/node.js'
import { type Answer, defineKind } from './kind.js'
import { sameInOrder, sameMember } from './members.js'

/** Behind the clock, which has the first word on `2:05`. */
export const ratioKind = defineKind<readonly Node[]>({
  id: 'ratio',
  read: (answer, how, other) =>
    ratioIn(answer, how) ?? (ratioIn(other, how)?.length === 2 ? asQuotient(answer.node) : undefined),
  same: sameRatio,
})

function ratioIn(answer: Answer, how: How): readonly Node[] | undefined {
  const { node } = answer
  const spoken = partsSpoken(answer, /^(?:(?:the|a) )?(?:ratio (?:of|is) )?(.{1,60}?) (?:is )?to (.{1,60})$/i, how)
  if (spoken) return withoutUnit(spoken)
  if (node?.kind === 'ratio') return withoutUnit(node.parts)
  // `a : b = 2 : 3` says what the ratio is of.
  const [left, right] = node?.kind === 'relation' && node.signs.join() === '=' ? node.sides : []
  if (left?.kind !== 'ratio' || right?.kind !== 'ratio' || left.parts.length !== right.parts.length) return undefined
  return left.parts.every((part) => part.kind === 'variable') ? right.parts : undefined
}

/** One unit on every part is none: 2 cm to 3 cm. */
function withoutUnit(parts: readonly Node[]): readonly Node[] | undefined {
  const units = parts.map((part) => (part.kind === 'quantity' ? part.unit : ''))
  if (new Set(units).size !== 1) return undefined
  return parts.map((part) => (part.kind === 'quantity' ? part.value : part))
}

const quotients = new Set<Node['kind']>(['number', 'divide', 'multiply', 'add', 'power', 'apply', 'constant'])

const asQuotient = (node: Node | undefined): readonly Node[] | undefined => {
  if (!node || !quotients.has(node.kind)) return undefined
  return node.kind === 'divide' ? [node.left, node.right] : [node, numeral(1)]
}

function sameRatio(a: readonly Node[], b: readonly Node[], how: How): Finding {
  if (a.length !== b.length) return no('structure', `expected ${a.length} parts, got ${b.length}`)
  const [left, right] = [a.map(folded), b.map(folded)]
  // Crosswise products say nothing where a part is zero: the pivot is one on neither side.
  const zeros = (parts: readonly Node[]) => parts.map((part) => sameMember(part, numeral(0), how))
  const [ours, theirs] = [zeros(left), zeros(right)]
  if (!ours.includes(false) || !theirs.includes(false))
    return unsure('structure', 'a ratio of parts that may all be zero')
  if (ours.some((zero, index) => zero !== null && theirs[index] !== null && zero !== theirs[index]))
    return no('structure', 'a part is zero on one side only')
  const pivot = ours.findIndex((zero, index) => zero === false && theirs[index] === false)
  const [first, other] = [left[pivot], right[pivot]]
  if (!first || !other) return unsure('structure', 'a ratio of parts that may be zero')
  return sameInOrder(
    left.map((part) => times(part, other)),
    right.map((part) => times(part, first)),
    how,
  )
}

/** What the groups of the pattern match in the text, parsed; undefined when it does not match or a part cannot be read. */
function partsSpoken(answer: Answer, pattern: RegExp, how: How): readonly Node[] | undefined {
  if (!answer.text.includes('to')) return undefined
  const match = pattern.exec(answer.text.replace(/\\text\s*\{([^{}]*)\}/g, ' $1 ').trim())
  if (!match) return undefined
  try {
    return match.slice(1).map((part) => parseNode(part, how.budget))
  } catch (error) {
    if (error instanceof Unparsed) return undefined
    throw error
  }
}
