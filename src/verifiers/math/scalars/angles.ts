/** The angle pi/12, by square roots: cos = (√6 + √2)/4, sin = (√6 - √2)/4. */
import { integer } from '../value/rational.js'
import type { Circle } from './circle.js'
import { add, divide, multiply, ofRational, type Pair, rootOf, subtract } from './prime-field.js'

const [two, three] = [rootOf(2n) as Pair, rootOf(3n) as Pair]
const six = multiply(two, three)
const four = ofRational(integer(4)) as Pair

export const exactAngle: Circle = {
  cos: divide(add(six, two), four) as Pair,
  sin: divide(subtract(six, two), four) as Pair,
}
