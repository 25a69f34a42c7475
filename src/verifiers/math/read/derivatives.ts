/** Derivatives as Leibniz writes them: `\frac{d}{dx} f`, `\frac{dy}{dx}`, `\frac{d^2y}{dx^2}`, partial ones too. */
import type { Node } from '../tree/node.js'
import type { Cursor } from './cursor.js'
import { expression } from './expression.js'
import { levels } from './levels.js'
import type { Token } from './tokens.js'

/** Behind `\frac`; undefined when it is a fraction like any other. */
export function leibniz(c: Cursor): Node | undefined {
  if (!c.is('{') || !isD(c.ahead(1))) return undefined
  const scan = { at: 1 }
  const above = differentialAt(c, scan, true)
  if (!above || !c.isAhead(scan.at, '}') || !c.isAhead(scan.at + 1, '{')) return undefined
  scan.at += 2
  const below = differentialAt(c, scan, false)
  if (!below || !c.isAhead(scan.at, '}') || below.name === '' || above.order !== below.order) return undefined
  c.at += scan.at + 1
  if (above.name !== '') return { kind: 'call', name: above.name, primes: above.order, args: [] }
  const body = expression(c, levels.product)
  return { kind: 'derivative', name: below.name, order: above.order, body }
}

/** `dy/dx` of plain text, at its `d`. */
export function plainLeibniz(c: Cursor): Node | undefined {
  const [d, y, slash, under, x] = [0, 1, 2, 3, 4].map((count) => c.ahead(count))
  if (!d || !isD(d) || y?.type !== 'name' || slash?.text !== '/' || !under || !isD(under)) return undefined
  if (x?.type !== 'name' || y.gap || x.gap) return undefined
  c.at += 5
  return { kind: 'call', name: y.text, primes: 1, args: [] }
}

const isD = ({ type, text }: Token) =>
  (type === 'name' && text === 'd') || (type === 'command' && text === 'partial') || type === 'differential'

/** `d`, `dy`, `d^2y`; below the line the order stands behind the name: `dx^2`. */
function differentialAt(c: Cursor, scan: { at: number }, above: boolean): { name: string; order: number } | undefined {
  const first = c.ahead(scan.at)
  if (!isD(first)) return undefined
  scan.at++
  let order = above ? orderAt(c, scan) : 1
  let name = first.type === 'differential' ? first.text : ''
  const next = c.ahead(scan.at)
  if (name === '' && (next.type === 'name' || (next.type === 'command' && next.text !== 'partial'))) {
    name = next.text
    scan.at++
  }
  if (!above) order = orderAt(c, scan)
  return { name, order }
}

function orderAt(c: Cursor, scan: { at: number }): number {
  if (!c.isAhead(scan.at, '^')) return 1
  const braced = c.isAhead(scan.at + 1, '{')
  const digits = c.ahead(scan.at + (braced ? 2 : 1))
  if (digits.type !== 'number' || !/^[1-9]$/.test(digits.text)) return 1
  scan.at += braced ? 4 : 2
  return Number(digits.text)
}
