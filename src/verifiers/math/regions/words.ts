/** Subsets of the reals in words: `all real numbers except 2`, `all positive numbers`, `x is at least 3`. */
import type { Budget } from '../budget.js'
import { numeral } from '../matrices/arithmetic.js'
import { parseNode } from '../read/answer.js'
import { Unparsed } from '../read/unparsed.js'
import type { KindOf, Node, Sign } from '../tree/node.js'
import { substitute, variablesOf } from '../tree/walk.js'

const unknown: Node = { kind: 'variable', name: '' }
const reals: Node = { kind: 'named-set', name: 'reals' }
const integers: Node = { kind: 'named-set', name: 'integers' }

const anyOf =
  '(?:(?:x|it|y|n|t) (?:is|can be|may be) )?(?:(?:the )?set of )?(?:all|any|every|each|the|for all|for any)?(?: of the)? ?'
const sorts =
  '((?:positive |negative |non-?negative |non-?positive |non-?zero )?)(?:(real|integer|whole)s?(?: (?:numbers?|values?|x|solutions?))?|numbers?|values?|x)'
const whole = new RegExp(`^${anyOf}${sorts}(?: (?:of )?x)?(?: are solutions| works?)?(?: (.*))?$`, 'i')
const alone = /^(?:reals|all reals|real numbers|r|everything|always true|no restrictions?|all x|any x)$/i

const bounds: Readonly<Record<string, Sign>> = {
  positive: '>',
  negative: '<',
  nonnegative: '>=',
  nonpositive: '<=',
  nonzero: '!=',
}

const comparisons: readonly (readonly [RegExp, Sign])[] = [
  [
    /^(?:(?:that |which )?(?:is|are) )?(?:greater than or equal to|at least|no less than|not less than|not smaller than|no smaller than) /i,
    '>=',
  ],
  [
    /^(?:(?:that |which )?(?:is|are) )?(?:less than or equal to|smaller than or equal to|at most|no more than|not more than|not greater than|no greater than|up to) /i,
    '<=',
  ],
  [
    /^(?:(?:that |which )?(?:is|are) )?(?:strictly )?(?:greater than|more than|larger than|bigger than|above|exceeding) /i,
    '>',
  ],
  [/^(?:(?:that |which )?(?:is|are) )?(?:strictly )?(?:less than|smaller than|below|under) /i, '<'],
  [
    /^(?:,? ?)(?:except(?: for)?|but not|other than|excluding|besides|apart from|not equal to|different from|such that x ?(?:\\ne|≠|!=)|where x ?(?:\\ne|≠|!=)|with x ?(?:\\ne|≠|!=)|unequal to) /i,
    '!=',
  ],
]

const relation = (left: Node, sign: Sign, right: Node): Node => ({
  kind: 'relation',
  sides: [left, right],
  signs: [sign],
})
const and = (left: Node, right: Node): Node => ({ kind: 'and', left, right })

/**
 * The subset as a statement about a name without letters; undefined when the words say something else.
 * Throws OverBudget.
 */
export function statementInWords(text: string, budget: Budget): Node | undefined {
  if (text.length > 200) return undefined
  const words = text
    .replace(/[.$]/g, (mark, at: number) => (mark === '.' && /\d/.test(text[at + 1] ?? '') ? mark : ' '))
    .replace(/\s+/g, ' ')
    .trim()
  if (alone.test(words)) return member(reals)
  const opened = whole.exec(words)
  if (opened && words.includes(' ')) {
    const [, side = '', sort = '', rest] = opened
    const sign = bounds[side.trim().toLowerCase().replace('-', '')]
    const set = /^(?:integer|whole)$/i.test(sort) ? integers : reals
    const base = sign ? and(member(set), relation(unknown, sign, numeral(0))) : member(set)
    if (rest === undefined) return sort !== '' || sign || /^(?:all|any|every)/i.test(words) ? base : undefined
    const limit = limitIn(rest, budget)
    return limit && and(base, limit)
  }
  const subject = /^(?:x|it|y|t|n) (?:is |must be |can be )?/i.exec(words)
  return limitIn(subject ? words.slice(subject[0].length) : words, budget)
}

const member = (right: Node): Node => ({ kind: 'member', left: unknown, right, negated: false })

function limitIn(text: string, budget: Budget): Node | undefined {
  const between =
    /^(?:(?:that |which )?(?:is|are|lies?) )?(?:strictly )?between (.+?) and (.+?)(?:,? \(?(inclusive|exclusive|included|excluded)\)?)?$/i.exec(
      text,
    )
  if (between) {
    const [low, high] = [value(between[1] as string, budget), value(between[2] as string, budget)]
    const sign: Sign = /^inc/i.test(between[3] ?? '') ? '<=' : '<'
    return low && high && { kind: 'relation', sides: [low, unknown, high], signs: [sign, sign] }
  }
  for (const [pattern, sign] of comparisons) {
    const found = pattern.exec(text)
    if (!found) continue
    const rest = text.slice(found[0].length)
    const items = sign === '!=' ? rest.split(/ ?(?:,|\band\b|\bor\b) ?/).filter((item) => item !== '') : [rest]
    const values = items.map((item) => value(item.replace(/^x ?(?:=|\\ne|≠) ?/, ''), budget))
    if (values.length === 0 || values.includes(undefined)) return undefined
    return values.map((one) => relation(unknown, sign, one as Node)).reduce(and)
  }
  return conditionIn(
    text.replace(/^,? ?(?:such that|so that|where|with|for which|satisfying|that satisfy|when|if|for) /i, ''),
    budget,
  )
}

/** `x > 2` behind words: about the number that they speak of. */
function conditionIn(text: string, budget: Budget): Node | undefined {
  const whole = /^(?:\\[nlg]|[<>=≠≤≥!])/.test(text) ? `x ${text}` : text
  const node = /[<>=≠≤≥|\\]/.test(whole) ? value(whole, budget) : undefined
  if (!node || !['relation', 'and', 'or', 'list', 'member'].includes(node.kind)) return undefined
  const [name, more] = variablesOf(node)
  return name === undefined || more !== undefined ? undefined : substitute(node, name, unknown)
}

function value(text: string, budget: Budget): Node | undefined {
  try {
    const node = parseNode(text, budget)
    return node.kind === 'words' ? undefined : (node as Exclude<Node, KindOf<'words'>>)
  } catch (error) {
    if (error instanceof Unparsed) return undefined
    throw error
  }
}
