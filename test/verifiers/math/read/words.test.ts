import { expect, test } from 'vitest'
import { read } from './notation.js'

const rows: ReadonlyArray<readonly [text: string, tree: string]> = [
  [String.raw`\text{no solution}`, '"no solution"'],
  ['no real solutions', '"no real solutions"'],
  ['All real numbers', '"All real numbers"'],
  [String.raw`\text{all real numbers}`, '"all real numbers"'],
  [String.raw`\text{parallel}`, '"parallel"'],
  ['an ellipse', '"an ellipse"'],
  ['Tuesday', '"Tuesday"'],
  ['red', '"red"'],
  [String.raw`\text{neither}`, '"neither"'],
  [String.raw`\text{odd}`, '"odd"'],
  ['True', 'true'],
  ['undefined', '"undefined"'],
  ['does not exist', '"does not exist"'],
  ['DNE', '"DNE"'],
  [String.raw`\text{DNE}`, '"DNE"'],
  [String.raw`\text{II}`, '"II"'],
  [String.raw`\operatorname*{argmax}`, '"argmax"'],
  [String.raw`x \text{ is any real number}`, '"x is any real number"'],
  [String.raw`\text{for all } x`, '"for all x"'],
  [String.raw`\text{undefined}`, '"undefined"'],
  [String.raw`\text{does not exist}`, '"does not exist"'],
  [String.raw`\text{No solutions}`, '"No solutions"'],
  [String.raw`\text{none}`, '"none"'],
  [String.raw`\text{infinitely many}`, '"infinitely many"'],
  [String.raw`\text{True}`, 'true'],
  [String.raw`\text{Yes}`, '"Yes"'],
  [String.raw`\text{Yes.}`, '"Yes"'],
  [String.raw`\text{increasing}`, '"increasing"'],
  [String.raw`\text{right triangle}`, '"right triangle"'],
  ['isosceles', '"isosceles"'],
  ['答案', '"答案"'],
  ['São Paulo', '"São Paulo"'],
  ['café', '"café"'],
  [String.raw`\mathrm{DNE}`, '"DNE"'],
  [String.raw`\mathrm{Yes}`, '"Yes"'],
  [String.raw`x \text{ is even}`, '"x is even"'],
]

test.each(rows)('%s', (text, tree) => {
  expect(read(text)).toBe(tree)
})
