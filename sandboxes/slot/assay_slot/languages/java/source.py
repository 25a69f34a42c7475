"""What a Java source declares: package, imports, types, and the members of types. Reads tokens, not the whole grammar;
a text that ends in the middle of a type or method (as prompts do) is read as far as it goes.
"""

import re

_TOKEN = re.compile(
    r'(?P<skip>\s+|//[^\n]*|/\*.*?(?:\*/|\Z))'
    r'|(?P<text>"""(?:\\.|.)*?(?:"""|\Z)|"(?:\\.|[^"\\\n])*"?|\'(?:\\.|[^\'\\\n])*\'?)'
    r'|(?P<word>[^\W\d][\w$]*|\$[\w$]*)'
    r'|(?P<number>\d[\w.]*)'
    r'|(?P<sign>.)',
    re.DOTALL,
)
_KINDS = ("class", "interface", "enum", "record")
_MODIFIERS = frozenset(
    "public protected private static final abstract native synchronized strictfp default transient volatile sealed".split()
)
CLOSING = {"(": ")", "{": "}", "[": "]"}


class Token:
    __slots__ = ("kind", "text", "start", "end", "spaced")

    def __init__(self, kind, text, start, end, spaced):
        self.kind, self.text, self.start, self.end, self.spaced = kind, text, start, end, spaced


def tokens(text):
    found, spaced = [], False
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "skip":
            spaced = True
            continue
        found.append(Token(match.lastgroup, match.group(), match.start(), match.end(), spaced))
        spaced = False
    return found


def joined(parts):
    """Tokens as text on one line, without comments (a text block keeps its lines)."""
    return "".join((" " if token.spaced and index else "") + token.text for index, token in enumerate(parts))


def depth_of(text):
    """How many braces are open at the end."""
    signs = [token.text for token in tokens(text) if token.kind == "sign"]
    return signs.count("{") - signs.count("}")


class Method:
    """body: its tokens without the braces; None where the text ends before them, or there is only a semicolon."""

    def __init__(self, head, body, is_open, type_name):
        self.tokens, self.body, self.open = head, body, is_open
        at = 0
        self.modifiers, at = _modifiers(head, at)
        self.type_parameters, at = _angle(head, at)
        paren = next(index for index in range(at, len(head)) if head[index].text == "(")
        self.name = head[paren - 1].text
        self.result = joined(head[at : paren - 1])
        self.constructs = not self.result and self.name == type_name
        close = _close(head, paren)
        self.parameters = [_parameter(part) for part in _split(head[paren + 1 : close])]
        rest = head[close + 1 :]
        throws = next((index for index, token in enumerate(rest) if token.text == "throws"), None)
        self.throws = "" if throws is None else joined(rest[throws:])
        while rest and rest[0].text == "[":
            self.result += "[]"
            rest = rest[2:]

    @property
    def is_static(self):
        return "static" in self.modifiers

    @property
    def is_trivial(self):
        """A body that only stands in for one: nothing, a literal, an exception."""
        if self.body is None or self.open:
            return True
        said = [token.text for token in self.body]
        if not said or said[0] == "throw":
            return not said or "UnsupportedOperationException" in said or "RuntimeException" in said
        if said[0] != "return" or len(said) > 4:
            return False
        value = self.body[1:-1]
        return not value or value[-1].kind in ("number", "text") or value[-1].text in ("null", "false", "true")


class Type:
    """A class, interface, enum or record. header: tokens before its brace. members: Method, Type, or tokens of others."""

    def __init__(self, kind, name, header, members, is_open, source):
        self.kind, self.name, self.header, self.members, self.open, self.source = kind, name, header, members, is_open, source

    @property
    def is_public(self):
        return any(token.text == "public" for token in self.header)

    def methods(self):
        return [member for member in self.members if isinstance(member, Method)]

    def types(self):
        return [member for member in self.members if isinstance(member, Type)]

    def has_main(self):
        return any(
            method.name == "main" and method.is_static and [kind for kind, _ in method.parameters] == ["String[]"]
            for method in self.methods()
        )


class Unit:
    """One source file. other: tokens at the top that belong to no declaration (statements, methods without a class)."""

    def __init__(self, text):
        self.text = text
        self.tokens = tokens(text)
        self.package, self.imports, self.types, self.other = "", [], [], []
        # Where the package declaration ends: imports may be put there.
        self.body_start = self.declarations_start = 0
        self._read()

    def _read(self):
        at, all_tokens = 0, self.tokens
        while at < len(all_tokens):
            word = all_tokens[at].text
            if word in ("package", "import") and not self.types and not self.other:
                end = next((i for i in range(at, len(all_tokens)) if all_tokens[i].text == ";"), len(all_tokens) - 1)
                self.declarations_start = all_tokens[end].end
                if word == "package":
                    self.package = joined(all_tokens[at + 1 : end]).replace(" ", "")
                    self.body_start = all_tokens[end].end
                else:
                    self.imports.append(joined(all_tokens[at + 1 : end]))
                at = end + 1
                continue
            if word == ";":
                at += 1
                continue
            found, at = _member(all_tokens, at, None)
            if isinstance(found, Type):
                self.types.append(found)
            else:
                self.other.append(found)

    def qualified(self, name):
        return self.package + "." + name if self.package else name

    def public_type(self):
        return next((one for one in self.types if one.is_public), None)

    def main_type(self):
        """The type whose main is run: a public one first."""
        able = [one for one in self.types if one.has_main()]
        return next((one for one in able if one.is_public), able[0] if able else None)


def _modifiers(parts, at):
    """(words, index after them); annotations are passed over."""
    words = []
    while at < len(parts):
        text = parts[at].text
        if text == "@" and at + 1 < len(parts) and parts[at + 1].text != "interface":
            at += 2
            while at + 1 < len(parts) and parts[at].text == ".":
                at += 2
            if at < len(parts) and parts[at].text == "(":
                at = _close(parts, at) + 1
        elif text in _MODIFIERS:
            words.append(text)
            at += 1
        elif text == "non" and at + 2 < len(parts) and parts[at + 2].text == "sealed":
            at += 3
        else:
            break
    return words, at


def _angle(parts, at):
    """(text of type parameters or "", index after them)."""
    if at >= len(parts) or parts[at].text != "<":
        return "", at
    depth, end = 0, at
    while end < len(parts):
        depth += {"<": 1, ">": -1}.get(parts[end].text, 0)
        end += 1
        if depth == 0:
            break
    return joined(parts[at:end]), end


def _close(parts, at):
    """Index of the bracket that closes the one at `at`; the last index when there is none."""
    opening, closing, depth = parts[at].text, CLOSING[parts[at].text], 0
    for index in range(at, len(parts)):
        if parts[index].text == opening and parts[index].kind == "sign":
            depth += 1
        elif parts[index].text == closing and parts[index].kind == "sign":
            depth -= 1
            if depth == 0:
                return index
    return len(parts) - 1


def _is_closed(parts, at, end):
    return end > at and parts[end].text == CLOSING[parts[at].text] and _balanced(parts[at : end + 1])


def _balanced(parts):
    signs = [token.text for token in parts if token.kind == "sign"]
    return signs.count("{") == signs.count("}")


def _split(parts):
    """Parts between commas that stand in no bracket of any kind."""
    found, depth, start = [], 0, 0
    for index, token in enumerate(parts):
        if token.kind != "sign":
            continue
        depth += (token.text in "<([{") - (token.text in ">)]}")
        if token.text == "," and depth == 0:
            found.append(parts[start:index])
            start = index + 1
    if parts[start:]:
        found.append(parts[start:])
    return found


def _parameter(parts):
    """(type, name) of `final List<? extends T> xs[]`; a varargs parameter is an array."""
    _, at = _modifiers(parts, 0)
    parts, more = parts[at:], ""
    while len(parts) > 2 and parts[-1].text == "]":
        parts, more = parts[:-2], more + "[]"
    kind = joined(parts[:-1])
    if kind.endswith("..."):
        kind = kind[:-3].rstrip() + "[]"
    return kind.replace(" []", "[]") + more, parts[-1].text if parts else ""


def _member(parts, at, type_name):
    """(Type, Method or the tokens of something else, index after it)."""
    start = at
    _, at = _modifiers(parts, at)
    if at >= len(parts):
        return parts[start:], len(parts)
    if parts[at].text == "@" and at + 2 < len(parts):
        return _type(parts, start, at + 1, at + 2)
    if parts[at].text in _KINDS and _declares(parts, at):
        return _type(parts, start, at, at + 1)
    return _other_member(parts, start, at, type_name)


def _declares(parts, at):
    """`record` is a name in other places."""
    if at + 1 >= len(parts) or parts[at + 1].kind != "word":
        return False
    return parts[at].text != "record" or (at + 2 < len(parts) and parts[at + 2].text in ("(", "<"))


def _type(parts, start, kind_at, name_at):
    kind, name = parts[kind_at].text, parts[name_at].text
    brace = next((index for index in range(name_at, len(parts)) if parts[index].text == "{"), None)
    if brace is None:
        return Type(kind, name, parts[start:], [], True, parts[start:]), len(parts)
    end = _close(parts, brace)
    closed = _is_closed(parts, brace, end)
    body = parts[brace + 1 : end] if closed else parts[brace + 1 :]
    after = end + 1 if closed else len(parts)
    members = _enum_members(body, name) if kind == "enum" else _members(body, name)
    return Type(kind, name, parts[start:brace], members, not closed, parts[start:after]), after


def _enum_members(body, name):
    """Only what follows the constants."""
    depth = 0
    for index, token in enumerate(body):
        if token.kind == "sign":
            depth += (token.text in "({") - (token.text in ")}")
            if token.text == ";" and depth == 0:
                return _members(body[index + 1 :], name)
    return []


def _members(body, name):
    found, at = [], 0
    while at < len(body):
        if body[at].text == ";":
            at += 1
            continue
        member, at = _member(body, at, name)
        found.append(member)
    return found


def _other_member(parts, start, at, type_name):
    """A method, a constructor, a field, an initialiser, or a statement."""
    method_paren = None
    index = at
    while index < len(parts):
        text, kind = parts[index].text, parts[index].kind
        if kind == "sign":
            if text == ";":
                return _semicolon(parts, start, index, method_paren, type_name)
            if text == "=" and method_paren is None:
                return _until_semicolon(parts, start, index)
            if text == "(" and method_paren is None and index > at and parts[index - 1].kind == "word":
                method_paren = index
                index = _close(parts, index)
            elif text in "([":
                index = _close(parts, index)
            elif text == "{":
                end = _close(parts, index)
                closed = _is_closed(parts, index, end)
                after = end + 1 if closed else len(parts)
                if method_paren is None or not _heads_method(parts, at, method_paren, type_name):
                    return parts[start:after], after
                body = parts[index + 1 : end] if closed else parts[index + 1 :]
                return Method(parts[start:index], body, not closed, type_name), after
        index += 1
    if method_paren is not None and _heads_method(parts, at, method_paren, type_name):
        return Method(parts[start:], None, True, type_name), len(parts)
    return parts[start:], len(parts)


def _heads_method(parts, at, paren, type_name):
    """A result type stands before the name, or the name is the type's."""
    _, at = _angle(parts, at)
    words = [token.text for token in parts[at:paren]]
    if not words or words[0] in ("new", "return", "if", "for", "while", "switch", "throw", "try", "assert", "do"):
        return False
    return len(words) > 1 and "." != words[-2] or words == [type_name]


def _semicolon(parts, start, index, method_paren, type_name):
    _, at = _modifiers(parts, start)
    if method_paren is not None and _heads_method(parts, at, method_paren, type_name):
        return Method(parts[start:index], None, False, type_name), index + 1
    return parts[start : index + 1], index + 1


def _until_semicolon(parts, start, index):
    while index < len(parts):
        if parts[index].kind == "sign":
            if parts[index].text == ";":
                return parts[start : index + 1], index + 1
            if parts[index].text in CLOSING:
                index = _close(parts, index)
        index += 1
    return parts[start:], len(parts)
