/**
 * Answers with ±: two readings, in each of which all the signs agree. Two signs and more in one member stand for every
 * combination when the other side lists that many.
 */
import { type Finding, type How, unsure } from '../finding.js'
import { folded, numeral } from '../matrices/arithmetic.js'
import { type Node, signName } from '../tree/node.js'
import { childrenOf, mapChildren, some, substitute } from '../tree/walk.js'
import { defineKind } from './kind.js'
import { sameSet } from './members.js'

const maxSigns = 4

/** Before every kind of one reading: relations, tuples, sets. */
export const plusMinusKind = defineKind<Node>({
  id: 'plus-minus',
  read: ({ text, node }, _how, other) => {
    if (!node || !other.node || node.kind === 'family' || !(mayHold(text) || mayHold(other.text))) return undefined
    return holdsSign(node) || holdsSign(other.node) ? node : undefined
  },
  same: (a, b, how) => {
    const [left, right] = [readings(a), readings(b)]
    const finding = sameSet(left, right, how)
    if (finding.equal !== false) return finding
    if (everyCombination(a, b, right, how) || everyCombination(b, a, left, how))
      return { equal: true, layer: 'structure', reason: 'the same members, each sign on its own' }
    return judged(finding, a, b)
  },
})

/** Spares the walk for most pairs; a part of an answer has no text. */
const mayHold = (text: string) => text === '' || /[±∓]|\\(?:pm|mp)|\+[-/]/.test(text)

const holdsSign = (node: Node) => some(node, isSign)
const isSign = (node: Node) => node.kind === 'variable' && node.name === signName

/** An equation that is not solved for a name may have both solutions at once. */
const judged = (finding: Finding, ...sides: readonly Node[]): Finding =>
  sides.some((side) => !holdsSign(side) && side.kind === 'relation' && side.sides[0]?.kind !== 'variable')
    ? unsure('structure', 'two signs against a relation')
    : finding

/** The members that the answer stands for. */
function readings(node: Node): Node[] {
  const whole = node.kind === 'group' && node.open !== '{' ? bothSigns(node) : [withBoth(node)]
  return whole.flatMap((one) =>
    one.kind === 'list' || (one.kind === 'group' && one.open === '{') ? one.items : bothSigns(one),
  )
}

/** Sets and lists with each member that holds a sign in both its readings. */
const withBoth = (node: Node): Node => {
  if (node.kind === 'list' || (node.kind === 'group' && node.open === '{'))
    return { ...node, items: node.items.flatMap(bothSigns) }
  return node.kind === 'union' || node.kind === 'difference' || node.kind === 'intersection'
    ? mapChildren(node, withBoth)
    : node
}

const bothSigns = (node: Node): Node[] =>
  holdsSign(node) ? [1, -1].map((sign) => folded(substitute(node, signName, numeral(sign)))) : [node]

function everyCombination(signed: Node, listed: Node, members: readonly Node[], how: How): boolean {
  const signs = countSigns(signed)
  if (signs < 2 || signs > maxSigns || holdsSign(listed) || members.length !== 2 ** signs) return false
  const all = Array.from({ length: 2 ** signs }, (_, index) => {
    let at = index
    const replaced = (node: Node): Node => {
      if (!isSign(node)) return mapChildren(node, replaced)
      const sign = numeral(at % 2 === 0 ? 1 : -1)
      at = Math.floor(at / 2)
      return sign
    }
    return folded(replaced(signed))
  })
  return sameSet(all, members, how).equal === true
}

const countSigns = (node: Node): number =>
  isSign(node) ? 1 : childrenOf(node).reduce((total, child) => total + countSigns(child), 0)
