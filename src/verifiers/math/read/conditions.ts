/** Conditions in words behind an answer: `where k is an integer`, `for all x`, `for n \ge 1`. */
import type { Node } from '../tree/node.js'
import type { Cursor } from './cursor.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import { name, words } from './nodes.js'
import { statement } from './statements.js'

const openers = new Set([
  'where',
  'for',
  'with',
  'if',
  'when',
  'such',
  'provided',
  'given',
  'whenever',
  'assuming',
  'any',
  'all',
])
const fillers = new Set(
  'that all any every each some an a the is are be being arbitrary real value values number numbers of which denotes'.split(
    ' ',
  ),
)
const domains: Readonly<Record<string, 'integers' | 'naturals' | 'reals'>> = {
  integer: 'integers',
  integers: 'integers',
  natural: 'naturals',
  naturals: 'naturals',
  real: 'reals',
  reals: 'reals',
  constant: 'reals',
}

/** Does a word that opens a condition stand here? */
export function isConditionAhead(c: Cursor): boolean {
  let count = 0
  while (c.isAhead(count, ',') || c.isAhead(count, 'quad')) count++
  if (c.isAhead(count, '(') && openers.has(c.ahead(count + 1).text.toLowerCase()))
    return c.ahead(count + 1).type === 'word'
  if (isMemberInBrackets(c, count)) return true
  const { type, text } = c.ahead(count)
  if (type === 'sign' && text === '∀') return true
  // `, n an integer`
  const after = c.ahead(count + 1)
  if (type === 'name' && after.type === 'word')
    return count > 0 && (fillers.has(after.text) || Object.hasOwn(domains, after.text))
  return type === 'word' && openers.has(text.toLowerCase())
}

/** `(k \in \mathbb{Z})`, `(n \text{ is an integer})` behind an answer. */
export const isMemberInBrackets = (c: Cursor, count = 0): boolean => {
  if (!c.isAhead(count, '(') || c.ahead(count + 1).type !== 'name') return false
  const after = c.ahead(count + 2)
  return (
    (after.type === 'sign' && after.text === '∈') ||
    (after.type === 'word' && /^(?:in|is|an|integer)$/.test(after.text))
  )
}

/** A statement about the name; words when it restricts nothing. */
export function conditionInWords(c: Cursor): Node {
  while (c.take(',') || c.take('quad')) c.budget.spend()
  const bracket = c.take('(')
  const where = conditionsFrom(c)
  if (bracket) c.expect(')', 'a bracket')
  return where
}

interface Said {
  subject?: Node
  domain?: 'integers' | 'naturals' | 'reals'
  sign?: '>' | '>=' | '!=' | '<'
  bound?: bigint
}

function conditionsFrom(c: Cursor): Node {
  const said: Said = {}
  let where: Node | undefined
  while (c.token.type !== 'end' && !c.is(')')) {
    c.budget.spend()
    if (c.token.type === 'word' || isArticle(c)) adjective(c, said)
    else if (c.is('∀') || c.is('-')) c.at++
    else if (isSubject(c)) {
      said.subject = name(c.token.text)
      c.at++
    } else {
      const found = said.subject === undefined ? expression(c, levels.relation) : statement(c)
      if (found.kind === 'variable') said.subject = found
      else where = where ? { kind: 'and', left: where, right: found } : found
    }
    c.take(',')
  }
  const about = aboutSubject(said)
  if (where && about) return { kind: 'and', left: where, right: about }
  return where ?? about ?? words('')
}

/** A name, and words about it. */
const isSubject = (c: Cursor) =>
  c.token.type === 'name' &&
  (c.ahead(1).type === 'end' || c.isAhead(1, ')') || (c.ahead(1).type === 'word' && c.ahead(1).text !== 'in'))

/** The article `a` in front of a word. */
const isArticle = (c: Cursor) => c.token.type === 'name' && /^[aA]$/.test(c.token.text) && c.ahead(1).type === 'word'

const bounds: Readonly<Record<string, Pick<Said, 'sign' | 'bound'>>> = {
  positive: { sign: '>', bound: 0n },
  nonnegative: { sign: '>=', bound: 0n },
  nonzero: { sign: '!=', bound: 0n },
  negative: { sign: '<', bound: 0n },
}

function adjective(c: Cursor, said: Said): void {
  const word = c.token.text.toLowerCase()
  c.at++
  const domain = Object.hasOwn(domains, word) ? domains[word] : undefined
  const bound = Object.hasOwn(bounds, word) ? bounds[word] : undefined
  if (domain) said.domain ??= domain
  else if (bound) Object.assign(said, said.sign ? { sign: '>=' } : bound)
  else if (word === 'non') said.sign = '>='
  else if (!openers.has(word) && !fillers.has(word) && word !== 'and') {
    c.at--
    c.fail('a condition')
  }
}

function aboutSubject({ subject, domain, sign, bound }: Said): Node | undefined {
  if (subject?.kind !== 'variable') return undefined
  const set = domain ?? (sign ? 'reals' : undefined)
  const member: Node | undefined = set && {
    kind: 'member',
    left: subject,
    right: { kind: 'named-set', name: set },
    negated: false,
  }
  if (!sign) return member
  const limit: Node = {
    kind: 'relation',
    sides: [name(subject.name), { kind: 'number', value: { n: bound ?? 0n, d: 1n } }],
    signs: [sign],
  }
  return member && domain ? { kind: 'and', left: member, right: limit } : limit
}
