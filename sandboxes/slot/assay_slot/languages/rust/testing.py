"""Programs for tests in Rust: the tests with stand-ins for what the program defines, the program with a loop that serves
them, and both in one where types cannot cross."""

import hashlib

from .source import Source, TestText, shapes
from .text import Edits

# Names that mean the standard library's, whatever a program calls its own.
_PRELUDE = frozenset(
    "main Vec String Box Option Some None Result Ok Err Iterator PartialEq Eq PartialOrd Ord Clone Copy Drop Fn FnMut FnOnce "
    "ToString ToOwned From Into AsRef AsMut Default Send Sync Sized".split()
)
_MAIN = '#[no_mangle] pub extern "C" fn main(_: i32, _: *const *const u8) -> i32 { %s }'
_TYPES = ("struct", "enum", "union", "trait", "type")


class Tests:
    """What tests, starter and program say together."""

    def __init__(self, program_text, tests):
        self.program = Source(program_text)
        self.support = Source(tests.get("support") or "")
        self.code, self.call, self.token = tests["code"], tests.get("call"), tests["token"]
        self.shapes = shapes(self.support)
        self.text = TestText(self.code)
        self.known = set(self.shapes)
        self.targets = self._targets(tests.get("entryPoint"))
        self.target_items = [target.item for target in self.targets if target.item in self._support_functions]

    def _targets(self, entry_point):
        """Functions that the program has to give."""
        functions = [function for function in self.support.functions(self.known) if function.path != "main"]
        self._support_functions = [function.item for function in functions]
        still_open = [function for function in functions if self.support.is_open(function.item)]
        named = [function for function in functions if entry_point in (function.path, function.item.name)]
        if still_open or named:
            return still_open or named
        asked = self.text.source.words - self.text.source.defined
        own = [function for function in self.program.functions() if function.item.name in asked - {"main", "new"}]
        return [function for function in own if function.item.name not in self.support.defined]

    # --- Two programs ---

    def lacks_crate(self):
        """Do the tests need a crate that is not there? Then nothing they say is about the program."""
        roots = {source.root(use) for source in (self.support, self.text.source) for use in source.foreign_uses()}
        found = self.text.source.tokens
        return any(
            token.text in roots and following.text == "::" and before.text not in ("::", "use")
            for before, token, following in zip(found, found[1:], found[2:])
        )

    def can_cross(self):
        """Do all the functions that are asked for have types that can?"""
        # Tests that use a type of the program's own do not build apart from it: no word of the program decides it here.
        return bool(self.targets) and all(target.signature.types is not None for target in self.targets)

    def tests_program(self):
        """The tests' side: stand-ins, then the tests' text. Returns (text, lines before the tests)."""
        uses = _uses(self.support)
        parts = ["#![no_main]", uses]
        standing = self.text.source.defined | {"main"}
        for item in self.support.items:
            if item in self.target_items or item.name in standing or self._is_gone(item):
                continue
            parts.append(self._with_stand_ins(item))
        parts += [self._stand_in(at, target) for at, target in enumerate(self.targets) if target.owner is None]
        parts += self._foreign_owners()
        parts += [shape.wire() for shape in self.shapes.values()]
        before = "\n".join(parts) + "\n"
        return before + self._tests_text(self.text, "main.rs", before.count("\n")), before.count("\n")

    def _is_gone(self, item):
        """Imports that are there already, or of nothing."""
        absent = self.support.absent_uses()
        return item in absent or (item.kind == "use" and self.support.root(item) in ("std", "core", "alloc"))

    def _with_stand_ins(self, item):
        """Text of a starter's item, with stand-ins for those of its functions that are asked for."""
        source = self.support
        if item.kind != "impl":
            return source.written(item)
        edits = Edits(source.text)
        for at, target in enumerate(self.targets):
            if target.owner is item:
                first, last = source.tokens[target.item.first].start, source.tokens[target.item.last].end
                edits.changes.append((first, last, self._stand_in(at, target)))
        start, end = source.tokens[item.first].start, source.tokens[item.last].end
        edits.text = source.text[:end]
        written = edits.done()[start:]
        return _missing_owner(item.name, source.defined) + written + ("" if item.complete else "\n}")

    def _foreign_owners(self):
        """Impls for functions whose signature stands in the program only."""
        mine = [target for target in self.targets if target.owner and target.item not in self._support_functions]
        for name in sorted({target.owner.name for target in mine}):
            inner = [self._stand_in(at, one) for at, one in enumerate(self.targets) if one in mine and one.owner.name == name]
            yield "%simpl %s { %s }" % (_missing_owner(name, self.support.defined), name, "\n".join(inner))

    def _stand_in(self, at, target):
        signature, withs, restored = target.signature, "", ""
        # A program's own text has no place among the tests, so what it declares is written anew.
        head = signature.head() if target.item in self._support_functions else signature.plain_head()
        for index, kind in enumerate(signature.types):
            withs += ".with(&%sa%d)" % ("*" if kind.kind in ("&", "&mut") else "", index)
            if kind.kind == "&mut":
                how = "restore_slice" if kind.parts[0].kind == "slice" else "restore"
                restored += "::assay_wire::report::right(reply.%s(a%d)); " % (how, index)
        return (
            "pub(crate) %s { let mut reply = ::assay_wire::report::Call::of(%d)%s.ask(); "
            "let result = ::assay_wire::report::right(reply.next()); %s"
            "::assay_wire::report::right(reply.end()); result }"
        ) % (head, at, withs, restored)

    def served_program(self):
        """The candidate's side: its text, what it left to the starter, and a loop that answers calls."""
        calls, names = [], set()
        own = {function.path: function.signature for function in self.program.functions(self.known)}
        for at, target in enumerate(self.targets):
            mine = own.get(target.path)
            signature = mine if mine and mine.types is not None and mine.like(target.signature) else target.signature
            names |= set().union(*(kind.names() for kind in signature.types + [signature.result]))
            calls.append(_served(at, target.path, signature))
        needed = self._closure(names)
        serve = "mod assay_serve { %s\n%s\n%s\n%s }" % (
            "".join("use super::%s; " % name for name in sorted(needed)),
            "\n".join(self.shapes[name].wire() for name in sorted(needed)),
            "\n".join(calls),
            _MAIN % ("::assay_wire::program::serve(&[%s])" % ", ".join("call_%d" % at for at in range(len(calls)))),
        )
        return self._completed() + "\n" + serve + "\n"

    def _closure(self, names):
        """The shapes that these names need, with those inside of them."""
        needed, left = set(), set(names)
        while left:
            name = left.pop()
            needed.add(name)
            shape = self.shapes[name]
            for _, fields, _ in shape.variants:
                for _, first, last in fields:
                    inner = {token.text for token in shape.found[first:last]} & set(self.shapes)
                    left |= inner - needed
        return needed

    def _completed(self, at_top=""):
        """The program without a main, with what of the starter it counts on and does not define."""
        program, support = self.program, self.support
        edits = Edits(program.text)
        edits.insert(program.after_inner_attributes(), " " + at_top)
        for item in program.absent_uses():
            edits.blank(program.tokens[item.first].start, program.tokens[item.last].end)
        text = "#![no_main] " + edits.done()
        if self.text.closes_function and program.items and not program.items[-1].complete:
            text += "\n}"
        there = program.defined | {"main"} | set().union(*(program.leaves(use) for use in program.uses()))
        missing = [item for item in support.items if item.kind in _TYPES + ("fn", "const", "static") and item.name not in there]
        missing = [item for item in missing if item not in self.target_items]
        added = {item.name for item in missing}
        missing += [item for item in support.of_kind("impl") if item.name in added and not self._holds_target(item)]
        owners = {item.name for item in program.of_kind("impl")} & {t.owner.name for t in self.targets if t.owner}
        parts = [text, _uses(support)] + [support.written(item) for item in missing]
        return "\n".join(parts + [_missing_owner(name, there | added) for name in sorted(owners)])

    def _holds_target(self, item):
        return any(target.owner is item for target in self.targets)

    # --- One program ---

    def shared(self):
        """(the program's text, {file: text} beside it)"""
        name = "assay_tests_" + hashlib.sha256(self.token.encode()).hexdigest()[:24]
        file = name + ".rs"
        text = TestText(self.code, inside=name)
        wrappers = [self._wrapper(target) for target in self.targets if _wraps(target)]
        counted = len(wrappers) == len(self.targets) and bool(wrappers)
        standing = text.source.defined | {target.item.name for target in self.targets if _wraps(target)}
        helpers = [item for item in self.support.of_kind("fn", "const", "static") if item not in self.target_items]
        helpers = [item for item in helpers if item.name not in standing | {"main"}]
        standing |= {item.name for item in helpers}
        there = self.program.of_kind("fn", "const", "static", "mod", *_TYPES) + self.support.of_kind(*_TYPES)
        owners = {target.owner.name for target in self.targets if target.owner}
        imported = sorted(({item.name for item in there} | owners) - standing - _PRELUDE)
        parts = ["#![allow(warnings)]", _uses(self.support)]
        parts += ["use super::%s;" % name for name in imported]
        parts += [self.support.written(item) for item in helpers] + wrappers
        before = "\n".join(parts) + "\n"
        body = before + self._tests_text(text, file, before.count("\n"), token=self.token, counted=counted)
        return self._completed('#[path = "%s"] mod %s; ' % (file, name)) + "\n", {file: body}

    def _wrapper(self, target):
        count = len(target.signature.parameters)
        return "pub(crate) %s { ::assay_wire::report::called(); super::%s(%s) }" % (
            target.signature.head(),
            target.path,
            ", ".join("a%d" % at for at in range(count)),
        )

    # --- Both ---

    def _tests_text(self, text, file, lines_before, token="", counted=True):
        runs = [(test.path, "super::" + test.path, test.should_panic) for test in text.functions]
        body = text.done()
        if text.statements and not runs and not text.has_main:
            body = "pub fn assay_statements() { " + body + "\n}"
            runs = [("", "super::assay_statements", None)]
        elif text.has_main and not runs:
            runs = [("", "super::main", None)]
        if self.call:
            body += "\npub fn assay_call() { %s; }" % self.call
            runs.append(("", "super::assay_call", None))
        listed = ", ".join(
            '::assay_wire::report::Test { name: "%s", run: || ::assay_wire::report::Outcome::wrong(%s()), should_panic: %s }'
            % (name, path, "::std::option::Option::None" if panic is None else "::std::option::Option::Some(%s)" % panic)
            for name, path, panic in runs
        )
        about = '::assay_wire::report::Tests { file: "%s", lines_before: %d, token: &[%s], counted: %s }' % (
            file,
            lines_before,
            _pairs(token),
            "true" if counted else "false",
        )
        run = "::assay_wire::report::run(&[%s], %s)" % (listed, about)
        return "%s\nmod assay_main { %s }\n" % (body, _MAIN % run)


def _wraps(target):
    return target.owner is None and not target.signature.odd


def _pairs(token):
    """The token as pairs of bytes that make it together."""
    key = hashlib.sha256(b"assay" + token.encode()).digest() * 4
    return ", ".join("(%d, %d)" % (one ^ other, other) for one, other in zip(token.encode(), key))


def _uses(source):
    """Imports that give way to whatever else bears their names."""
    found = source.standard_uses()
    return "" if not found else "use assay_uses::*; mod assay_uses { %s }" % " ".join(found)


def _missing_owner(name, defined):
    """LeetCode's way: an impl of a type that nobody defines."""
    return "" if name in defined else "struct %s; " % name


def _served(at, path, signature):
    reads, arguments, changed = "", [], ""
    for index, kind in enumerate(signature.types):
        name, target = "a%d" % index, kind.parts[0] if kind.kind in ("&", "&mut") else None
        reads += "let mut %s: %s = from.next()?; " % (name, target.owned() if target else kind.written())
        deref = "*" if target and (target.kind == "slice" or target.name == "str") else ""
        arguments.append("%s%s%s" % ("" if target is None else kind.kind + " ", deref, name))
        changed += "::assay_wire::Wire::put(&%s, to); " % name if kind.kind == "&mut" else ""
    return (
        "fn call_%d(from: &mut ::assay_wire::Reader, to: &mut ::std::vec::Vec<u8>) -> ::assay_wire::Read<()> { %sfrom.end()?; "
        "let result: %s = super::%s(%s); ::assay_wire::Wire::put(&result, to); %s::std::result::Result::Ok(()) }"
    ) % (at, reads, signature.result.written(), path, ", ".join(arguments), changed)
