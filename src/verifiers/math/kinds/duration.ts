/** Lengths of time where one side is written like a time of day: `1:30 hours`, `1:30` beside `90 minutes`, `1:02:03`. */
import { type Finding, no, yes } from '../finding.js'
import type { Node } from '../tree/node.js'
import { type Measure, measureOfNode, measureOfText } from '../units/measure.js'
import { plainOf } from '../units/spelling.js'
import { dimensionOf } from '../units/unit.js'
import { integer, multiply, type Rational } from '../value/rational.js'
import { type Answer, defineKind } from './kind.js'

/** What it may be in seconds: `1:30` is 90 or 5400. */
type Seconds = readonly Rational[]

/** Before the quantity and the ratio; behind the clock. */
export const durationKind = defineKind<Seconds>({
  id: 'duration',
  read: (answer, _how, other) => colons(answer, other) ?? (colons(other, answer) && measured(answer)),
  same: (a, b): Finding => {
    const same = a.some((one) => b.some((two) => one.n === two.n && one.d === two.d))
    return same ? yes('duration', 'the same length of time') : no('duration', 'the lengths of time differ')
  },
})

const colonTime = /^(-?)(\d{1,4}):(\d{2})(?::(\d{2}))?(?:\s?(hours?|hrs?|h|minutes?|mins?|min|h:mm|hh:mm|mm:ss))?$/i

function colons(answer: Answer, other: Answer): Seconds | undefined {
  const match = colonTime.exec(plainOf(answer))
  if (!match) return undefined
  const [first, second, third] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)]
  if (second > 59 || third > 59) return undefined
  const unit = (match[5] ?? '').toLowerCase()
  const hours = integer(first * 3600 + second * 60 + third)
  if (match[4] !== undefined) return unit !== '' || lasting(other) ? [hours] : undefined
  const minutes = integer(first * 60 + second)
  if (unit.startsWith('h')) return [hours]
  if (unit.startsWith('m')) return [minutes]
  return lasting(other) ? [hours, minutes] : undefined
}

const lasting = (answer: Answer) => measured(answer) !== undefined

function measured(answer: Answer): Seconds | undefined {
  const found = (answer.node && measureOfNode(answer.node)) ?? measureOfText(answer, true)
  return found && secondsIn(found)
}

function secondsIn({ readings }: Measure): Seconds | undefined {
  const found = readings.flatMap(({ value, unit }) =>
    dimensionOf(unit) === 'T' && isNumber(value) ? [multiply(value.value, unit.factor)] : [],
  )
  return found.length > 0 ? found : undefined
}

const isNumber = (node: Node): node is Extract<Node, { kind: 'number' }> => node.kind === 'number'
