/**
 * The default output validator of Kattis packages, as a checker of our own: Python, protocol `kattis`, the published flags as
 * its arguments. Semantics: https://www.kattis.com/problem-package-format/spec/2025-09#default-output-validator-specification
 * and beyond it what the published validator of problemtools does: numbers may be hexadecimal, the last of repeated tolerances
 * holds, what is infinite or too large for a number is a word. An exponent without digits (`1e`) is no number, as specified.
 */

/** Flags that a number follows, and the kinds of error that it bounds. */
export const toleranceFlags: Readonly<Record<string, readonly string[]>> = {
  float_tolerance: ['absolute', 'relative'],
  float_absolute_tolerance: ['absolute'],
  float_relative_tolerance: ['relative'],
}
export const spaceFlag = 'space_change_sensitive'
export const caseFlag = 'case_sensitive'

/** Bytes are compared; letters of other scripts have no case here. */
export const defaultValidator = `import re
import sys
from math import isfinite

DECIMAL = re.compile(rb"[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")
HEXADECIMAL = re.compile(rb"[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)([pP][+-]?[0-9]+)?")
BLANKS = re.compile(rb"([ \\t\\n\\v\\f\\r]+)")
TOLERANCES = ${JSON.stringify(toleranceFlags)}


def number(word):
    """The finite number that a word is as a whole, else None."""
    if DECIMAL.fullmatch(word):
        value = float(word)
    elif HEXADECIMAL.fullmatch(word):
        try:
            value = float.fromhex(word.decode())
        except OverflowError:
            return None
    else:
        return None
    return value if isfinite(value) else None


def shown(text):
    text = text.decode(errors="replace")
    return repr(text if len(text) <= 40 else text[:40] + "...")


def refuse(what):
    with open(sys.argv[3] + "judgemessage.txt", "w", encoding="utf-8", errors="replace") as file:
        file.write(what)
    sys.exit(43)


def layout(pieces):
    return [piece if at % 2 else piece == b"" for at, piece in enumerate(pieces)]


flags = sys.argv[4:]
allowed = {}
for flag, value in zip(flags, flags[1:]):
    for kind in TOLERANCES.get(flag, ()):
        allowed[kind] = float(value)


def compare(wanted, got, place):
    expected = number(wanted) if allowed else None
    if expected is not None:
        given = number(got)
        if given is None:
            refuse("expected the number %s, got %s%s" % (shown(wanted), shown(got), place))
        error = abs(expected - given)
        if not (error <= allowed.get("absolute", -1) or error <= allowed.get("relative", -1) * abs(expected)):
            refuse("expected %s within the tolerance, got %s%s" % (shown(wanted), shown(got), place))
    elif (wanted != got) if "${caseFlag}" in flags else (wanted.lower() != got.lower()):
        refuse("expected %s, got %s%s" % (shown(wanted), shown(got), place))


with open(sys.argv[2], "rb") as file:
    answer = BLANKS.split(file.read())
output = BLANKS.split(sys.stdin.buffer.read())
# Words and blanks by turns; the first and the last word may be empty.
words, given = ([word for word in text[::2] if word] for text in (answer, output))
for at, (wanted, got) in enumerate(zip(words, given)):
    compare(wanted, got, " as word %d" % (at + 1) if len(words) > 1 else "")
if len(words) != len(given):
    refuse("expected %d words, got %s" % (len(words), len(given) or "no output"))
if "${spaceFlag}" in flags and layout(answer) != layout(output):
    refuse("the words are right, the white space is another")
sys.exit(42)
`
