"""Typed values as JSON, in both directions. Exact types only, so an object that equals everything cannot cross.

Python's json keeps 1 and 1.0 apart, so numbers keep their type between two Python processes.
"""

import base64
import collections
import json
import re
import sys

MAX_DEPTH = 200
SAFE_INT = 2**53
_INF = float("inf")
_DIGITS = re.compile(r"-?[0-9]+")
_COLLECTIONS = {"tuple": tuple, "set": set, "frozenset": frozenset}
_OWN_TAGS = frozenset(("tuple", "set", "frozenset", "dict", "bytes", "int", "float", "complex"))
# Subclasses of dict from the standard library whose content is plain data; they cross as a dict.
DICTS = (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)


class CannotCross(Exception):
    """A value that has no JSON form here."""


def encode(value, depth=0, other=None):
    """A JSON-ready form. What is not plain data goes to other(value, depth); without one, it raises CannotCross."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -SAFE_INT <= value <= SAFE_INT else {"$": "int", "v": _digits(value)}
    if kind is float:
        if value != value:
            return {"$": "float", "v": "nan"}
        if value in (_INF, -_INF):
            return {"$": "float", "v": "inf" if value > 0 else "-inf"}
        return value
    if depth <= MAX_DEPTH:
        inner, more = depth + 1, other
        if kind is list:
            return [encode(item, inner, more) for item in value]
        if kind is tuple:
            return {"$": "tuple", "v": [encode(item, inner, more) for item in value]}
        if kind in DICTS:
            pairs = list(dict.items(value))
            if all(type(key) is str for key, _ in pairs) and not dict.__contains__(value, "$"):
                return {key: encode(item, inner, more) for key, item in pairs}
            return {"$": "dict", "v": [[encode(key, inner, more), encode(item, inner, more)] for key, item in pairs]}
        if kind is set or kind is frozenset:
            items = [encode(item, inner, more) for item in kind.__iter__(value)]
            return {"$": kind.__name__, "v": sorted(items, key=dumps)}
        if kind is bytes or kind is bytearray:
            return {"$": "bytes", "v": base64.b64encode(value).decode("ascii")}
        if kind is complex and _finite(value.real) and _finite(value.imag):
            return {"$": "complex", "v": [value.real, value.imag]}
    if other is not None:
        return other(value, depth)
    if depth > MAX_DEPTH:
        raise CannotCross("a value nested deeper than %d levels" % MAX_DEPTH)
    raise CannotCross("a value of type '%s'" % _type_name(kind))


def decode(form, other=None, depth=0):
    """The value of a form that encode makes; other(tag, content, depth) makes what it has made. Raises ValueError."""
    kind = type(form)
    if form is None or kind is bool or kind is str:
        return form
    if kind is int and -SAFE_INT <= form <= SAFE_INT:
        return form
    if kind is float and _finite(form):
        return form
    if depth > 2 * MAX_DEPTH:
        raise ValueError("too deep")
    if kind is list:
        return [decode(item, other, depth + 1) for item in form]
    if kind is not dict:
        raise ValueError("a number without its tag")
    if "$" not in form:
        return {key: decode(item, other, depth + 1) for key, item in form.items()}
    if set(form) != {"$", "v"} or type(form["$"]) is not str:
        raise ValueError("a tag that is none")
    try:
        return _tagged(form["$"], form["v"], other, depth + 1)
    except (TypeError, OverflowError, KeyError, IndexError) as error:
        raise ValueError(str(error)) from None


def _tagged(tag, content, other, depth):
    if tag in _COLLECTIONS:
        return _COLLECTIONS[tag]([decode(item, other, depth) for item in _list(content)])
    if tag == "dict":
        pairs = [_list(pair, 2) for pair in _list(content)]
        return {decode(key, other, depth): decode(item, other, depth) for key, item in pairs}
    if tag == "bytes" and type(content) is str:
        data = base64.b64decode(content, validate=True)
        if base64.b64encode(data).decode("ascii") == content:
            return data
    if tag == "int" and type(content) is str and _DIGITS.fullmatch(content):
        return _integer(content)
    if tag == "float" and type(content) is str:
        return {"nan": _INF - _INF, "inf": _INF, "-inf": -_INF}[content]
    if tag == "complex" and all(type(part) in (int, float) and _finite(part) for part in _list(content, 2)):
        return complex(*content)
    if other is not None and tag not in _OWN_TAGS:
        return other(tag, content, depth)
    raise ValueError("a tag '%s' that is none" % tag[:20])


def _list(content, length=None):
    if type(content) is not list or (length is not None and len(content) != length):
        raise ValueError("a list that is none")
    return content


def _finite(number):
    return -_INF < float(number) < _INF


def dumps(form):
    return json.dumps(form, separators=(",", ":"))


def _digits(value):
    return _unbounded(str, value)


def _integer(text):
    return _unbounded(int, text)


def _unbounded(convert, value):
    """Newer interpreters refuse to convert integers of many digits; a value's size is bounded elsewhere."""
    if not hasattr(sys, "set_int_max_str_digits"):
        return convert(value)
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return convert(value)
    finally:
        sys.set_int_max_str_digits(before)


def _type_name(kind):
    name = type.__getattribute__(kind, "__name__")
    return name if type(name) is str else "?"


def checked(data):
    """The form in some untrusted bytes. Raises ValueError for anything that encode would not have made."""
    try:
        form = json.loads(data, parse_constant=_refuse)
        decode(form)
        return form
    except Exception as error:  # whatever a forged value breaks is the fault of who forged it
        raise ValueError("a value that is not well-formed (%s)" % type(error).__name__) from None


def _refuse(text):
    raise ValueError(text)
