"""Reads C and C++ text as far as tests need it: its top-level items, and the signatures of its functions."""

import re

_LITERAL = re.compile(
    r'//(?:[^\n\\]|\\.)*|/\*.*?(?:\*/|\Z)|R"(?P<end>[^()\\\s]{0,16})\(.*?(?:\)(?P=end)"|\Z)'
    r'|"(?:[^"\\\n]|\\.)*"?|(?<![0-9a-fA-F])\'(?:[^\'\\\n]|\\.)*\'?',
    re.S,
)
_CONTROL = re.compile(r"(?:if|for|while|do|switch|try|else|catch|return|case|default|goto)\b|\{")
_DECLARES = re.compile(r"(?:namespace|using|typedef|inline\s+namespace|static_assert|_Static_assert|concept)\b|extern\s*\"")
_TYPE = re.compile(r"(?:typedef\s+)?(?:struct|class|union|enum)\b")
_NOT_NAMES = frozenset("decltype alignas __attribute__ __declspec noexcept explicit __asm__ asm".split())
_TYPE_WORDS = frozenset(
    "void bool char short int long float double signed unsigned const volatile auto wchar_t size_t _Bool __int128".split()
)


class Unread(Exception):
    """The text is beyond what is read here."""


class Item:
    """A top-level piece. kind: directive, function (complete), open (its body is to be written), declared, type, other, statement."""

    def __init__(self, kind, text, head="", template=False):
        self.kind, self.text, self.head, self.template = kind, text, head, template
        self.name = self.parameters = None
        if kind in ("function", "open", "declared"):
            self.name, self.parameters = _name_and_parameters(head)


def blanked(text):
    """The text with comments and the insides of literals as spaces: as long as it, lines kept."""

    def blank(found):
        one = found.group()
        if one.startswith("/"):
            return re.sub(r"[^\n]", " ", one)
        quote = '"' if one.startswith("R") else one[0]
        return quote + re.sub(r"[^\n]", " ", one[1:-1]) + (quote if len(one) > 1 else "")

    return _LITERAL.sub(blank, text)


def includes_first(text):
    """Names of the <headers> that a text includes before anything else, in order."""
    names = []
    for line in blanked_comments(text).split("\n"):
        if not line.strip():
            continue
        found = re.fullmatch(r"\s*#\s*include\s*(?:<([^>]+)>|\"([^\"]+)\")\s*", line)
        if found is None or found.group(1) is None:
            break
        names.append(found.group(1).strip())
    return names


def blanked_comments(text):
    return _LITERAL.sub(lambda found: re.sub(r"[^\n]", " ", found.group()) if found.group().startswith("/") else found.group(), text)


def macros_of(text):
    """Names of the macros that a text defines."""
    # Lines that are continued are joined first, as the compiler does; %: and ??= are other ways to write #.
    joined = blanked_comments(re.sub(r"\\[ \t]*\n", "", text))
    return sorted(set(re.findall(r"^[ \t\v\f]*(?:#|%:|\?\?=)[ \t\v\f]*define[ \t\v\f]+(\w+)", joined, re.M)))


def defines_main(text):
    return re.search(r"\bmain\s*\(", blanked(text)) is not None


def items(text):
    """The top-level items of a text, in order."""
    blank, found, at = blanked(text), [], 0
    while True:
        while at < len(blank) and blank[at] in " \t\r\n;":
            at += 1
        if at >= len(blank):
            return found
        end, item = _directive(text, blank, at) if blank[at] == "#" else _item(text, blank, at)
        found.append(item)
        at = end


def _directive(text, blank, at):
    end = at
    while True:
        line_end = blank.find("\n", end)
        if line_end < 0:
            return len(blank), Item("directive", text[at:])
        if blank[line_end - 1] != "\\":
            return line_end, Item("directive", text[at:line_end])
        end = line_end + 1


def _item(text, blank, at):
    depth, brace, i = 0, None, at
    while i < len(blank):
        c = blank[i]
        if c in "([{":
            if c == "{" and depth == 0 and brace is None:
                brace = i
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth < 0:
                raise Unread("a bracket is closed that was never opened")
            if c == "}" and depth == 0 and brace is not None and _ends_block(blank, at, brace, i):
                return i + 1, _made(text, blank, at, brace, i + 1)
        elif c == ";" and depth == 0:
            return i + 1, _made(text, blank, at, brace, i + 1)
        i += 1
    return len(blank), _made(text, blank, at, brace, len(blank), unfinished=True)


def _ends_block(blank, at, brace, end):
    """Does the item end with this brace, or does it go on to a semicolon or another block?"""
    head = _without_template(blank[at:brace])
    rest = blank[end + 1 :].lstrip()
    if _CONTROL.match(head or "{"):
        return not re.match(r"(?:else|catch)\b", rest) and not (head.startswith("do") and rest.startswith("while"))
    if re.match(r"(?:inline\s+)?namespace\b|extern\s*\"", head):
        return True
    if _is_type(head):
        return False
    return ")" in head and not _assigns(head)


def _is_type(head):
    return _TYPE.match(head) is not None and "(" not in head


def _assigns(head):
    """Is there a = outside of brackets (an initialiser, not an operator's name)?"""
    flat = re.sub(r"operator\s*[^\s\w(]+", "operator", head)
    while True:
        smaller = re.sub(r"\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>", "", flat)
        if smaller == flat:
            return re.search(r"(?<![<>=!])=(?!=)", flat) is not None
        flat = smaller


def _without_template(head):
    head = head.strip()
    while head.startswith("template"):
        depth = 0
        for i, c in enumerate(head):
            depth += (c == "<") - (c == ">")
            if c == ">" and depth == 0:
                head = head[i + 1 :].strip()
                break
        else:
            return head
    return head


def _made(text, blank, at, brace, end, unfinished=False):
    whole, stop = text[at:end], brace if brace is not None else end
    raw = blank[at:stop].strip().rstrip(";").strip()
    head, template = _without_template(raw), raw.startswith("template")
    if _is_type(head) or _DECLARES.match(head):
        return Item("type", whole)
    if _CONTROL.match(head or "{"):
        return Item("statement", whole)
    shaped = re.search(r"[\w>&*\]]\s*[\s&*]\s*(?:operator\s*\S+?|[\w:~]+)\s*\(", head) is not None and not _assigns(head)
    if brace is not None and shaped and ")" in head:
        given = text[at:stop].strip()
        inside = blank[brace + 1 : end].rstrip().rstrip("}")
        kind = "open" if unfinished or not inside.strip() else "function"
        return Item(kind, whole, given, template)
    if brace is None and shaped and head.endswith((")", "const", "noexcept")) and _looks_declared(head):
        return Item("declared" if not unfinished else "open", whole, text[at:end].strip().rstrip(";").strip(), template)
    return Item("other", whole)


def _looks_declared(head):
    """`int f(int a)` and not `vector<int> v(10)` or `return f(x)`: its brackets hold types."""
    try:
        _, parameters = _name_and_parameters(head)
    except Unread:
        return False
    return all(_name_of(one) is not None or set(re.findall(r"\w+", one)) & _TYPE_WORDS for one in parameters)


def _name_and_parameters(head):
    """(name, texts of the parameters) of a function's head."""
    blank, angle, i = blanked(head), 0, 0
    while i < len(blank):
        c = blank[i]
        angle += (c == "<") - (c == ">" and blank[i - 1] != "-")
        if c == "(" and angle <= 0:
            before = re.search(r"(operator\s*\S+?|[\w:~]+)\s*$", blank[:i])
            close = _closing(blank, i)
            if before is not None and before.group(1) not in _NOT_NAMES:
                return before.group(1), _split(head[i + 1 : close], blank[i + 1 : close])
            i = close
        i += 1
    raise Unread("a function's head without brackets")


def _closing(blank, at):
    depth = 0
    for i in range(at, len(blank)):
        depth += (blank[i] == "(") - (blank[i] == ")")
        if depth == 0:
            return i
    raise Unread("a bracket is never closed")


def _split(text, blank):
    """Parameters, at the commas outside of all brackets."""
    parts, depth, at = [], 0, 0
    for i, c in enumerate(blank):
        depth += (c in "([{<") - (c in ")]}" or (c == ">" and blank[i - 1] != "-"))
        if c == "," and depth == 0:
            parts.append(blanked_comments(text[at:i]).strip())
            at = i + 1
    parts.append(blanked_comments(text[at:]).strip())
    return [] if parts in ([""], ["void"]) else parts


def _name_of(parameter):
    """The name of a parameter, or None when it has none that is seen."""
    blank = re.split(r"=(?!=)", blanked(parameter))[0].strip()
    blank = re.sub(r"(?:\[[^\]]*\]\s*)+$", "", blank).strip()
    found = re.search(r"([A-Za-z_]\w*)$", blank)
    if found is None or found.group(1) in _TYPE_WORDS:
        return None
    before = blank[: found.start()].strip()
    before = re.sub(r"\b(?:const|volatile|register|struct|enum|typename)\b", "", before).strip()
    return found.group(1) if before and not before.endswith("::") else None


def names_of(parameters):
    """The names of all parameters. Raises Unread where one has none, or a list that goes on."""
    names = [_name_of(one) for one in parameters]
    if any(name is None for name in names):
        raise Unread("a parameter without a name")
    return names


def struct_of(item):
    """(name, names of its fields) of a plain struct, or None when it has more than fields."""
    blank = blanked(item.text)
    found = re.match(r"struct\s+(\w+)\s*\{", blank)
    if found is None or item.kind != "type":
        return None
    fields = []
    for part in blank[found.end() : blank.rindex("}")].split(";"):
        part = re.sub(r"=[^,;]*|\{[^{}]*\}", "", part).strip()
        if not part:
            continue
        names = re.fullmatch(r"[\w:\s]+?(?:<.*>)?\s*\b(\w+(?:\s*,\s*\w+)*)", part, re.S)
        if names is None:
            return None
        fields += re.split(r"\s*,\s*", names.group(1))
    return (found.group(1), fields) if fields else None


class Starter:
    """What a solver was given: the functions to be written (asked), and everything else (given), in order."""

    def __init__(self, text, entry_point):
        self.items = [item for item in items(text) if item.name != "main"]
        functions = [item for item in self.items if item.name is not None]
        todo = [item for item in functions if item.kind in ("open", "declared")]
        named = [item for item in functions if item.name == entry_point]
        # The one with the name that the problem says; else the one that the text leaves open.
        entry = (named or [item for item in todo if item.kind == "open"] or todo or [None])[-1]
        if entry is None:
            raise Unread("no signature in the starter")
        complete = {item.name for item in functions if item.kind == "function" and item is not entry}
        self.entry = entry.name
        self.asked = [entry] + [item for item in todo if item.name != entry.name and item.name not in complete]
        self.given = [item for item in self.items if item.name != entry.name and item not in self.asked]

    def texts(self, *kinds):
        return [item.text for item in self.given if item.kind in kinds]
