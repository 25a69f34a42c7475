"""Signatures of Rust functions: which types can cross between a program and its tests, and how they are written."""

from .text import closing, text_of

_INTEGERS = frozenset("i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize".split())
_FLOATS = frozenset(("f32", "f64"))
_PLAIN = {"bool": "bool", "char": "char", "String": "::std::string::String", "str": "str"}
_CONTAINERS = {
    "Vec": (1, "::std::vec::Vec"),
    "Option": (1, "::std::option::Option"),
    "Result": (2, "::std::result::Result"),
    "Box": (1, "::std::boxed::Box"),
    "Rc": (1, "::std::rc::Rc"),
    "Arc": (1, "::std::sync::Arc"),
}
_COLLECTIONS = {"HashMap": 2, "BTreeMap": 2, "HashSet": 1, "BTreeSet": 1, "VecDeque": 1, "LinkedList": 1, "BinaryHeap": 1}
_CONTAINERS.update({name: (count, "::std::collections::" + name) for name, count in _COLLECTIONS.items()})


class Unreadable(ValueError):
    """A type that cannot cross, or that this parser does not know."""


class Type:
    """kind: int float plain named & &mut slice array tuple container. parts: types inside it."""

    def __init__(self, kind, name="", parts=()):
        self.kind, self.name, self.parts = kind, name, list(parts)

    def written(self, lifetime=""):
        """As Rust, by full names, every reference with the same lifetime or none."""
        inner = [part.written(lifetime) for part in self.parts]
        if self.kind in ("&", "&mut"):
            return "&%s %s%s" % (lifetime, self.kind[1:] + " " if self.kind != "&" else "", inner[0])
        if self.kind == "slice":
            return "[%s]" % inner[0]
        if self.kind == "array":
            return "[%s; %s]" % (inner[0], self.name)
        if self.kind == "tuple":
            return "(%s)" % "".join(part + "," for part in inner)
        if self.kind == "container":
            return "%s<%s>" % (_CONTAINERS[self.name][1], ", ".join(inner))
        return _PLAIN.get(self.name, self.name)

    def owned(self):
        """What a reference's target is read into."""
        if self.kind == "slice":
            return "::std::vec::Vec<%s>" % self.parts[0].written()
        return "::std::string::String" if self.name == "str" else self.written()

    def like(self, other):
        """The same but for the width of numbers, which literals take on."""
        if self.kind != other.kind or len(self.parts) != len(other.parts):
            return False
        if self.kind not in ("int", "float") and self.name != other.name:
            return False
        return all(one.like(another) for one, another in zip(self.parts, other.parts))

    def names(self):
        """Names of the program's own types in it."""
        found = {self.name} if self.kind == "named" else set()
        return found.union(*(part.names() for part in self.parts))


class Signature:
    """Of a function item. Texts are as written; types is None where one cannot cross; odd: it cannot be written again."""

    def __init__(self, text, found, item, known=()):
        self.name, self.odd, self.types, self.parameters = item.name, True, None, []
        try:
            self._read(text, found, item, known)
        except IndexError:  # it stops in the middle
            self.odd, self.types = True, None

    def _read(self, text, found, item, known):
        self.odd = False
        at = item.start
        while found[at].text != "fn":
            self.odd = self.odd or found[at].text in ("async", "unsafe", "extern")
            at += 1
        at += 2
        generics_end = _end_of_angles(found, at) if found[at].text == "<" else at - 1
        self.generics = text_of(text, found, at, generics_end)
        self.generic = any(
            token.kind == "word" and found[index - 1].kind != "life"
            for index, token in enumerate(found[at : generics_end + 1], at)
        )
        first, last = generics_end + 1, closing(found, generics_end + 1)
        ending = item.body[0] if item.body else _end_of_signature(found, last + 1)
        self.parameters, self.receiver = _parameters(text, found, first + 1, last)
        where = next((index for index in range(last, ending) if found[index].text == "where"), ending)
        self.where = text_of(text, found, where, ending - 1)
        arrow = last + 1 < where and found[last + 1].text == "->"
        self.returns = text_of(text, found, last + 2, where - 1) if arrow else "()"
        if not (self.odd or self.generic or self.receiver):
            self._read_types(found, (last + 2, where) if arrow else None, set(known))

    def _read_types(self, found, result, known):
        try:
            self.types = [read_type(found, first, last, known) for _, first, last in self.parameters]
            self.result = read_type(found, *result, known) if result else Type("tuple")
        except (Unreadable, RecursionError):
            self.types = None

    def head(self):
        """The signature as it stands, with its parameters named a0, a1, …"""
        written = _named(kind for kind, _, _ in self.parameters)
        return "fn %s%s(%s) -> %s %s" % (self.name, self.generics, written, self.returns, self.where)

    def plain_head(self):
        """The same signature in words of our own. What a reference of its result points to stays for ever."""
        return "fn %s(%s) -> %s" % (self.name, _named(kind.written() for kind in self.types), self.result.written("'static"))

    def like(self, other):
        mine, others = self.types + [self.result], other.types + [other.result]
        return len(mine) == len(others) and all(one.like(another) for one, another in zip(mine, others))


def _named(types):
    return ", ".join("mut a%d: %s" % (at, kind) for at, kind in enumerate(types))


def _end_of_angles(found, at):
    depth = 0
    for index in range(at, len(found)):
        depth += {"<": 1, ">": -1}.get(found[index].text, 0)
        if depth == 0:
            return index
        if found[index].text == "{":
            return index - 1
    return len(found) - 1


def _end_of_signature(found, at):
    while at < len(found) and found[at].text not in (";", "{"):
        at += 1
    return at


def split(found, first, last):
    """Ranges between commas that stand outside of all brackets."""
    ranges, start, index, depth = [], first, first, 0
    while index < last:
        text = found[index].text
        depth += {"<": 1, ">": -1}.get(text, 0)
        if text in ("(", "[", "{"):
            index = closing(found, index)
        elif text == "," and depth <= 0:
            ranges.append((start, index))
            start = index + 1
        index += 1
    return ranges + ([(start, last)] if start < last else [])


def _parameters(text, found, first, last):
    """([(type as written, its first token, one past its last)], has it a self?)"""
    result, receiver = [], False
    for start, end in split(found, first, last):
        if any(token.text == "self" for token in found[start:end]):
            receiver = True
            continue
        colon = next((index for index in range(start, end) if found[index].text == ":"), start)
        result.append((text_of(text, found, colon + 1, end - 1), colon + 1, end))
    return result, receiver


def read_type(found, first, last, known):
    if first >= last:
        raise Unreadable("no type")
    token = found[first]
    if token.text == "&":
        first += 1
        if found[first].kind == "life":
            first += 1
        mutable = found[first].text == "mut"
        return Type("&mut" if mutable else "&", "", [read_type(found, first + mutable, last, known)])
    if token.text in ("(", "["):
        if closing(found, first) != last - 1:
            raise Unreadable("brackets")
        return _bracketed(found, first, last, known)
    return _path(found, first, last, known)


def _bracketed(found, first, last, known):
    if found[first].text == "(":
        ranges = split(found, first + 1, last - 1)
        parts = [read_type(found, start, end, known) for start, end in ranges]
        if len(parts) == 1 and found[last - 2].text != ",":
            return parts[0]
        return Type("tuple", "", parts)
    semicolon = next((index for index in range(first, last) if found[index].text == ";"), None)
    if semicolon is None:
        return Type("slice", "", [read_type(found, first + 1, last - 1, known)])
    if semicolon + 3 != last or found[semicolon + 1].kind != "number":
        raise Unreadable("an array of a computed length")
    return Type("array", found[semicolon + 1].text, [read_type(found, first + 1, semicolon, known)])


def _path(found, first, last, known):
    angle = next((index for index in range(first, last) if found[index].text == "<"), last)
    words = [token.text for token in found[first:angle] if token.text != "::"]
    if not words or not all(found[index].kind == "word" or found[index].text == "::" for index in range(first, angle)):
        raise Unreadable("no path")
    name = words[-1]
    if len(words) > 1 and words[0] not in ("std", "core", "alloc", "collections"):
        raise Unreadable("a path of the program's own")
    if angle < last:
        count = _CONTAINERS.get(name, (0,))[0]
        if name in known or not count or _end_of_angles(found, angle) != last - 1:
            raise Unreadable(name)
        parts = [read_type(found, start, end, known) for start, end in split(found, angle + 1, last - 1)]
        if len(parts) != count:
            raise Unreadable(name)
        return Type("container", name, parts)
    if name in known:
        return Type("named", name)
    if name in _INTEGERS or name in _FLOATS:
        return Type("int" if name in _INTEGERS else "float", name)
    if name in _PLAIN:
        return Type("plain", name)
    raise Unreadable(name)
