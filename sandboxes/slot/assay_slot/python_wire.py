"""Values between a program's process and its tests': plain data, and by value a few library types that tests compare.

Everything else is for `refer` to name: an object stays where it was made.
"""

import builtins
import collections
import datetime
import decimal
import fractions

from . import values


def encode(value, refer):
    def other(odd, depth):
        form = _library(odd, lambda part: values.encode(part, depth + 1, other))
        return refer(odd) if form is None else form

    return values.encode(value, 0, other)


def _library(value, again):
    kind = type(value)
    if kind is range:
        return _tag("range", again, [value.start, value.stop, value.step])
    if kind is fractions.Fraction:
        return _tag("fraction", again, [value.numerator, value.denominator])
    if kind is decimal.Decimal:
        return {"$": "decimal", "v": str(value)}
    if kind is datetime.date:
        return _tag("date", again, [value.year, value.month, value.day])
    if kind in (datetime.datetime, datetime.time) and value.tzinfo is None:
        return {"$": kind.__name__, "v": value.isoformat()}
    if kind is datetime.timedelta:
        return _tag("timedelta", again, [value.days, value.seconds, value.microseconds])
    if kind is collections.deque:
        return _tag("deque", again, [list(value), value.maxlen])
    if _is_builtin_class(value):
        return {"$": "builtin", "v": value.__name__}
    if type.__getattribute__(kind, "__mro__")[1:] == (tuple, object) and _named(kind):
        return _tag("named", again, [kind.__name__, list(kind._fields), list(tuple.__iter__(value))])
    return None


def _tag(tag, again, parts):
    return {"$": tag, "v": [again(part) for part in parts]}


def _is_builtin_class(value):
    return type(value) is type and value.__module__ == "builtins" and builtins.__dict__.get(value.__name__) is value


def _named(kind):
    fields = kind.__dict__.get("_fields")
    return type(fields) is tuple and all(type(name) is str for name in fields) and tuple.__eq__ is kind.__eq__


_named_tuples = {}


def decode(form, resolve):
    """The value; resolve(tag, content) finds what refer named. Raises ValueError for what encode does not make."""

    def other(tag, content, depth):
        if tag in _MAKERS:
            return _MAKERS[tag](values.decode(content, other, depth))
        return resolve(tag, content)

    try:
        return values.decode(form, other)
    except (ArithmeticError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None


def _builtin(name):
    found = builtins.__dict__.get(name) if type(name) is str else None
    if not isinstance(found, type):
        raise ValueError("no built-in class")
    return found


def _named_tuple(parts):
    name, fields, items = parts
    key = (name, tuple(fields))
    if key not in _named_tuples:
        _named_tuples[key] = collections.namedtuple(name, fields)
    return _named_tuples[key](*items)


def _integers(make):
    def checked(parts):
        if not all(type(part) is int for part in parts):
            raise ValueError("an integer that is none")
        return make(*parts)

    return checked


_MAKERS = {
    "range": _integers(range),
    "fraction": _integers(fractions.Fraction),
    "decimal": decimal.Decimal,
    "date": _integers(datetime.date),
    "datetime": datetime.datetime.fromisoformat,
    "time": datetime.time.fromisoformat,
    "timedelta": _integers(datetime.timedelta),
    "deque": lambda parts: collections.deque(*parts),
    "builtin": _builtin,
    "named": _named_tuple,
}
