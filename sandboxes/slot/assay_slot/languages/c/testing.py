"""What tests in C and C++ have in common: the test code as a program's text, and both in one program."""

import re
import secrets

from .source import Unread, blanked, blanked_comments, defines_main, items, macros_of

# Left alone although a candidate may define them: without them, headers and tests that come later would not compile.
_KEPT = re.compile(r"NULL|EOF|(?:U?(?:CHAR|SHRT|INT|LONG|LLONG)|INT\d+|UINT\d+|SIZE|FLT|DBL|LDBL)_\w+|M_\w+|INFINITY|NAN|RAND_MAX|E[A-Z]+|SEEK_\w+")
_READS = re.compile(r"\b(?:asm|__asm|__asm__|incbin)\b|(?:#|%:)\s*embed\b")
LIVE_ASSERT = "#undef NDEBUG\n#include <assert.h>\n"
_STEERS = re.compile(r"^(?:test|check|run_?test)\w*$", re.I)
TESTS_FILE = "tests"


def undefined(program):
    """Takes back every macro of a program's files, for a program that holds the tests too.

    One that has the assembler read files could read the tests while they are compiled, so it is refused there.
    """
    if any(_READS.search(blanked_comments(file.get("text", ""))) for file in program.files):
        return "#error a program that is compiled with its tests cannot use inline assembly or embed files\n"
    names = {name for file in program.files if "text" in file for name in macros_of(file["text"])}
    return "".join("#undef %s\n" % name for name in sorted(names) if not _KEPT.fullmatch(name))


def own_text(program):
    """A candidate's text as a part of its own program: what is wrong with it is told of its own file."""
    return '#line 1 "%s"\n%s\n#line 1 "assay"\n' % (program.main, program.text)


def test_text(tests, entry, call_main):
    """Test code with a main. What stands alone in it runs there, in order; else its call, else its test functions."""
    code = tests["code"]
    if blanked(code).lstrip().startswith("}"):
        # The end of the function that the starter began.
        code = code.replace("}", " ", 1)
    if defines_main(code):
        return code
    call = tests.get("call")
    try:
        pieces = items(code)
    except Unread:
        pieces = None
    if pieces is None:
        return code if call is None else "%s\n%s\n" % (code, call_main % (call.rstrip(";") + ";"))
    kept = [one for one in pieces if one.kind in ("directive", "type", "function", "open", "declared")]
    loose = [one.text for one in pieces if one not in kept]
    if call is not None:
        loose.append(call.replace("{entryPoint}", entry or "").rstrip(";") + ";")
    if not loose:
        named = [one for one in kept if one.kind in ("function", "open") and not one.parameters and _STEERS.match(one.name)]
        loose = ["%s();" % one.name for one in named]
    if not loose:
        return code
    return "\n".join(one.text for one in kept) + "\n" + call_main % "\n".join(loose)


def hidden(token):
    """A text as two lists of bytes that make it together."""
    data = token.encode()
    pad = secrets.token_bytes(len(data))
    mixed = bytes(one ^ other for one, other in zip(data, pad))
    return ["{%s}" % ",".join(map(str, one)) for one in (mixed, pad)]


def missing_preamble(starter_items, text, everything=()):
    """Includes of the starter that a candidate's text lacks; none when it includes all there is."""
    there = set(re.findall(r"#\s*include\s*[<\"]([^>\"]+)", text))
    if there & set(everything):
        return []
    lines = [item.text for item in starter_items if item.kind == "directive" and re.match(r"#\s*include\b", item.text)]
    return [line for line in lines if re.search(r"[<\"]([^>\"]+)", line).group(1).strip() not in there]


def lacking(starter, text):
    """Complete functions and named types of the starter that a candidate's text does not have, in order."""
    try:
        there = {item.name for item in items(text) if item.name is not None}
    except Unread:
        return ""
    blank, found = blanked(text), []
    for item in starter.given:
        if item.kind == "function" and item.name not in there:
            found.append(item.text)
        elif item.kind == "type":
            name = re.match(r"(?:struct|class|union|enum(?:\s+class)?|using)\s+(\w+)|typedef\b.*?(\w+)\s*;", blanked(item.text), re.S)
            if name and name.group(1) != "namespace" and not re.search(r"\b%s\b" % (name.group(1) or name.group(2)), _introduced(blank)):
                found.append(item.text)
    return "".join(one + "\n" for one in found)


def _introduced(blank):
    """The pieces of a text that give names to types."""
    return " ".join(re.findall(r"\b(?:struct|class|union|enum|using|typedef)\b[^;{]*(?:\{[^{}]*\}[^;{]*)?;?", blank))
