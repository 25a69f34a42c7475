/** Numbers of Python's source: integers of any base and size, floats, imaginary parts, signs. */
import type { Value } from '../value.js'
import { type Reader, tagged } from './reader.js'

const signs = /(?:[+-][ \t]*){1,20}/y
const based = /0(?:[xX](?:_?[0-9a-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)(?!\w)/y
const digits = '[0-9](?:_?[0-9])*'
const decimal = new RegExp(
  String.raw`(?:${digits}\.?(?:${digits})?|\.${digits})(?:[eE][+-]?${digits})?[jJ]?(?![\w.])`,
  'y',
)
const joint = /[ \t]*[+-](?=[ \t]*[0-9.])/y
/** Python's own bound on integers that it reads. */
const maxDigits = 4_300

interface Real {
  readonly value: number | bigint
  readonly imaginary: boolean
}

/** A number with its sign, and `1+2j`; undefined when there is none here. */
export function readNumber(reader: Reader): Value | undefined {
  const first = readReal(reader)
  if (!first) return undefined
  const start = reader.at
  if (!first.imaginary && reader.take(joint)) {
    const minus = reader.text.slice(start, reader.at).trim() === '-'
    const second = readReal(reader)
    if (!second?.imaginary) return reader.refuse('a sum is no literal')
    return complex(Number(first.value), minus ? -Number(second.value) : Number(second.value))
  }
  return first.imaginary ? complex(0, Number(first.value)) : real(first.value)
}

const complex = (re: number, im: number): Value => tagged('complex', [re, im])

function real(value: number | bigint): Value {
  if (typeof value === 'bigint') {
    return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
      ? Number(value)
      : tagged('int', String(value))
  }
  if (Number.isFinite(value)) return value
  return tagged('float', value > 0 ? 'inf' : '-inf')
}

function readReal(reader: Reader): Real | undefined {
  const start = reader.at
  const sign = reader.take(signs) ?? ''
  const negative = (sign.split('-').length - 1) % 2 === 1
  const text = (reader.take(based) ?? reader.take(decimal))?.replaceAll('_', '')
  if (text === undefined) {
    reader.at = start
    return undefined
  }
  if (/^0[xXoObB]/.test(text)) return signed(BigInt(text.toLowerCase()), negative)
  const imaginary = /[jJ]$/.test(text)
  const plain = imaginary ? text.slice(0, -1) : text
  if (imaginary || /[.eE]/.test(plain)) return { ...signed(Number(plain), negative), imaginary }
  if (/^0\d*[1-9]/.test(plain)) reader.refuse('an integer does not begin with 0')
  if (plain.length > maxDigits) reader.refuse(`an integer of more than ${maxDigits} digits`)
  return signed(BigInt(plain), negative)
}

const signed = (value: number | bigint, negative: boolean): Real => ({
  value: negative ? -value : value,
  imaginary: false,
})
