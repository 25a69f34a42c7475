/** 64-digit real numbers from mathjs, loaded on first need: most answers are settled before. */
import { type Arithmetic, arithmetic, type Reals } from './enclosure.js'

/** The methods of mathjs's BigNumber that are used; nothing of mathjs reads text here. */
interface BigValue {
  plus(other: BigValue): BigValue
  times(other: BigValue): BigValue
  div(other: BigValue): BigValue
  neg(): BigValue
  sqrt(): BigValue
  exp(): BigValue
  ln(): BigValue
  sin(): BigValue
  cos(): BigValue
  atan(): BigValue
  floor(): BigValue
  isNegative(): boolean
  isZero(): boolean
  toNumber(): number
}

const digits = 64
let opened: Promise<Arithmetic<BigValue>> | undefined

export function bigNumbers(): Promise<Arithmetic<BigValue>> {
  opened ??= open()
  return opened
}

async function open(): Promise<Arithmetic<BigValue>> {
  const { create, BigNumberDependencies } = await import('mathjs')
  const instance = create(BigNumberDependencies ?? {}, { number: 'BigNumber', precision: digits })
  const Big = (instance as unknown as { BigNumber: new (value: string | number) => BigValue }).BigNumber
  const big = (value: string | number) => new Big(value)
  const one = big(1)
  const pi = one.atan().times(big(4))
  const reals: Reals<BigValue> = {
    // Two digits of room: trigonometric functions of decimal.js are right to about one unit in the last place.
    unit: 10 ** (2 - digits),
    pi,
    of: ({ n, d }) => big(String(n)).div(big(String(d))),
    add: (a, b) => a.plus(b),
    multiply: (a, b) => a.times(b),
    divide: (a, b) => a.div(b),
    negate: (a) => a.neg(),
    sqrt: (a) => a.sqrt(),
    exp: (a) => a.exp(),
    ln: (a) => a.ln(),
    sin: (a) => a.sin(),
    cos: (a) => a.cos(),
    atan2: (y, x) => {
      if (x.isZero()) return (y.isNegative() ? pi.neg() : pi).div(big(2))
      const base = y.div(x).atan()
      if (!x.isNegative()) return base
      return y.isNegative() && !y.isZero() ? base.plus(pi.neg()) : base.plus(pi)
    },
    floor: (a) => a.floor(),
    number: (a) => a.toNumber(),
  }
  return arithmetic(reals)
}
