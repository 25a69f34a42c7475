"""What the solver was given, and stand-ins for the program's classes: its signatures, no text of the program's.

A stand-in's methods ask the program over the channel; a signature is written only when all its types cross by value. What the
starter defines completely (a node class, a helper method) is the tests' own.
"""

import re

from .source import Method, Type, Unit, joined

PRIMITIVES = {
    "boolean": "asBoolean",
    "char": "asChar",
    "byte": "asByte",
    "short": "asShort",
    "int": "asInt",
    "long": "asLong",
    "float": "asFloat",
    "double": "asDouble",
}
BOXED = frozenset("Boolean Character Byte Short Integer Long Float Double".split())
# What crosses by value, as Encoder writes it.
CROSSING = (
    frozenset(PRIMITIVES)
    | BOXED
    | frozenset(
        "void extends super String Object Number CharSequence Comparable StringBuilder BigInteger BigDecimal Void "
        "Optional OptionalInt OptionalLong OptionalDouble Iterable Collection List ArrayList LinkedList Vector Stack "
        "Set HashSet LinkedHashSet SortedSet NavigableSet TreeSet Queue Deque ArrayDeque PriorityQueue "
        "Map HashMap LinkedHashMap SortedMap NavigableMap TreeMap Entry Map.Entry AbstractMap SimpleEntry "
        "Unit Pair Triplet Quartet Quintet Sextet Tuple".split()
    )
)
_WORD = re.compile(r"(?:[^\W\d]|\$)[\w$]*")
# What a type is written with, when it is the program that wrote it.
_TYPE = re.compile(r"[\w$.<>?,&\s\[\]]*")
_PLATFORM_IMPORT = re.compile(r"(?:static )?java\.[\w.]+(?:\.\*)?$")
PLATFORM_EXCEPTIONS = frozenset(
    "throws Exception Throwable RuntimeException IOException InterruptedException IllegalArgumentException "
    "IllegalStateException ArithmeticException ArrayIndexOutOfBoundsException IndexOutOfBoundsException "
    "NoSuchElementException UnsupportedOperationException NumberFormatException CloneNotSupportedException".split()
)
_NO_BODY = frozenset(("abstract", "native", "synchronized", "default", "strictfp"))


class CannotStandIn(Exception):
    """The starter does not say enough, or something has to cross that cannot."""


class Starter:
    """What the solver was given. remote: classes whose methods the program supplies; the others are complete."""

    def __init__(self, text, entry_point):
        self.unit = Unit(text)
        self.entry_point = entry_point
        types = [one for one in self.unit.types if one.kind == "class"]
        named = [one for one in types if one.name == entry_point or any(m.name == entry_point for m in one.methods())]
        opened = [one for one in types if any(m.open for m in one.methods())]
        trivial = [one for one in types if any(m.is_trivial and not m.constructs for m in one.methods())]
        self.remote = named or opened or trivial
        self.borrowed = []

    def borrow(self, units, tests):
        """Takes the program's own signatures where the problem gives none: names of the platform's types, nothing else."""
        own = {one.name for unit in (self.unit, tests) if unit is not None for one in unit.types}
        self.borrowed = [one for unit in units for one in unit.types if one.kind == "class" and one.name not in own]
        self.remote = self.borrowed
        imports = [one for unit in units for one in unit.imports if _PLATFORM_IMPORT.match(one)]
        self.unit.imports = list(dict.fromkeys([*self.unit.imports, *imports]))

    def data(self):
        return [one for one in self.unit.types if one not in self.remote]

    def data_names(self):
        nested = [one.name + "$" + inner.name for one in self.unit.types for inner in one.types()]
        return [one.name for one in self.data()] + nested

    def remote_names(self):
        return [one.name for one in self.remote]

    def with_imports(self, unit):
        """A unit's text with the starter's imports, on the line that is there. A name it declares itself stays its own."""
        own = {one.name for one in unit.types} | {one.rsplit(".", 1)[-1] for one in unit.imports}
        more = [one for one in self.unit.imports if one not in unit.imports and one.rsplit(".", 1)[-1] not in own - {"*"}]
        imports = "".join("import %s; " % one for one in more)
        return unit.text[: unit.body_start] + imports + unit.text[unit.body_start :]

    def data_text(self, declared, package):
        """The complete types that a program does not have itself, as a file for its package; "" when there are none."""
        wanted = [one for one in self.data() if one.name not in declared and not one.open]
        if not wanted:
            return ""
        head = "package %s;" % package if package else ""
        imports = "".join("import %s;" % one for one in self.unit.imports)
        return head + imports + "\n" + "\n".join(_verbatim(one) for one in wanted) + "\n"

    def stand_ins(self, leave_open=False):
        """The starter with calls over the channel in place of what the program supplies."""
        unit = self.unit
        if any(one.open and one not in self.remote for one in unit.types):
            raise CannotStandIn("a type that is not complete")
        head = "package %s;" % unit.package if unit.package else ""
        parts = [head, *("import %s;" % one for one in unit.imports)]
        parts += [_verbatim(one) for one in self.data()] + [self._stand_in(one) for one in self.remote]
        text = " ".join(parts)
        return text[:-1] if leave_open else text

    def _stand_in(self, kind):
        if any(token.text == "abstract" for token in kind.header):
            raise CannotStandIn("an abstract class")
        if kind in self.borrowed:
            return self._borrowed(kind)
        members, constructors = [], 0
        for member in kind.members:
            if isinstance(member, Type):
                members.append(joined(member.source))
            elif not isinstance(member, Method):
                members.append(joined(member))
            elif member.constructs:
                constructors += 1
                members.append(self._constructor(kind, member))
            elif self._is_asked(kind, member):
                members.append(self._call(kind, member))
            else:
                members.append(method_text(member))
        if not constructors:
            members.append("public %s() { assay.Stub.create(this, %s, \"\"); }" % (kind.name, _quoted(kind.name)))
        return "%s { %s }" % (_header(kind), " ".join(members))

    def _borrowed(self, kind):
        """Only what can be called from outside and crosses."""
        members = []
        constructors = [one for one in kind.methods() if one.constructs]
        if not constructors:
            members.append("%s() { assay.Stub.create(this, %s, \"\"); }" % (kind.name, _quoted(kind.name)))
        elif not any(self._crosses(kind, one) for one in constructors):
            members.append("private %s() {}" % kind.name)
        for method in kind.methods():
            if self._crosses(kind, method):
                members.append(self._constructor(kind, method) if method.constructs else self._call(kind, method))
        return "class %s%s { %s }" % (kind.name, _parameters_of(kind), " ".join(members))

    def _crosses(self, kind, method):
        """Is it a signature that can be copied without believing anything about it?"""
        written = [method.result, method.type_parameters, _parameters_of(kind), *(one for one, _ in method.parameters)]
        if "private" in method.modifiers or not all(_TYPE.fullmatch(one) for one in written):
            return False
        if method.throws and not all(word in PLATFORM_EXCEPTIONS for word in _WORD.findall(method.throws)):
            return False
        try:
            self._check(kind, method)
        except CannotStandIn:
            return False
        return True

    def _is_asked(self, kind, method):
        return method.is_trivial or method.name == self.entry_point or kind.name == self.entry_point

    def _constructor(self, kind, method):
        self._check(kind, method)
        words = " ".join(word for word in method.modifiers if word not in _NO_BODY)
        body = "assay.Stub.create(this, %s, %s);" % (_quoted(kind.name), _arguments(method))
        return "%s %s %s(%s) %s { %s }" % (words, method.type_parameters, kind.name, _declared(method), method.throws, body)

    def _call(self, kind, method):
        self._check(kind, method)
        words = " ".join(word for word in method.modifiers if word not in _NO_BODY)
        this = "null" if method.is_static else "this"
        call = "assay.Stub.call(%s, %s, %s, %s)" % (this, _quoted(kind.name), _quoted(method.name), _arguments(method))
        if method.result in PRIMITIVES:
            body = "return assay.Stub.%s(%s);" % (PRIMITIVES[method.result], call)
        elif method.result in BOXED:
            body = "return assay.Stub.boxed(%s.class, %s);" % (method.result, call)
        else:
            body = call + ";" if method.result == "void" else "return (%s) %s;" % (method.result, call)
        head = (words, method.type_parameters, method.result, method.name, _declared(method), method.throws, body)
        return "%s %s %s %s(%s) %s { %s }" % head

    def _check(self, kind, method):
        """Every type of the signature must cross."""
        types = [*self.unit.types, *self.borrowed]
        own = {one.name for one in types} | {inner.name for one in self.unit.types for inner in one.types()}
        variables = set(_WORD.findall(method.type_parameters)) | set(_WORD.findall(_parameters_of(kind)))
        for written in (method.result, *(one for one, _ in method.parameters)):
            for word in _WORD.findall(re.sub(r"[\w$]+\s*\.\s*", "", written)):
                if word not in CROSSING and word not in own and word not in variables:
                    raise CannotStandIn("%s does not cross" % word)
        interfaces = {one.name for one in self.unit.types if one.kind == "interface"}
        if any(set(_WORD.findall(one)) & interfaces for one, _ in method.parameters):
            raise CannotStandIn("an object with behaviour does not cross")


def method_text(method):
    body = "" if method.body is None else joined(method.body)
    return "%s { %s }" % (joined(method.tokens), body) if method.body is not None else joined(method.tokens) + ";"


def _verbatim(kind):
    """A complete type. Not public: it stands in a file of another name."""
    return joined([token for index, token in enumerate(kind.source) if token.text != "public" or index >= len(kind.header)])


def _header(kind):
    return joined([token for token in kind.header if token.text not in ("public", "final")])


def _parameters_of(kind):
    text = _header(kind)
    return text[text.index("<") : text.rindex(">") + 1] if "<" in text else ""


def _declared(method):
    return ", ".join("%s %s" % one for one in method.parameters)


def _arguments(method):
    """The declared types without their arguments, and the values."""
    types = ",".join(_erased(one) for one, _ in method.parameters)
    values = ", ".join(name for _, name in method.parameters)
    return _quoted(types) + ", new Object[] {%s}" % values


def _erased(written):
    while "<" in written:
        shorter = re.sub(r"<[^<>]*>", "", written)
        if shorter == written:
            break
        written = shorter
    return re.sub(r"[\w$]+\.", "", re.sub(r"\s+", "", written))


def _quoted(text):
    return '"%s"' % text.replace("\\", "\\\\").replace('"', '\\"')
