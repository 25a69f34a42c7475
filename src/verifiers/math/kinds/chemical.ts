/** Chemical formulas: `H_2O` is H2O. Atoms in another order may be another spelling or another substance. */
import { type Finding, no, unsure, yes } from '../finding.js'
import { defineKind } from './kind.js'

interface Formula {
  readonly spelling: string
  /** How many of each element, sorted; with the charge. */
  readonly atoms: string
}

const elements = new Set(
  'H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu Hf Ta W Re Os Ir Pt Au Hg Tl Pb Bi Po At Rn Fr Ra Ac Th Pa U Np Pu Am'.split(
    ' ',
  ),
)
const maxChars = 120

/** Before the kinds that read letters as names. Only what holds a count and two atoms is one without doubt. */
export const chemicalKind = defineKind<Formula>({
  id: 'chemical',
  read: ({ text }) =>
    text.length > maxChars || !/^[^a-z]{0,12}?(?:\\\w+\{*)?[A-Z]/.test(text) ? undefined : formulaIn(text),
  same: sameFormula,
})

function formulaIn(text: string): Formula | undefined {
  const plain = text
    .replace(/\s+(\d?[+-])$|(?<=^[A-Z][a-z]?)(\d[+-])$/, '^$1$2')
    .replace(/\\(?:ce|text|mathrm|rm|mathsf|mathbf|textrm)(?![A-Za-z])|\\[,;! ]|[\s{}$]/g, '')
    .replace(/[₀-₉]/g, (digit) => String(digit.charCodeAt(0) - 0x2080))
    .replace(/\((?:aq|s|l|g)\)$/, '')
    .replaceAll('_', '')
  const [, factor = '', spelling = ''] = /^(\d{0,3})(.*)$/.exec(plain) ?? []
  const match = /^((?:[A-Z][a-z]?|\d{1,3}(?!\d)|[()[\]])+)(?:\^?(\d?[+-]|[+-]\d))?$/.exec(spelling)
  if (!match?.[1]) return undefined
  const counted = atomsIn(match[1], match[2] !== undefined)
  if (!counted) return undefined
  const charge = [...(match[2] ?? '')]
    .sort()
    .join('')
    .replace(/^([+-])1$/, '$1')
  const atoms = [...counted].map(([symbol, count]) => `${symbol}${count}`).sort()
  return { spelling: factor + match[1] + charge, atoms: `${factor} ${atoms.join()} ${charge}` }
}

/** Undefined when a letter is no element, a bracket has no partner, or nothing is counted in what has no charge. */
function atomsIn(text: string, charged: boolean): Map<string, number> | undefined {
  const groups: Map<string, number>[] = [new Map()]
  let atoms = 0
  for (const [, symbol, mark, digits] of text.matchAll(/(?:([A-Z][a-z]?)|([()[\]]))(\d*)/g)) {
    const count = Number(digits || 1)
    if (mark === '(' || mark === '[') groups.push(new Map())
    else if (mark) {
      const inner = groups.pop()
      const outer = groups.at(-1)
      if (!inner || !outer) return undefined
      for (const [one, times] of inner) outer.set(one, (outer.get(one) ?? 0) + times * count)
    } else if (symbol && elements.has(symbol)) {
      const group = groups.at(-1)
      group?.set(symbol, (group.get(symbol) ?? 0) + count)
      atoms++
    } else return undefined
  }
  const plain = charged ? atoms === 0 : atoms < 2 || !/[A-Za-z)\]]\d/.test(text)
  return groups.length === 1 && !plain && /^\D/.test(text) ? groups[0] : undefined
}

function sameFormula(a: Formula, b: Formula): Finding {
  if (a.spelling === b.spelling) return yes('text', 'the same formula')
  return a.atoms === b.atoms ? unsure('text', 'the same atoms in another order') : no('text', 'other atoms')
}
