/** Programs that every language must have: the contract suite of the languages runs them all. */
import type { languages } from '../../src/sandbox/languages/index.js'

export interface Samples {
  /** Prints `hello`. */
  readonly hello: string
  /** Copies stdin to stdout, byte for byte. */
  readonly copy: string
  /** Ends with exit code 3. */
  readonly exitCode: string
  /** Ends by an uncaught error. */
  readonly crash: string
  /** Does not compile. */
  readonly syntaxError: string
  /** Computes for ever. */
  readonly busy: string
  /** Waits for ever. */
  readonly sleep: string
  /** Fills memory without end. */
  readonly hog: string
  /** Prints as many bytes as the number on stdin says. */
  readonly flood: string
  /** Prints a NUL byte and then the byte 0xff. */
  readonly rawBytes: string
  /** Defines add(a, b) and same(x), which returns its argument. */
  readonly functions: string
  /** Test code for add(a, b) that calls it at least twice. */
  readonly tests: string
}

export const samples = {
  python: {
    hello: "print('hello')",
    copy: 'import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())',
    exitCode: 'import sys\nsys.exit(3)',
    crash: "raise ValueError('no')",
    syntaxError: 'def f(:\n  pass',
    busy: 'while True: pass',
    sleep: 'import time\ntime.sleep(60)',
    hog: 'kept = []\nwhile True: kept.append(bytearray(1 << 20))',
    flood: "print('x' * int(input()), end='')",
    rawBytes: "import sys\nsys.stdout.buffer.write(b'\\x00\\xff')",
    functions: 'def add(a, b):\n    return a + b\n\ndef same(x):\n    return x\n',
    tests: 'assert add(1, 2) == 3\nassert add("a", "b") == "ab"\n',
  },
} satisfies Record<keyof typeof languages, Samples>
