"""How tests of C are run: the candidate behind a channel where only numbers and texts cross, else in one program."""

import os
import re

from .. import c
from ..language import Build, Plan, Program, Side
from . import gcc
from .source import Starter, Unread, blanked, names_of
from .testing import LIVE_ASSERT, hidden, lacking, missing_preamble, own_text, test_text, undefined

CANDIDATE, SERVED = "assay_candidate.c", "assay_served.c"
TESTS, SHARED = "assay_tests.c", "assay_shared.c"
_WRAPPED = ["-Wl,--wrap=main"]
_MAIN = "int main(void) {\n%s\nreturn 0;\n}\n"
_TEXT = re.compile(r"\bconst\s+char\s*\*|\bchar\s+const\s*\*")


def plans(tool, program, tests):
    made, starter = [], None
    try:
        starter = Starter(tests.get("support") or "", tests.get("entryPoint"))
        functions = [Function(item, index) for index, item in enumerate(starter.asked)]
        if all(function.plain for function in functions):
            made = [Plan(_asking(tool, program, starter, functions, tests), _served(tool, program, starter, functions))]
    except Unread:
        pass
    return made + [Plan(_together(tool, program, starter, tests, count)) for count in (True, False)]


class Function:
    """A function of the candidate, as the texts that both sides need."""

    def __init__(self, item, index):
        self.name, self.index, self.parameters = item.name, index, item.parameters
        self.names = names_of(item.parameters)
        self.head = re.sub(r"^\s*(?:(?:static|inline|extern)\s+)+", "", item.head)
        self.result = self.head[: re.search(r"\b%s\s*\(" % re.escape(item.name), self.head).start()].strip()

    @property
    def plain(self):
        pointers = any("*" in _TEXT.sub("", blanked(one)) or "[" in blanked(one) for one in self.parameters)
        return not pointers and ("*" not in self.result or re.fullmatch(r"(?:const\s+)?char\s*\*", self.result) is not None)

    @property
    def call(self):
        return "%s(%s)" % (self.name, ", ".join(self.names))

    @property
    def target(self):
        """The head of the function that stands between: of the declared type, under a name of ours."""
        return re.sub(r"\b%s(?=\s*\()" % re.escape(self.name), "assay_call_%d" % self.index, self.head, count=1)

    def stub(self):
        put = "".join("  ASSAY_PUT(%s);\n" % name for name in self.names)
        take = "  assay_answered();\n" if self.result == "void" else (
            "  __typeof__(%s) result;\n  ASSAY_TAKE(result);\n  assay_answered();\n  return result;\n" % self.call)
        return "%s {\n  assay_begin(%d);\n%s  assay_ask();\n%s}\n" % (self.head, self.index, put, take)

    def forwarder(self):
        returns = "" if self.result == "void" else "return "
        return "%s {\n  %s%s;\n}\n" % (self.target, returns, self.call)

    def answer(self):
        held = "".join("      %s;\n" % (one if "*" in one else re.sub(r"\b(?:const|register)\b", "", one)) for one in self.parameters)
        take = "".join("      ASSAY_TAKE(%s);\n" % name for name in self.names)
        call = "assay_call_%d(%s)" % (self.index, ", ".join(self.names))
        call = "      %s;\n" % call if self.result == "void" else "      __typeof__(%s) result = %s;\n      ASSAY_PUT(result);\n" % (call, call)
        return "    case %d: {\n%s%s%s    } break;\n" % (self.index, held, take, call)


def _side(tool, program, texts, arguments, more=()):
    files = [{"path": name, "text": text} for name, text in texts.items()]
    argv = gcc.command(tool, [*arguments, "-I", tool.support], list(texts), c.LIBRARIES)
    return Side(Program([*files, *more], program.limits), Build(argv, [gcc.OUT]), gcc.run)


def _lines(texts):
    return "".join(text + "\n" for text in texts)


def _served(tool, program, starter, functions):
    includes = [text for text in starter.texts("directive") if re.match(r"#\s*include\b", text)]
    candidate = (
        _lines(missing_preamble(starter.items, program.text))
        + lacking(starter, program.text)
        + own_text(program)
        + undefined(program)
        + _lines(includes)
        + "".join(function.forwarder() for function in functions)
    )
    served = (
        _lines(starter.texts("directive", "type"))
        + "#include <serve.h>\n"
        + "".join(function.target + ";\n" for function in functions)
        + "static void assay_answer(int32_t index) {\n  switch (index) {\n%s  }\n}\n" % "".join(function.answer() for function in functions)
    )
    return _side(tool, program, {CANDIDATE: candidate, SERVED: served}, c.FLAGS + _WRAPPED, program.files)


def _asking(tool, program, starter, functions, tests):
    stubs = {function.name: function for function in functions}
    pieces = [item.text for item in starter.items if item.name not in stubs]
    first = [piece for piece in pieces if re.match(r"#\s*include\b", piece)]
    rest = [piece for piece in pieces if piece not in first]
    text = (
        _lines(first)
        + "#include <tests.h>\n"
        + "".join(function.head + ";\n" for function in functions)
        + _lines(rest)
        + "".join(function.stub() for function in functions)
        + LIVE_ASSERT
        + '#line 1 "tests.c"\n'
        + test_text(tests, starter.entry, _MAIN)
        + "\n"
    )
    return _side(tool, program, {TESTS: text}, c.TESTS_FLAGS)


def _together(tool, program, starter, tests, count):
    entry = starter.entry if starter is not None else tests.get("entryPoint")
    mixed, pad = hidden(tests["token"])
    counting = count and entry is not None
    given = [] if starter is None else starter.items
    text = (
        _lines(missing_preamble(given, program.text))
        + ("" if starter is None else lacking(starter, program.text))
        + "#define main assay_candidate_main\n"
        + '#include "%s"\n#undef main\n' % program.main
        + undefined(program)
        + "#define ASSAY_TOKEN %s\n#define ASSAY_PAD %s\n#define ASSAY_CALLS_SEEN %d\n" % (mixed, pad, counting)
        + "#include <shared.h>\n"
        + LIVE_ASSERT
        + ("static __typeof__(&%s) assay_entry(void) { ++assay_called; return &%s; }\n#define %s (*assay_entry())\n" % (entry, entry, entry) if counting else "")
        + '#line 1 "tests.c"\n'
        + test_text(tests, entry, _MAIN)
        + "\n"
    )
    counted = os.path.join(tool.support, "counted")
    return _side(tool, program, {SHARED: text}, [*c.FLAGS, *_WRAPPED, "-I", counted], program.files)
