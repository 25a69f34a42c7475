"""Typed values as JSON, in both directions. Exact types only, so an object that equals everything cannot cross.

Python's json keeps 1 and 1.0 apart, so numbers keep their type between two Python processes.
"""

import base64
import collections
import json
import sys

MAX_DEPTH = 200
SAFE_INT = 2**53
# Subclasses of dict from the standard library whose content is plain data; they cross as a dict.
DICTS = (dict, collections.OrderedDict, collections.defaultdict, collections.Counter)


class CannotCross(Exception):
    """A value that has no JSON form here."""


def encode(value, depth=0):
    """A JSON-ready form. Raises CannotCross for anything but plain data."""
    kind = type(value)
    if value is None or kind is bool or kind is str:
        return value
    if kind is int:
        return value if -SAFE_INT <= value <= SAFE_INT else {"$": "int", "v": _digits(value)}
    if kind is float:
        if value != value:
            return {"$": "float", "v": "nan"}
        if value in (float("inf"), float("-inf")):
            return {"$": "float", "v": "inf" if value > 0 else "-inf"}
        return value
    if depth > MAX_DEPTH:
        raise CannotCross("a value nested deeper than %d levels" % MAX_DEPTH)
    if kind is list:
        return [encode(item, depth + 1) for item in value]
    if kind is tuple:
        return {"$": "tuple", "v": [encode(item, depth + 1) for item in value]}
    if kind in DICTS:
        pairs = list(dict.items(value))
        if all(type(key) is str for key, _ in pairs) and "$" not in value:
            return {key: encode(item, depth + 1) for key, item in pairs}
        return {"$": "dict", "v": [[encode(key, depth + 1), encode(item, depth + 1)] for key, item in pairs]}
    if kind is set or kind is frozenset:
        items = [encode(item, depth + 1) for item in kind.__iter__(value)]
        return {"$": kind.__name__, "v": sorted(items, key=dumps)}
    if kind is bytes or kind is bytearray:
        return {"$": "bytes", "v": base64.b64encode(value).decode("ascii")}
    if kind is complex:
        return {"$": "complex", "v": [value.real, value.imag]}
    raise CannotCross("a value of type '%s'" % _type_name(kind))


def decode(value):
    """The value of a JSON form. Raises ValueError for a form that encode does not make."""
    kind = type(value)
    if kind is list:
        return [decode(item) for item in value]
    if kind is not dict:
        return value
    if "$" not in value:
        return {key: decode(item) for key, item in value.items()}
    tag, inner = value["$"], value.get("v")
    maker = _MAKERS.get(tag) if type(tag) is str else None
    if maker is None:
        raise ValueError("unknown tag %r" % (tag,))
    return maker(inner)


def dumps(form):
    return json.dumps(form, separators=(",", ":"))


def _digits(value):
    if not hasattr(sys, "set_int_max_str_digits"):
        return str(value)
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return str(value)
    finally:
        sys.set_int_max_str_digits(before)


def _integer(text):
    if not hasattr(sys, "set_int_max_str_digits"):
        return int(text)
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return int(text)
    finally:
        sys.set_int_max_str_digits(before)


def _type_name(kind):
    name = type.__getattribute__(kind, "__name__")
    return name if type(name) is str else "?"


_MAKERS = {
    "tuple": lambda items: tuple(decode(item) for item in items),
    "set": lambda items: {decode(item) for item in items},
    "frozenset": lambda items: frozenset(decode(item) for item in items),
    "dict": lambda pairs: {decode(key): decode(item) for key, item in pairs},
    "bytes": lambda text: base64.b64decode(text, validate=True),
    "int": _integer,
    "float": lambda text: {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}[text],
    "complex": lambda parts: complex(parts[0], parts[1]),
}


def checked(data):
    """The form in some untrusted bytes. Raises ValueError for anything that encode would not have made."""
    try:
        return checked_form(json.loads(data, parse_constant=_refuse))
    except (ValueError, RecursionError, TypeError, KeyError, UnicodeDecodeError) as error:
        raise ValueError("a value that is not well-formed (%s)" % type(error).__name__) from None


def checked_form(form):
    """The form itself, once it is known to be one that encode makes."""
    _check(form, 0)
    return form


def _refuse(text):
    raise ValueError(text)


def _check(form, depth):
    if depth > 2 * MAX_DEPTH:
        raise ValueError("too deep")
    if type(form) is int and not -SAFE_INT <= form <= SAFE_INT:
        raise ValueError("an integer without its tag")
    if type(form) is float and form in (float("inf"), float("-inf")):
        raise ValueError("a float without its tag")
    if type(form) is list:
        for item in form:
            _check(item, depth + 1)
    elif type(form) is dict and "$" not in form:
        for item in form.values():
            _check(item, depth + 1)
    elif type(form) is dict:
        if set(form) != {"$", "v"} or form["$"] not in _MAKERS:
            raise ValueError("an unknown tag")
        if form["$"] in ("tuple", "set", "frozenset", "dict"):
            if type(form["v"]) is not list:
                raise ValueError("a tag without its list")
            for item in form["v"]:
                _check(item, depth + 1)
                if form["$"] == "dict" and (type(item) is not list or len(item) != 2):
                    raise ValueError("a pair that is none")
        else:
            _MAKERS[form["$"]](form["v"])
