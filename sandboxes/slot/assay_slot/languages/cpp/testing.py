"""How tests of C++ are run: the candidate behind a channel where its signature is known and plain, else in one program."""

import os
import re
import shlex

from .. import cpp
from ..c import gcc
from ..c.source import Starter, Unread, blanked, names_of, struct_of
from ..c.testing import LIVE_ASSERT, hidden, lacking, missing_preamble, own_text, test_text, undefined
from ..language import Build, Plan, Program, Side

CANDIDATE, SERVED, SERVED_OBJECT = "assay_candidate.cpp", "assay_served.cpp", "assay_served.o"
TESTS, SHARED = "assay_tests.cpp", "assay_shared.cpp"
_STD = re.compile(r"\busing\s+namespace\s+std\s*;")
_WRAPPED = ["-Wl,--wrap=main"]
_MAIN = "int main() {\n%s\nreturn 0;\n}\n"


def plans(tool, program, tests):
    made = []
    starter = None
    try:
        starter = Starter(tests.get("support") or "", tests.get("entryPoint"))
        if all(_plain(item) for item in starter.asked) and not _objects(starter):
            candidate = _served(tool, program, starter)
            # The second does without headers that the starter does not name, where their names are in the way.
            made = [Plan(_asking(tool, program, starter, tests, everything), candidate) for everything in (True, False)]
    except Unread:
        pass
    return made + [Plan(_together(tool, program, starter, tests, count)) for count in (True, False)]


def _plain(item):
    """Can a function's arguments be expected to cross? What this lets through and cannot is found by the compiler."""
    names_of(item.parameters)
    pointers = [one for one in item.parameters if "[" in blanked(one) or "*" in re.sub(r"\bconst\s+char\s*\*|\bchar\s+const\s*\*", "", one)]
    return not item.template and not pointers and "::" not in item.name and "operator" not in item.name


def _objects(starter):
    """Do signatures name classes of the starter that are more than their fields?"""
    own = [item for item in starter.given if item.kind == "type" and re.match(r"(?:struct|class|union)\b", item.text) and struct_of(item) is None]
    names = {found.group(1) for found in (re.match(r"\w+\s+(\w+)", blanked(item.text)) for item in own) if found}
    return any(names & set(re.findall(r"\w+", blanked(item.head))) for item in starter.asked)


def _forms(starter):
    """How the starter's plain structs cross: field by field."""
    text = ""
    for name, fields in filter(None, map(struct_of, starter.given)):
        put, take = ("".join(" assay_wire::%s(%s, value.%s);" % (verb, side, field) for field in fields) for verb, side in (("put", "out"), ("take", "in")))
        text += (
            "template <> struct assay_wire::Form<::%s> {\n  static void put(Out &out, const ::%s &value) {%s }\n"
            "  static void take(In &in, ::%s &value) {%s }\n};\n" % (name, name, put, name, take)
        )
    return text


def _signature(item):
    return re.sub(r"^\s*(?:(?:static|inline|extern|constexpr)\s+)+", "", item.head)


def _plain_signature(item):
    """Without default values, which may stand in one declaration only."""
    head = _signature(item)
    before = head[: head.index("(") if "(" in head else 0]
    return head if "=" not in head or "operator" in before else re.sub(r"\s*=\s*[^,()]+(?:\([^()]*\))?(?=\s*[,)])", "", head)


def _side(tool, program, name, text, arguments, more=()):
    files = [{"path": name, "text": text}, *more]
    argv = gcc.command(tool, [*arguments, "-I", tool.support], [name])
    return Side(Program(files, program.limits), Build(argv, [gcc.OUT]), gcc.run)


# The candidate's program.


def _joined(starter, text):
    """What a candidate needs of the starter before its own text: headers, `using namespace std` where it counts on it, and
    complete functions that it does not have."""
    given = [] if starter is None else starter.items
    helpers = "" if starter is None else lacking(starter, text)
    if helpers:
        # These were written for all that the starter has.
        first = [item.text for item in given if item.kind == "directive" or _STD.match(item.text)]
        return "".join(line + "\n" for line in first) + helpers
    lines = missing_preamble(given, text, ["bits/stdc++.h"])
    relies = any(_STD.search(blanked(item.text)) for item in given if item.kind == "type")
    if relies and not _STD.search(blanked(text)) and "std::" not in blanked(text):
        if not lines and "#" in text:
            lines = ["#include <bits/stdc++.h>"] if "bits/stdc++.h" in text else ["#include <cstddef>"]
        lines.append("namespace std {}\nusing namespace std;")
    return "".join(line + "\n" for line in lines)


def _served(tool, program, starter):
    """Two sources: the candidate's with a function of the declared type that calls it, and the one that serves that."""
    joined = _joined(starter, program.text)
    types = starter.texts("type")
    using = "".join(text + "\n" for text in types if _STD.match(text))
    aliases = "".join(text + "\n" for text in types if re.match(r"(?:typedef|using\s+\w+\s*=)", text))
    includes = "".join(text + "\n" for text in starter.texts("directive") if re.match(r"#\s*include\b", text))
    candidate = (
        joined
        + own_text(program)
        + undefined(program)
        + includes
        + using
        + "namespace assay_candidate {\n%s%s}\n" % (aliases, "".join(map(_forwarder, starter.asked)))
    )
    cases = "".join("      case %d: answer(&assay_candidate::%s, in, out); break;\n" % one for one in enumerate(item.name for item in starter.asked))
    wire = tool.prepared("heads", "wire.hpp")
    served = (
        ("" if wire else "#include <bits/stdc++.h>\n#include <serve.hpp>\n")
        + "".join(text + "\n" for text in starter.texts("directive", "type"))
        + _forms(starter)
        + "namespace assay_candidate {\n%s}\n" % "".join("%s;\n" % _plain_signature(item) for item in starter.asked)
        + 'extern "C" int __wrap_main() {\n  using namespace assay_serve;\n'
        + "  return serve([](std::uint32_t index, In &in, Out &out) {\n    switch (index) {\n%s    }\n  });\n}\n" % cases
    )
    compiler = tool.path("compiler")
    first = [compiler, *cpp.TESTS_FLAGS, "-I", tool.support, *(["-include", wire] if wire else []), "-c", SERVED]
    second = gcc.command(tool, [*cpp.FLAGS, *_WRAPPED, *cpp.head(tool, joined + program.text)], [CANDIDATE, SERVED_OBJECT])
    files = [{"path": CANDIDATE, "text": candidate}, {"path": SERVED, "text": served}, *program.files]
    argv = ["/bin/sh", "-c", "%s && exec %s" % (shlex.join(first), shlex.join(second))]
    return Side(Program(files, program.limits), Build(argv, [gcc.OUT]), gcc.run)


def _forwarder(item):
    moved = [name if "&&" not in blanked(one) else "static_cast<decltype(%s)>(%s)" % (name, name) for name, one in zip(names_of(item.parameters), item.parameters)]
    return "%s {\n  return ::%s(%s);\n}\n" % (_plain_signature(item), item.name, ", ".join(moved))


# The tests' program.


def _stub(item, index):
    names = names_of(item.parameters)
    given = "".join(", ::assay_tests::given<decltype(%s)>(%s)" % (name, name) for name in names)
    types = "".join(", decltype(%s)" % name for name in names)
    call = "%s(%s)" % (item.name, ", ".join(names))
    return "%s {\n  return ::assay_tests::ask<decltype(%s)%s>(%d%s);\n}\n" % (_signature(item), call, types, index, given)


def _asking(tool, program, starter, tests, everything):
    pieces, stubs = [], {item.name: _stub(item, index) for index, item in enumerate(starter.asked)}
    for item in starter.items:
        if item.name not in stubs:
            pieces.append(item.text + "\n")
    pieces += [_forms(starter)] + [stubs[item.name] for item in reversed(starter.asked)]
    if not everything:
        first = [piece for piece in pieces if re.match(r"#\s*include\b", piece)]
        pieces = first + ["#include <tests.hpp>\n"] + [piece for piece in pieces if piece not in first]
    head = tool.prepared("heads", "wire.hpp") if everything else None
    text = ("" if head or not everything else "#include <bits/stdc++.h>\n#include <tests.hpp>\n") + "".join(pieces)
    text += LIVE_ASSERT + '#line 1 "tests.cpp"\n' + test_text(tests, starter.entry, _MAIN) + "\n"
    return _side(tool, program, TESTS, text, cpp.TESTS_FLAGS + (["-include", head] if head else []))


# Both in one program.


def _together(tool, program, starter, tests, count):
    joined = _joined(starter, program.text)
    entry = starter.entry if starter is not None else tests.get("entryPoint")
    mixed, pad = hidden(tests["token"])
    counting = count and entry is not None
    stub = ""
    if counting:
        stub = (
            "namespace assay_stub {\ntemplate <class F> struct Of;\n"
            "template <class R, class... P> struct Of<R (*)(P...)> {\n"
            "  template <R (*to)(P...)> static R call(P... given) { ++assay_called; return to(static_cast<P &&>(given)...); }\n};\n}\n"
            "#define %s (assay_stub::Of<decltype(&%s)>::call<&%s>)\n" % (entry, entry, entry)
        )
    text = (
        joined
        + "#define main assay_candidate_main\n"
        + '#include "%s"\n#undef main\n' % program.main
        + undefined(program)
        + "#define ASSAY_TOKEN %s\n#define ASSAY_PAD %s\n#define ASSAY_CALLS_SEEN %d\n" % (mixed, pad, counting)
        + '#include "%s"\n' % os.path.join(os.path.dirname(tool.support), "c", "shared.h")
        + LIVE_ASSERT
        + stub
        + '#line 1 "tests.cpp"\n'
        + test_text(tests, entry, _MAIN)
        + "\n"
    )
    counted = os.path.join(os.path.dirname(tool.support), "c", "counted")
    head = cpp.head(tool, joined + program.text)
    return _side(tool, program, SHARED, text, [*cpp.FLAGS, *_WRAPPED, *head, "-I", counted], more=program.files)
