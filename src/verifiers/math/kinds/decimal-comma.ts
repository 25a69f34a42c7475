/**
 * Numbers in the spelling of another country beside the same digits in the usual one: `3,5` beside 3.5, `1.234,56`
 * beside 1234.56, `1,00,000` beside 100000. It only accepts: `3,5` is also a list of two, and stays one otherwise.
 */
import type { Budget } from '../budget.js'
import { unsure, yes } from '../finding.js'
import { parseNode } from '../read/answer.js'
import { Unparsed } from '../read/unparsed.js'
import type { Node } from '../tree/node.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'

const maxChars = 60
// Three digits behind the comma of a number that does not begin with zero are a group of thousands.
const european = /^([-+]?)(0|[1-9]\d{0,2}(?:[. ]\d{3})+|[1-9]\d*),(\d+)(?!\d)([^,\d]*)$/
/** Two groups and more: a number has one decimal point. */
const dotted = /^[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,12}$/
const indian = /^([-+]?)(\d{1,2}(?:,\d{2})+,\d{3})(\.\d+)?([^,\d]*)$/

/** No list is written so: with groups, a fraction that begins with zero, or a unit behind. `2,5` may be one. */
const noList = /\d[. ]\d{3},|,0\d|\d\s*(?:[€$£¥%\\°]|[A-Za-z]{2,}$)/

interface Spelled {
  readonly usual: string
  /** The usual spelling, read; undefined where the digits alone may tell, since it may as well be a list. */
  readonly node: Node | undefined
  readonly foreign: boolean
}

/** Before everything that would read a list. */
export const decimalCommaKind = defineKind<Spelled>({
  id: 'decimal-comma',
  read: (answer, { budget }, other) => {
    if (isCollection(answer) && isCollection(other)) return undefined
    const own = respelled(answer)
    if (own !== undefined) {
      const node = noList.test(spoken(answer)) ? nodeOf(own, budget) : undefined
      return { usual: withoutZeros(own), node, foreign: true }
    }
    if (respelled(other) === undefined) return undefined
    return { usual: withoutZeros(spoken(answer)), node: answer.node, foreign: false }
  },
  same: (a, b, { same }) => {
    if (a.foreign === b.foreign) return unsure('text', listOrNumber)
    if (a.usual === b.usual) return yes('text', sameDigits)
    const isEqual = a.node !== undefined && b.node !== undefined && same(a.node, b.node).equal === true
    return isEqual ? yes('exact', sameDigits) : unsure('text', listOrNumber)
  },
})

const sameDigits = 'the same number with the decimal comma'
const listOrNumber = 'a list or a number with a decimal comma'

function nodeOf(text: string, budget: Budget): Node | undefined {
  try {
    return parseNode(text, budget)
  } catch (error) {
    if (error instanceof Unparsed) return undefined
    throw error
  }
}

/** Items on both sides: a comma parts them. */
const isCollection = ({ node }: Answer) => node?.kind === 'list' || node?.kind === 'group'

function respelled(answer: Answer): string | undefined {
  if (dotted.test(answer.text)) return answer.text.replaceAll('.', '')
  const text = answer.text.includes(',') ? spoken(answer) : ''
  if (text.length > maxChars || !text.includes(',')) return undefined
  const decimal = european.exec(text)
  if (decimal) {
    const [, sign = '', whole = '', part = '', tail = ''] = decimal
    const group = part.length === 3 && whole !== '0' && !/[. ]/.test(whole)
    return group ? undefined : `${sign}${whole.replace(/[. ]/g, '')}.${part}${tail}`
  }
  const grouped = indian.exec(text)
  return grouped ? text.replaceAll(',', '') : undefined
}

/** One spelling of the decimal number at the start; what follows stays. */
const withoutZeros = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/^\+/, '')
    .replace(/^(-?\d+)\.(\d*?)0*(?=\D|$)/, (_, whole: string, part: string) => (part ? `${whole}.${part}` : whole))
