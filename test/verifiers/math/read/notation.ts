/** Trees on one line, so that a table of tests can be read. */
import { Budget } from '../../../../src/verifiers/math/budget.js'
import { readAnswer } from '../../../../src/verifiers/math/read/answer.js'
import type { Node } from '../../../../src/verifiers/math/tree/node.js'

const operators = { add: '+', multiply: '*', divide: '/', power: '^' } as const
const sets = { union: 'U', intersection: 'N', difference: '\\' } as const

export function notation(node: Node): string {
  const many = (nodes: readonly Node[], by = ', ') => nodes.map(notation).join(by)
  switch (node.kind) {
    case 'number':
      return node.value.d === 1n ? `${node.value.n}` : `${node.value.n}:${node.value.d}`
    case 'constant':
      return `#${node.name}`
    case 'variable':
      return node.name
    case 'add':
    case 'multiply':
    case 'divide':
    case 'power':
      return `(${notation(node.left)} ${operators[node.kind]} ${notation(node.right)})`
    case 'apply':
      return `${node.name}(${many(node.args)})`
    case 'call':
      return `${node.name}${"'".repeat(node.primes)}<${many(node.args)}>`
    case 'sum':
    case 'product':
      return `${node.kind}[${node.name} ${notation(node.from)} ${notation(node.to)}](${notation(node.body)})`
    case 'integral': {
      const bounds = node.from && node.to ? ` ${notation(node.from)} ${notation(node.to)}` : ''
      return `integral[${node.name}${bounds}](${notation(node.body)})`
    }
    case 'limit':
      return `limit[${node.name} ${notation(node.to)} ${node.side}](${notation(node.body)})`
    case 'derivative':
      return `derivative[${node.name} ${node.order}](${notation(node.body)})`
    case 'cases':
      return `cases[${node.pieces.map(({ value, when }) => `${notation(value)} if ${when ? notation(when) : 'else'}`).join('; ')}]`
    case 'percent':
      return `${notation(node.value)}%`
    case 'quantity':
      return `${notation(node.value)} [${node.unit}]`
    case 'ratio':
      return `ratio(${many(node.parts)})`
    case 'relation':
      return `{${node.sides.map((side, index) => notation(side) + (node.signs[index] ? ` ${node.signs[index]} ` : '')).join('')}}`
    case 'congruence':
      return `{${notation(node.left)} = ${notation(node.right)} mod ${notation(node.modulus)}}`
    case 'member':
      return `{${notation(node.left)} ${node.negated ? 'not in' : 'in'} ${notation(node.right)}}`
    case 'not':
      return `not ${notation(node.inner)}`
    case 'and':
    case 'or':
    case 'xor':
    case 'implies':
    case 'iff':
      return `(${notation(node.left)} ${node.kind} ${notation(node.right)})`
    case 'truth':
      return `${node.value}`
    case 'family':
      return `${notation(node.body)} for ${notation(node.where)}`
    case 'group':
      return `${node.open}${many(node.items, '; ')}${node.close}`
    case 'list':
      return `list ${many(node.items, '; ')}`
    case 'union':
    case 'intersection':
    case 'difference':
      return `(${notation(node.left)} ${sets[node.kind]} ${notation(node.right)})`
    case 'named-set':
      return `@${node.name}`
    case 'builder':
      return `{${notation(node.element)} | ${notation(node.where)}}`
    case 'matrix':
      return `matrix${node.fence}${node.rows.map((row) => many(row)).join('; ')}`
    case 'words':
      return `"${node.text}"`
  }
}

/** The tree of a text in this notation, or `unread: ` and the reason. */
export function read(text: string): string {
  const { node, unread } = readAnswer(text, new Budget(400_000))
  return node ? notation(node) : `unread: ${unread}`
}
