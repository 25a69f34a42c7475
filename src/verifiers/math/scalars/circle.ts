/** Points of the circle, and the functions that they and exponentials give. */
import type { FunctionName } from '../tree/node.js'
import { add, divide, multiply, negate, ones, type Pair, subtract, zeros } from './prime-field.js'

export interface Circle {
  readonly cos: Pair
  readonly sin: Pair
}

/** The point whose half angle has this tangent. */
export function unitOf(tangent: Pair): Circle | undefined {
  const square = multiply(tangent, tangent)
  const below = add(ones, square)
  const [cos, sin] = [divide(subtract(ones, square), below), divide(add(tangent, tangent), below)]
  return cos && sin && { cos, sin }
}

const product = (a: Circle, b: Circle): Circle => ({
  cos: subtract(multiply(a.cos, b.cos), multiply(a.sin, b.sin)),
  sin: add(multiply(a.cos, b.sin), multiply(a.sin, b.cos)),
})

/** So many times the angle. */
export function turned(unit: Circle, times: bigint): Circle {
  let result: Circle = { cos: ones, sin: zeros }
  let square = times < 0n ? { cos: unit.cos, sin: negate(unit.sin) } : unit
  for (let k = times < 0n ? -times : times; k > 0n; k >>= 1n) {
    if (k & 1n) result = product(result, square)
    if (k > 1n) square = product(square, square)
  }
  return result
}

export const circular: Partial<Record<FunctionName, (point: Circle) => Pair | undefined>> = {
  sin: ({ sin }) => sin,
  cos: ({ cos }) => cos,
  tan: ({ cos, sin }) => divide(sin, cos),
  cot: ({ cos, sin }) => divide(cos, sin),
  sec: ({ cos }) => divide(ones, cos),
  csc: ({ sin }) => divide(ones, sin),
}

const two = add(ones, ones)
const inverted = (up: Pair) => divide(ones, up)
const sinh = (up: Pair): Pair | undefined => {
  const down = inverted(up)
  return down && divide(subtract(up, down), two)
}
const cosh = (up: Pair): Pair | undefined => {
  const down = inverted(up)
  return down && divide(add(up, down), two)
}
const ratio = (above: Pair | undefined, below: Pair | undefined) => above && below && divide(above, below)

/** up: e to the argument. */
export const hyperbolic: Partial<Record<FunctionName, (up: Pair) => Pair | undefined>> = {
  sinh,
  cosh,
  tanh: (up) => ratio(sinh(up), cosh(up)),
  coth: (up) => ratio(cosh(up), sinh(up)),
  sech: (up) => ratio(ones, cosh(up)),
  csch: (up) => ratio(ones, sinh(up)),
}
