/**
 * Answers that stand for infinitely many evenly spaced numbers: general solutions over all whole numbers, congruences, odd
 * numbers. Each is a union of residue classes on the real line, so that they meet whatever their spelling.
 */
import { type Finding, type How, no, unsure, yes } from '../finding.js'
import { negative } from '../matrices/arithmetic.js'
import { isSubset } from '../regions/certain.js'
import { type ResidueClass, sameClasses } from '../residues/classes.js'
import { bareResidue, both, classesOf, either, type Residues, residuesOf } from '../residues/congruence.js'
import { classesIn, type Family, familyOf, latticeIn, runsOverWhole } from '../residues/family.js'
import { type Lattice, sameLattice } from '../residues/lattice.js'
import { residuesInWords } from '../residues/words.js'
import type { Node } from '../tree/node.js'
import { substitute } from '../tree/walk.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'

interface Given {
  readonly name?: string
  /** Undefined when it is a family of another form. */
  readonly classes?: readonly ResidueClass[]
  readonly family?: Family
  /** Points. */
  readonly lattice?: Lattice
}

/** Before ± and whatever reads an equation, to which the index would be a name like others. */
export const familyKind = defineKind<Given>({
  id: 'family',
  exclusive: true,
  read: (answer, how, other) => {
    const given = certain(answer, how)
    if (given) return given
    return certain(other, how) ? possible(answer, how) : bareBeside(answer, other, how)
  },
  same: sameGiven,
})

function certain({ node, ...answer }: Answer, how: How): Given | undefined {
  if (!node || node.kind === 'words') return fromResidues(residuesInWords(spoken({ ...answer, ...(node && { node }) })))
  const residues = congruencesIn(node, how)
  if (residues) return fromResidues(residues)
  if (holdsCongruence(node)) return {}
  const family = familyOf(node, true)
  if (family) return fromFamily(family, how)
  const lattice = latticeIn(node, how)
  if (lattice) return { lattice }
  return runsOverWhole(node) && !isAboutItself(node) ? {} : undefined
}

/** `x^2 < 9, x in Z` is about x itself. */
const isAboutItself = (node: Node): boolean => {
  if ((node.kind !== 'family' && node.kind !== 'builder') || node.where.kind !== 'member') return false
  const body = node.kind === 'family' ? node.body : node.element
  return node.where.left.kind === 'variable' && isSubset(body)
}

function possible({ node }: Answer, how: How): Given | undefined {
  if (!node) return undefined
  if (node.kind === 'named-set' && node.name === 'integers') return fromResidues({ modulus: 1n, values: [0n] })
  const residues = bareResidue(node, how) ?? saidResidue(node, how)
  if (residues) return fromResidues(residues)
  const family = familyOf(node, false)
  return family && fromFamily(family, how)
}

/** `3 (mod 7)` is a residue beside another one; beside a value it is that of the operation. */
function bareBeside({ node }: Answer, { node: other }: Answer, how: How): Given | undefined {
  const isBare = (one: Node | undefined) => one?.kind === 'apply' && one.name === 'mod'
  return node && isBare(node) && isBare(other) ? fromResidues(bareResidue(node, how)) : undefined
}

/** `x = 3 mod 7` */
function saidResidue(node: Node, how: How): Residues | undefined {
  if (node.kind !== 'relation' || node.signs.join() !== '=') return undefined
  const [left, right] = node.sides
  const residues = right && bareResidue(right, how)
  return left?.kind === 'variable' && residues ? { ...residues, name: left.name } : undefined
}

const fromResidues = (residues: Residues | undefined): Given | undefined =>
  residues && { name: residues.name, classes: classesOf(residues) }

const fromFamily = (family: Family, how: How): Given => ({ name: family.name, family, classes: classesIn(family, how) })

const holdsCongruence = (node: Node): boolean =>
  node.kind === 'congruence' ||
  (node.kind === 'list' && node.items.some(holdsCongruence)) ||
  ((node.kind === 'and' || node.kind === 'or') && (holdsCongruence(node.left) || holdsCongruence(node.right)))

/** One or more of them: those of one modulus are alternatives unless it is said otherwise, others hold together. */
function congruencesIn(node: Node, how: How): Residues | undefined {
  if (node.kind === 'congruence') return residuesOf(node, how)
  if (node.kind === 'family') {
    const whole =
      node.where.kind === 'member' && node.where.right.kind === 'named-set' && node.where.right.name === 'integers'
    return whole ? congruencesIn(node.body, how) : undefined
  }
  const items =
    node.kind === 'list' ? node.items : node.kind === 'and' || node.kind === 'or' ? [node.left, node.right] : []
  if (items.length === 0 || !items.every(holdsCongruence)) return undefined
  const parts = items.map((item) => congruencesIn(item, how))
  const [first] = parts
  if (!first || parts.includes(undefined)) return undefined
  const all = parts as Residues[]
  if (all.some(({ name }) => name !== first.name)) return undefined
  const oneModulus = all.every(({ modulus }) => modulus === first.modulus)
  const together = node.kind === 'and' || (node.kind === 'list' && !oneModulus)
  return all
    .slice(1)
    .reduce<Residues | undefined>(
      (total, one) => total && (together ? both(total, one, how) : either(total, one)),
      first,
    )
}

function sameGiven(a: Given, b: Given, how: How): Finding {
  if (a.name && b.name && a.name !== b.name) return no('structure', `expected ${a.name}, got ${b.name}`)
  if (a.classes && b.classes) {
    const same = sameClasses(a.classes, b.classes, how)
    if (same === null) return unsure('structure', 'residues that are not settled')
    return same ? yes('structure', 'the same residues') : no('structure', 'other residues')
  }
  if (a.lattice && b.lattice)
    return sameLattice(a.lattice, b.lattice) ? yes('structure', 'the same points') : no('structure', 'other points')
  return a.family && b.family ? sameMembers(a.family, b.family, how) : unsure('structure', 'a family of another form')
}

/** Index by index, where that is the same index; the other way round over all whole numbers as well. */
function sameMembers(a: Family, b: Family, how: How): Finding {
  const open = unsure('structure', 'families of another form')
  const [left, right] = [a.values[0], b.values[0]]
  if (a.values.length !== 1 || b.values.length !== 1 || !left || !right) return open
  const [first, second] = [from(left, a), from(right, b)]
  if (!first || !second) return open
  const linear = [a, b].every((family) => classesIn({ ...family, domain: 'integers' }, how) !== undefined)
  if (first.domain !== second.domain) {
    // All whole numbers against those from somewhere, or without one.
    const settled = linear && (first.domain === 'integers' || second.domain === 'integers')
    return settled ? no('structure', 'only one of them is restricted') : open
  }
  const found = how.same(first.value, second.value)
  if (found.equal) return yes('structure', 'the same members')
  if (linear && (first.domain === 'from 0' || first.domain === 'naturals')) return found
  const k: Node = { kind: 'variable', name: '#k' }
  const turned = substitute(second.value, '#k', negative(k))
  const both = first.domain === 'integers' && how.same(first.value, turned).equal
  return both ? yes('structure', 'the same members') : open
}

/** With the index named alike, and counted from zero where it starts somewhere. */
function from(value: Node, { index, domain }: Family): { value: Node; domain: string } | undefined {
  const start = /^from (-?\d+)$/.exec(domain)?.[1]
  const k: Node = { kind: 'variable', name: '#k' }
  if (start === undefined) return { value: substitute(value, index, k), domain }
  const shifted: Node = { kind: 'add', left: k, right: { kind: 'number', value: { n: BigInt(start), d: 1n } } }
  return { value: substitute(value, index, shifted), domain: 'from 0' }
}
