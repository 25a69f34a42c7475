"""Rust source as tokens and items: as much of the grammar as telling functions, imports and types apart takes.

It never fails, and takes time in proportion to the text whatever it holds: text that is no Rust (a statement's prose,
an attack) gives tokens that belong to no item.
"""

import re

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
    |(?P<block>/\*)
    |(?P<raw>[bc]?r(?P<hashes>\#*)")
    |(?P<string>[bc]?"(?:[^"\\]|\\.)*(?:"|\\?\Z))
    |(?P<char>b?'(?:[^'\\\n]|\\x[0-9a-fA-F]{2}|\\u\{[^}\n]*\}|\\.)')
    |(?P<life>'[A-Za-z_]\w*)
    |(?P<word>(?:r\#)?[^\W\d]\w*)
    |(?P<number>\d\w*(?:\.\d\w*)?)
    |(?P<sign>::|->|=>|.)""",
    re.X | re.S,
)
_COMMENT = re.compile(r"/\*|\*/")
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_BEFORE_FN = ("const", "async", "unsafe", "extern", "default")
_NAMED = ("struct", "enum", "union", "trait", "type", "static", "mod")
_BEGINNING = frozenset(("#", "pub", "use", "fn", "impl", "macro_rules", *_BEFORE_FN, *_NAMED))


class Token:
    __slots__ = ("kind", "text", "start", "end")

    def __init__(self, kind, text, start, end):
        self.kind, self.text, self.start, self.end = kind, text, start, end


def tokens(text):
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        kind, end = match.lastgroup, match.end()
        if kind == "hashes" or match.group("raw"):
            kind = "string"
            closing = text.find('"' + match.group("hashes"), end)
            end = len(text) if closing < 0 else closing + 1 + len(match.group("hashes"))
        elif kind == "block":
            end = _end_of_comment(text, end)
        if kind not in ("space", "block"):
            found.append(Token(kind, text[at:end], at, end))
        at = end
    return found


def _end_of_comment(text, at):
    depth = 1
    for match in _COMMENT.finditer(text, at):
        depth += 1 if match.group() == "/*" else -1
        if depth == 0:
            return match.end()
    return len(text)


def closing(found, at):
    """Index of the token that closes the bracket at `at`; the number of tokens when nothing does."""
    if at >= len(found) or found[at].kind != "sign" or found[at].text not in _CLOSING:
        return at
    depth = []
    for index in range(at, len(found)):
        text = found[index].text if found[index].kind == "sign" else ""
        if text in _CLOSING:
            depth.append(_CLOSING[text])
        elif depth and text == depth[-1]:
            depth.pop()
            if not depth:
                return index
        elif text == "}" and "}" in depth:
            # A bracket that was never closed ends with its block.
            while depth.pop() != "}":
                pass
            if not depth:
                return index
    return len(found)


class Item:
    """An item: tokens [first, last] of a list, attributes included. body: indices of its brackets, or None."""

    def __init__(self, kind, name, first, start, last, body=None, public=False, complete=True):
        self.kind, self.name, self.first, self.start, self.last = kind, name, first, start, last
        self.body, self.public, self.complete = body, public, complete


def items(found, at=0, end=None):
    """(items, indices of tokens outside of any) among tokens [at, end)."""
    end = len(found) if end is None else end
    result, loose = [], []
    while at < end:
        item = _item(found, at, end) if found[at].text in _BEGINNING else None
        if item is None:
            loose.append(at)
            at = closing(found, at) + 1 if found[at].text in _CLOSING and found[at].kind == "sign" else at + 1
        else:
            result.append(item)
            at = item.last + 1
    return result, [index for index in loose if index < end]


def _item(found, first, end):
    at = first
    while at + 1 < end and found[at].text == "#" and found[at + 1].text == "[":
        at = closing(found, at + 1) + 1
    start = at
    public = at < end and found[at].text == "pub"
    if public:
        at += 1
        if at < end and found[at].text == "(":
            at = closing(found, at) + 1
    word = _word(found, at, end)
    ahead = at
    while _word(found, ahead, end) in _BEFORE_FN or (ahead > at and ahead < end and found[ahead].kind == "string"):
        ahead += 1
    if _word(found, ahead, end) == "fn" and _word(found, ahead + 1, end) and found[ahead + 2 : ahead + 3]:
        return _function(found, first, start, ahead, end, public) if found[ahead + 2].text in "<(" else None
    if word == "use":
        return _until(found, "use", None, first, start, at, end, public)
    if word == "extern" and _word(found, at + 1, end) == "crate":
        return _until(found, "extern", _word(found, at + 2, end), first, start, at, end, public)
    if word == "impl" or (word == "unsafe" and _word(found, at + 1, end) == "impl"):
        return _impl(found, first, start, at, end)
    if word == "macro_rules" and at + 3 < end and found[at + 1].text == "!":
        last = min(closing(found, at + 3), end - 1)
        last += 1 if last + 1 < end and found[last + 1].text == ";" and found[at + 3].text != "{" else 0
        return Item("macro", found[at + 2].text, first, start, last)
    if word == "const" or word in _NAMED:
        name = _word(found, at + 1, end)
        name = _word(found, at + 2, end) if name == "mut" else name
        if name is not None and _plausible(word, found, at + 2, end):
            return _until(found, word, name, first, start, at + 2, end, public)
    return None


def _plausible(word, found, at, end):
    """Is it an item, and not a word of prose?"""
    if at >= end:
        return False
    following = found[at].text
    allowed = {"type": "=<", "const": ":", "static": ":", "mod": ";{", "trait": "{<:", "union": "{<"}.get(word, "{<(;")
    return following in allowed or following == "where" or (word == "static" and found[at - 1].text == "mut")


def _word(found, at, end):
    return found[at].text if at < end and found[at].kind == "word" else None


def _function(found, first, start, at, end, public):
    index = at + 2
    while index < end and found[index].text not in (";", "{"):
        index = closing(found, index) + 1 if found[index].text in "([" else index + 1
    name = found[at + 1].text
    if index >= end or found[index].text == ";":
        return Item("fn", name, first, start, min(index, end - 1), None, public, complete=index < end)
    last = closing(found, index)
    return Item("fn", name, first, start, min(last, end - 1), (index, min(last, end)), public, complete=last < end)


def _until(found, kind, name, first, start, at, end, public):
    """An item that ends with its semicolon or, without one before it, with its braces."""
    index = at
    while index < end and found[index].text != ";":
        if found[index].text in _CLOSING and found[index].kind == "sign":
            last = closing(found, index)
            if found[index].text == "{" and kind not in ("use", "const", "static", "type"):
                return Item(kind, name, first, start, min(last, end - 1), (index, min(last, end)), public, last < end)
            index = last
        elif kind == "use" and found[index].text == "use" and index > at:
            return None
        index += 1
    if kind == "use" and index >= end:
        return None
    return Item(kind, name, first, start, min(index, end - 1), None, public, index < end)


def _impl(found, first, start, at, end):
    index, name, depth = at + 1, None, 0
    while index < end and found[index].text not in ("{", ";"):
        text = found[index].text
        depth += {"<": 1, ">": -1}.get(text, 0)
        if text == "impl" or (depth == 0 and text == "where"):
            break
        if depth == 0 and found[index].kind == "word" and text not in ("for", "impl", "dyn", "mut"):
            name = text
        index += 1
    while index < end and found[index].text not in ("{", ";", "impl"):
        index += 1
    if index >= end or found[index].text != "{" or name is None:
        return None
    last = closing(found, index)
    return Item("impl", name, first, start, min(last, end - 1), (index, min(last, end)), False, last < end)


def attributes(found, item):
    """Texts of an item's attributes without white space, with their first and last token."""
    result, at = [], item.first
    while at < item.start:
        last = closing(found, at + 1)
        result.append(("".join(token.text for token in found[at + 2 : last]), at, last))
        at = last + 1
    return result


def text_of(text, found, first, last):
    """Source of tokens [first, last]."""
    return text[found[first].start : found[last].end] if first <= last else ""


class Edits:
    """Changes to a text, by place, that keep its lines: what is taken out becomes blanks."""

    def __init__(self, text):
        self.text, self.changes = text, []

    def blank(self, start, end):
        self.changes.append((start, end, re.sub(r"[^\n]", " ", self.text[start:end])))

    def insert(self, at, piece):
        self.changes.append((at, at, piece))

    def done(self):
        parts, last = [], 0
        for start, end, piece in sorted(self.changes):
            if start < last:
                continue
            parts += [self.text[last:start], piece]
            last = end
        return "".join(parts) + self.text[last:]
