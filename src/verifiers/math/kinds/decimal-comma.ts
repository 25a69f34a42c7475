/**
 * Numbers in the spelling of another country beside the same digits in the usual one: `3,5` beside 3.5, `1.234,56`
 * beside 1234.56, `1,00,000` beside 100000. It only accepts: `3,5` is also a list of two, and stays one otherwise.
 */
import { unsure, yes } from '../finding.js'
import { type Answer, defineKind } from './kind.js'
import { spoken } from './spoken.js'

const maxChars = 60
// Three digits behind the comma of a number that does not begin with zero are a group of thousands.
const european = /^([-+]?)(0|[1-9]\d{0,2}(?:[. ]\d{3})+|[1-9]\d*),(\d+)(?!\d)([^,\d]*)$/
/** Two groups and more: a number has one decimal point. */
const dotted = /^[-+]?[1-9]\d{0,2}(?:\.\d{3}){2,12}$/
const indian = /^([-+]?)(\d{1,2}(?:,\d{2})+,\d{3})(\.\d+)?([^,\d]*)$/

/** Before everything that would read a list. */
export const decimalCommaKind = defineKind<{ readonly usual: string; readonly foreign: boolean }>({
  id: 'decimal-comma',
  read: (answer, _how, other) => {
    if (isCollection(answer) && isCollection(other)) return undefined
    const own = respelled(answer)
    if (own !== undefined) return { usual: own, foreign: true }
    return respelled(other) === undefined ? undefined : { usual: withoutZeros(spoken(answer)), foreign: false }
  },
  same: (a, b) =>
    a.foreign !== b.foreign && a.usual === b.usual
      ? yes('text', 'the same digits with the decimal comma')
      : unsure('text', 'a list or a number with a decimal comma'),
})

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
    return group ? undefined : withoutZeros(`${sign}${whole.replace(/[. ]/g, '')}.${part}${tail}`)
  }
  const grouped = indian.exec(text)
  return grouped ? withoutZeros(text.replaceAll(',', '')) : undefined
}

/** One spelling of the decimal number at the start; what follows stays. */
const withoutZeros = (text: string): string =>
  text
    .replace(/\s+/g, '')
    .replace(/^\+/, '')
    .replace(/^(-?\d+)\.(\d*?)0*(?=\D|$)/, (_, whole: string, part: string) => (part ? `${whole}.${part}` : whole))
