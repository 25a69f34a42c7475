/**
 * The program that a checker is run by. A sandbox gives a program text on stdin and nothing else, so each language has a few
 * lines that take three texts from there (a line with their sizes in bytes, then the texts), write them to files, set the
 * arguments and, for Kattis, stdin, and hand over to the checker's own main.
 */
import type { CheckOf } from '../schemas/check.js'
import type { ExecRequest } from '../schemas/exec.js'

type Checker = CheckOf<'checker'>['checker']

export interface CheckerCase {
  readonly input: string
  readonly output: string
  readonly answer: string
}

const names = { input: 'assay_input.txt', output: 'assay_output.txt', answer: 'assay_answer.txt' }
const feedback = 'assay_feedback'

/** Set where a Python checker failed by an exception: no protocol's verdict. */
export const crashExitCode = 97

const argumentsBy: Readonly<Record<Checker['protocol'], readonly string[]>> = {
  testlib: [names.input, names.output, names.answer],
  argv: [names.input, names.answer, names.output],
  kattis: [names.input, names.answer, `${feedback}/`],
}

/** The texts of one case as the program below reads them. */
export function checkerStdin({ input, output, answer }: CheckerCase): string {
  const texts = [input, output, answer]
  return `${texts.map((text) => Buffer.byteLength(text)).join(' ')}\n${texts.join('')}`
}

/**
 * Language and files of the request that runs a checker; undefined where checkers of its language cannot be run.
 * The checker's own file gets a name that none of the files beside it has.
 */
export function checkerProgram(checker: Checker): Pick<ExecRequest, 'language' | 'files'> | undefined {
  const files = programs[checker.language]?.(checker)
  return files && { language: checker.language, files }
}

interface Source {
  readonly path: string
  readonly text: string
}

/** The first file is the main one. What runs a native checker comes last, so that all its objects are made before. */
const programs: Readonly<Record<string, (checker: Checker) => Source[]>> = {
  python: (checker) => [
    { path: 'assay_run.py', text: pythonProgram(checker) },
    { path: 'assay_checker.py', text: checker.code },
    ...(checker.files ?? []),
  ],
  c: (checker) => [
    { path: 'assay_checker.c', text: checker.code },
    ...(checker.files ?? []),
    { path: 'assay_run.c', text: nativeProgram(checker, '') },
  ],
  cpp: (checker) => [
    { path: 'assay_checker.cpp', text: checker.code },
    ...(checker.files ?? []),
    { path: 'assay_run.cpp', text: nativeProgram(checker, 'extern "C" ') },
  ],
}

export const checkerLanguages = Object.keys(programs)

const argvOf = ({ protocol, flags = [] }: Checker) => [...argumentsBy[protocol], ...flags]

/** JSON's escapes are Python's too. */
const pythonProgram = (checker: Checker) => `import os, runpy, sys, traceback

sizes, _, texts = sys.stdin.buffer.read().partition(b"\\n")
at = 0
for name, size in zip(${JSON.stringify(Object.values(names))}, map(int, sizes.split())):
    with open(name, "wb") as file:
        file.write(texts[at:at + size])
    at += size
os.mkdir(${JSON.stringify(feedback)})
sys.argv[:] = ["assay_checker.py"] + ${asciiJson(argvOf(checker))}
os.dup2(os.open(${checker.protocol === 'kattis' ? JSON.stringify(names.output) : 'os.devnull'}, os.O_RDONLY), 0)
sys.stdin = open(0, encoding="utf-8", errors="surrogateescape", closefd=False)
code = ${crashExitCode}
try:
    runpy.run_path("assay_checker.py", run_name="__main__")
    code = 0
except SystemExit as ended:
    code = ended.code
except BaseException:
    traceback.print_exc()
try:
    with open(${JSON.stringify(`${feedback}/judgemessage.txt`)}, errors="replace") as file:
        print(file.read(2000), file=sys.stderr)
except OSError:
    pass
sys.exit(code)
`

const asciiJson = (value: unknown) =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)

/**
 * A source of its own beside the checker's, so that nothing of it meets the checker's names or macros. Its constructor comes
 * behind those of the checker, calls main itself (which C++ allows no program, hence the second name), and ends the process.
 */
const nativeProgram = (checker: Checker, linkage: string) => `#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

${linkage}int assay_checker_main(int, char **, char **) __asm__("main");

static void fail(const char *what) {
  perror(what);
  _exit(${crashExitCode});
}

static size_t read_size(void) {
  size_t size = 0;
  char digit;
  while (read(0, &digit, 1) == 1 && digit >= '0' && digit <= '9') size = size * 10 + (size_t)(digit - '0');
  return size;
}

static void take(const char *name, size_t size) {
  static char part[1 << 16];
  int file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (file < 0) fail(name);
  while (size > 0) {
    ssize_t got = read(0, part, size < sizeof part ? size : sizeof part);
    if (got <= 0 || write(file, part, (size_t)got) != got) fail(name);
    size -= (size_t)got;
  }
  close(file);
}

static void tell(void) {
  char text[2000];
  int file = open("${feedback}/judgemessage.txt", O_RDONLY);
  ssize_t got = file < 0 ? 0 : read(file, text, sizeof text);
  if (got > 0 && write(2, text, (size_t)got) < 0) return;
}

__attribute__((constructor)) static void assay_check(void) {
  static char *argv[] = {(char *)"checker", ${argvOf(checker)
    .map((text) => `(char *)${cString(text)}`)
    .join(', ')}, NULL};
  static char *environment[] = {NULL};
  size_t input = read_size(), output = read_size(), answer = read_size();
  take("${names.input}", input);
  take("${names.output}", output);
  take("${names.answer}", answer);
  if (mkdir("${feedback}", 0700) != 0) fail("${feedback}");
  int in = open(${checker.protocol === 'kattis' ? `"${names.output}"` : '"/dev/null"'}, O_RDONLY);
  if (in < 0 || dup2(in, 0) != 0) fail("stdin");
  atexit(tell);
  exit(assay_checker_main((int)(sizeof argv / sizeof *argv) - 1, argv, environment));
}
`

const cString = (text: string) =>
  `"${[...Buffer.from(text)].map((byte) => (/[\w./ -]/.test(String.fromCharCode(byte)) && byte < 0x7f ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`)).join('')}"`
