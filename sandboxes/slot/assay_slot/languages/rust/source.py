"""What a Rust text defines, imports and leaves open: starters, programs and tests, read for their parts."""

from . import types
from .text import Edits, attributes, closing, items, text_of, tokens

_CRATES = frozenset("std core alloc proc_macro test crate self super".split())
_STANDARD = frozenset(("std", "core", "alloc"))
_DEFINING = frozenset("fn struct enum union trait type const static mod macro".split())
_OPEN = ("todo", "unimplemented")


class Function:
    """A function that can be called by its path: at the top, or in an impl without a receiver."""

    def __init__(self, path, item, signature, owner=None):
        self.path, self.item, self.signature, self.owner = path, item, signature, owner


class Source:
    def __init__(self, text):
        self.text = text
        self.tokens = tokens(text)
        self.items, self.loose = items(self.tokens)
        self.defined = {item.name for item in self.items if item.kind in _DEFINING}
        self.words = {token.text for token in self.tokens if token.kind == "word"}

    def written(self, item):
        return text_of(self.text, self.tokens, item.first, item.last)

    def words_of(self, item):
        return {token.text for token in self.tokens[item.first : item.last + 1] if token.kind == "word"}

    def uses(self):
        return [item for item in self.items if item.kind == "use"]

    def of_kind(self, *kinds):
        return [item for item in self.items if item.kind in kinds]

    def root(self, use):
        """First word of what is imported."""
        begun = next(at for at in range(use.start, use.last) if self.tokens[at].text == "use")
        return next((token.text for token in self.tokens[begun + 1 : use.last] if token.kind == "word"), None)

    def leaves(self, use):
        """Names that a use brings in, as far as they are written."""
        found = [token for token in self.tokens[use.start : use.last + 1]]
        names = set()
        for at, token in enumerate(found):
            following = found[at + 1].text if at + 1 < len(found) else ""
            if token.kind == "word" and following not in ("::", "as") and token.text not in ("use", "pub"):
                names.add(found[at - 2].text if token.text == "self" and at > 2 else token.text)
        return names

    def standard_uses(self):
        """Texts of the imports from the standard library, each made public."""
        found = [use for use in self.uses() if self.root(use) in _STANDARD]
        return [("" if use.public else "pub ") + text_of(self.text, self.tokens, use.start, use.last) for use in found]

    def foreign_uses(self):
        """Imports of crates that a slot does not have."""
        known = _CRATES | self.defined
        for use in [use for use in self.uses() if self.root(use) in known]:
            known = known | self.leaves(use)
        return [use for use in self.uses() if self.root(use) not in known and (self.root(use) or "A")[0].islower()]

    def absent_uses(self):
        """Imports of crates that a slot does not have and that nothing else in the text uses."""
        absent = self.foreign_uses() + [item for item in self.of_kind("extern") if item.name not in _CRATES]
        inside = {at for item in absent for at in range(item.first, item.last + 1)}
        elsewhere = {token.text for at, token in enumerate(self.tokens) if token.kind == "word" and at not in inside}
        return [item for item in absent if not (self._brought(item) & elsewhere)]

    def _brought(self, item):
        return {item.name} if item.kind == "extern" else self.leaves(item) | {self.root(item)}

    def functions(self, known=()):
        """Every Function at the top and in plain impls."""
        for item in self.of_kind("fn"):
            yield Function(item.name, item, types.Signature(self.text, self.tokens, item, known))
        for owner in self.of_kind("impl"):
            for item in items(self.tokens, owner.body[0] + 1, owner.body[1])[0]:
                if item.kind == "fn":
                    signature = types.Signature(self.text, self.tokens, item, known)
                    yield Function("%s::%s" % (owner.name, item.name), item, signature, owner)

    def is_open(self, item):
        """Is the body still to be written?"""
        if item.body is None or not item.complete:
            return True
        first, last = item.body
        inside = [token.text for token in self.tokens[first + 1 : last]]
        return not inside or (inside[0] in _OPEN and inside[1:2] == ["!"] and closing(self.tokens, first + 3) >= last - 2)

    def after_inner_attributes(self):
        """Place in the text behind `#![…]`."""
        at, place = 0, 0
        while [token.text for token in self.tokens[at : at + 3]] == ["#", "!", "["]:
            at = min(closing(self.tokens, at + 2), len(self.tokens) - 1) + 1
            place = self.tokens[at - 1].end
        return place

    def without_absent_crates(self):
        absent = self.absent_uses()
        if not absent:
            return self.text
        edits = Edits(self.text)
        for item in absent:
            edits.blank(self.tokens[item.first].start, self.tokens[item.last].end)
        return edits.done()


class Shape:
    """How values of a starter's own struct or enum cross. variants: [(name, fields, are they named?)]."""

    def __init__(self, source, item):
        self.name, self.kind = item.name, item.kind
        self.found, self.known = source.tokens, ()
        ahead = self.found[item.start : item.last + 1]
        if any(token.text == "<" for token in ahead[:4]):
            raise types.Unreadable("a generic type")
        if item.kind == "enum":
            ranges = types.split(self.found, item.body[0] + 1, item.body[1])
            self.variants = [self._variant(first, last) for first, last in ranges]
        else:
            name = next(at for at in range(item.start, item.last) if self.found[at].text == item.name)
            self.variants = [self._variant(name, item.last + (item.body is not None))]

    def _variant(self, first, last):
        while self.found[first].text == "#":
            first = closing(self.found, first + 1) + 1
        name, opening = self.found[first].text, self.found[first + 1].text if first + 1 < last else ""
        if opening not in ("(", "{"):
            return name, [], None
        ranges = types.split(self.found, first + 2, closing(self.found, first + 1))
        return name, [self._field(start, end, opening == "{") for start, end in ranges], opening == "{"

    def _field(self, first, last, named):
        """(name or None, first and last token of its type)"""
        while self.found[first].text == "#":
            first = closing(self.found, first + 1) + 1
        if self.found[first].text == "pub":
            first += 1
            if self.found[first].text == "(" and (named or closing(self.found, first) + 1 < last):
                first = closing(self.found, first) + 1
        return (self.found[first].text, first + 2, last) if named else (None, first, last)

    def check(self, known):
        """Throws Unreadable when a field cannot cross."""
        for _, fields, _ in self.variants:
            for _, first, last in fields:
                types.read_type(self.found, first, last, known)

    def wire(self):
        """Its impl of Wire."""
        several = self.kind == "enum"
        putting, getting = [], []
        for at, (name, fields, named) in enumerate(self.variants):
            path = "%s::%s" % (self.name, name) if several else self.name
            bound = [field or "f%d" % index for index, (field, _, _) in enumerate(fields)]
            pattern = {None: "%s", True: "%s { %s }", False: "%s(%s)"}[named]
            parts = (path,) if named is None else (path, ", ".join(bound))
            puts = "::assay_wire::put_variant(%d, to); " % at if several else ""
            puts += "".join("::assay_wire::Wire::put(%s, to); " % name for name in bound)
            putting.append("%s => { %s}" % (pattern % parts, puts))
            made = ["%s: from.next()?" % name if named else "from.next()?" for name in bound]
            parts = (path,) if named is None else (path, ", ".join(made))
            getting.append("::std::result::Result::Ok(%s)" % (pattern % parts))
        if several:
            arms = "".join("%d => %s, " % (at, arm) for at, arm in enumerate(getting))
            got = 'match from.variant()? { %s_ => ::std::result::Result::Err(::assay_wire::Odd("no variant".into())) }' % arms
        else:
            got = getting[0]
        return (
            "impl ::assay_wire::Wire for %s { fn put(&self, to: &mut ::std::vec::Vec<u8>) { match self { %s } } "
            "fn get(from: &mut ::assay_wire::Reader) -> ::assay_wire::Read<Self> { from.deeper(|from| %s) } }"
        ) % (self.name, ", ".join(putting), got)


def shapes(source):
    """Shape by name, of the starter's types that can cross."""
    found = {}
    for item in source.of_kind("struct", "enum"):
        try:
            found[item.name] = Shape(source, item)
        except (types.Unreadable, IndexError, StopIteration):
            continue
    while True:
        odd = [name for name, shape in found.items() if not _crosses(shape, set(found))]
        if not odd:
            return found
        for name in odd:
            del found[name]


def _crosses(shape, known):
    try:
        shape.check(known)
    except types.Unreadable:
        return False
    return True


class TestFunction:
    def __init__(self, path, should_panic):
        self.path, self.should_panic = path, should_panic


class TestText:
    """The text of tests, made callable: what was marked for a test runner stands open, on the lines where it stood."""

    def __init__(self, text, inside=None):
        self.text, self.inside = text, inside
        source = Source(text)
        self.closes_function = bool(source.tokens) and source.tokens[0].text == "}"
        self.edits = Edits(text)
        if self.closes_function:
            self.edits.blank(0, source.tokens[0].end)
            source = Source(" " * source.tokens[0].end + text[source.tokens[0].end :])
        self.source = source
        self.functions = []
        self._open_up(0, None, ())
        self._blank_attributes()
        self.has_main = any(item.name == "main" for item in source.of_kind("fn"))
        self.statements = bool(source.loose)

    def _open_up(self, at, end, path):
        found = self.source.tokens
        for item in items(found, at, end)[0]:
            marks = attributes(found, item)
            names = [mark for mark, _, _ in marks]
            if item.kind == "mod" and item.body:
                before = len(self.functions)
                self._open_up(item.body[0] + 1, item.body[1], path + (item.name,))
                if len(self.functions) > before and not item.public:
                    self.edits.insert(found[item.start].start, "pub ")
            elif item.kind == "fn" and "test" in names:
                if "ignore" not in {name.split("=")[0] for name in names}:
                    self.functions.append(TestFunction("::".join(path + (item.name,)), _expected_panic(found, marks)))
                if not item.public:
                    self.edits.insert(found[item.start].start, "pub ")

    def _blank_attributes(self):
        found = self.source.tokens
        for at, token in enumerate(found[:-1]):
            inner = token.text == "#" and found[at + 1].text == "!" and at + 2 < len(found) and found[at + 2].text == "["
            if token.text == "#" and (inner or found[at + 1].text == "["):
                last = closing(found, at + 1 + inner)
                mark = "".join(part.text for part in found[at + 2 + inner : last])
                if (inner or mark in _RUNNERS or mark.startswith(("should_panic", "ignore"))) and last < len(found):
                    self.edits.blank(token.start, found[last].end)
            elif token.text == "crate" and found[at + 1].text == "::" and self.inside:
                self.edits.insert(found[at + 1].end, self.inside + "::")

    def done(self):
        return self.edits.done()


_RUNNERS = ("test", "cfg(test)")


def _expected_panic(found, marks):
    """Text that the panic must hold; None where it must not panic."""
    for mark, first, last in marks:
        if mark.split("(")[0].split("=")[0] == "should_panic":
            return next((token.text for token in found[first:last] if token.kind == "string"), '""')
    return None
