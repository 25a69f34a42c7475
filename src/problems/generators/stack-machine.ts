import type { Rng } from '../../base/rng.js'
import { agreed, type CodeDraft, codeFamily } from './generator.js'

/** An instruction of the machine besides PUSH: how many values it needs, and what it leaves of them (top last). */
interface Instruction {
  readonly name: string
  readonly needs: number
  readonly say: string
  /** Python: the values that replace the taken ones; a is the top, b the one below. */
  readonly python: string
  leaves(values: { a: number; b: number }): readonly number[]
}

const basic: readonly Instruction[] = [
  { name: 'ADD', needs: 2, say: 'replaces b and a by b + a', python: '[b + a]', leaves: ({ a, b }) => [b + a] },
  { name: 'SUB', needs: 2, say: 'replaces b and a by b - a', python: '[b - a]', leaves: ({ a, b }) => [b - a] },
]

const further: readonly Instruction[] = [
  { name: 'DUP', needs: 1, say: 'puts a second copy of a on top', python: '[a, a]', leaves: ({ a }) => [a, a] },
  { name: 'SWAP', needs: 2, say: 'exchanges a and b', python: '[a, b]', leaves: ({ a, b }) => [a, b] },
  { name: 'DROP', needs: 1, say: 'removes a', python: '[]', leaves: () => [] },
  { name: 'NEG', needs: 1, say: 'replaces a by -a', python: '[-a]', leaves: ({ a }) => [0 - a] },
  { name: 'OVER', needs: 2, say: 'puts a copy of b on top', python: '[b, a, b]', leaves: ({ a, b }) => [b, a, b] },
  {
    name: 'MAX',
    needs: 2,
    say: 'replaces b and a by the larger of them',
    python: '[max(a, b)]',
    leaves: ({ a, b }) => [Math.max(a, b)],
  },
  {
    name: 'GAP',
    needs: 2,
    say: 'replaces b and a by the distance between them, which is never negative',
    python: '[abs(a - b)]',
    leaves: ({ a, b }) => [Math.abs(a - b)],
  },
  {
    name: 'MUL',
    needs: 2,
    say: 'replaces b and a by b * a',
    python: '[b * a]',
    leaves: ({ a, b }) => [b * a],
  },
]

/** What the program prints at the end. */
const outputs = [
  {
    say: 'the value on top of the stack, or EMPTY if the stack is empty',
    python: "print(stack[-1] if stack else 'EMPTY')",
    of: (stack: readonly number[]) => String(stack.at(-1) ?? 'EMPTY'),
  },
  {
    say: 'the sum of all values on the stack (0 if it is empty)',
    python: 'print(sum(stack))',
    of: (stack: readonly number[]) => String(stack.reduce((a, b) => a + b, 0)),
  },
  {
    say: 'all values on the stack from bottom to top, separated by spaces, or EMPTY if the stack is empty',
    python: "print(' '.join(map(str, stack)) if stack else 'EMPTY')",
    of: (stack: readonly number[]) => stack.join(' ') || 'EMPTY',
  },
] as const

/** How many basic and further instructions the machine of a level knows besides PUSH, and how long its programs get. */
const sizes = [
  { basic: 1, further: 1, length: 5 },
  { basic: 2, further: 2, length: 8 },
  { basic: 2, further: 3, length: 10 },
  { basic: 2, further: 5, length: 12 },
  { basic: 2, further: 6, length: 16 },
  { basic: 2, further: 7, length: 20 },
] as const

interface Machine {
  readonly machine: readonly Instruction[]
  /** The stack at first. */
  readonly start: readonly number[]
  readonly output: (typeof outputs)[number]
}

type Line = { readonly push: number } | { readonly call: Instruction }

function run(lines: readonly Line[], start: readonly number[]): readonly number[] {
  let stack = start
  for (const line of lines) {
    if ('push' in line) stack = [...stack, line.push]
    else if (stack.length >= line.call.needs) {
      const [a, b] = [stack.at(-1) ?? 0, stack.at(-2) ?? 0]
      stack = [...stack.slice(0, -line.call.needs), ...line.call.leaves({ a, b })]
    }
  }
  return stack
}

/** The same from the printed program, on a linked stack. */
function runText(text: string, { machine, start }: Machine): readonly number[] {
  type Node = { value: number; below: Node; depth: number } | null
  let top: Node = null
  const push = (value: number) => {
    top = { value, below: top, depth: (top?.depth ?? 0) + 1 }
  }
  for (const value of start) push(value)
  for (const line of text.trim().split('\n')) {
    const [word, number] = line.split(' ')
    if (word === 'PUSH') push(Number(number))
    const call = machine.find(({ name }) => name === word)
    const now = top as Node
    if (!call || (now?.depth ?? 0) < call.needs) continue
    const [a, b] = [now?.value ?? 0, now?.below?.value ?? 0]
    for (let i = 0; i < call.needs; i++) top = (top as Node)?.below ?? null
    for (const value of call.leaves({ a, b })) push(value)
  }
  const values: number[] = []
  for (let node = top as Node; node; node = node.below) values.unshift(node.value)
  return values
}

function drawProgram(random: Rng, machine: readonly Instruction[], length: number): readonly Line[] {
  const lines: Line[] = [{ push: random.int(-9, 20) }]
  let products = 0
  while (lines.length < length) {
    const call = random.pick(machine)
    const isProduct = call.name === 'MUL'
    // Two products at most: even after doubling all the way, values stay below 2^53.
    if (random.next() < 0.5 || (isProduct && products >= 2)) lines.push({ push: random.int(-9, 20) })
    else {
      if (isProduct) products++
      lines.push({ call })
    }
  }
  return lines
}

const printLine = (line: Line) => ('push' in line ? `PUSH ${line.push}` : line.call.name)

function interpreter({ machine, start, output }: Machine, ending: string = output.python): string {
  const branches = machine.flatMap(({ name, needs, python }) => [
    `    elif op == '${name}' and len(stack) >= ${needs}:`,
    `        a = stack.pop()`,
    ...(needs === 2 ? ['        b = stack.pop()'] : []),
    `        stack += ${python}`,
  ])
  return `${[
    'import sys',
    '',
    `stack = [${start.join(', ')}]`,
    'for line in sys.stdin:',
    "    op, *rest = line.split() or ['']",
    "    if op == 'PUSH':",
    '        stack.append(int(rest[0]))',
    ...branches,
    ending,
  ].join('\n')}\n`
}

export const stackMachine = codeFamily({
  id: 'stack-machine',
  levels: sizes.length,
  describe: 'a program that reads the code of a small stack machine and prints what it leaves',
  draft(level, random): CodeDraft {
    const size = sizes[level] as (typeof sizes)[number]
    const machine = [
      ...random.shuffle(basic).slice(0, size.basic),
      ...random.shuffle(further).slice(0, size.further),
    ].sort((a, b) => (a.name < b.name ? -1 : 1))
    const start = random.pick([[], [random.int(1, 9)]])
    const whole: Machine = { machine, start, output: random.pick(outputs) }
    const programs = [
      ...Array.from({ length: 8 }, () => drawProgram(random, machine, random.int(3, size.length))),
      machine.toSorted((a, b) => b.needs - a.needs).map((call) => ({ call })),
    ]
    const cases = programs.map((lines) => {
      const stdin = `${lines.map(printLine).join('\n')}\n`
      return { stdin, stdout: `${whole.output.of(agreed(stdin, run(lines, start), runText(stdin, whole)))}\n` }
    })
    const [example] = cases as [(typeof cases)[number]]
    return {
      statement: [
        'Write a program that runs the code of a stack machine. Standard input holds one instruction per line.',
        start.length === 0 ? 'At first the stack is empty.' : `At first the stack holds only the number ${start[0]}.`,
        'Below, a is the value on top of the stack and b the one under it.',
        '- PUSH n puts the integer n on top',
        ...machine.map(({ name, say }) => `- ${name} ${say}`),
        'An instruction that needs more values than there are does nothing.',
        `At the end print ${whole.output.say}.`,
        `Example input:\n${example.stdin}Example output:\n${example.stdout.trimEnd()}`,
      ].join('\n'),
      check: { type: 'stdio', cases, compare: 'tokens' },
      code: interpreter(whole),
      skills: ['stacks'],
      wrong: [
        { kind: 'prints-the-count', code: interpreter(whole, "print(len(stack), 'values')") },
        // The last program starts with an instruction that finds too few values, so that a missing guard shows.
        { kind: 'no-underflow-guard', code: interpreter(whole).replace(/ and len\(stack\) >= \d/g, '') },
      ],
    }
  },
})
