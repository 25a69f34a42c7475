"""What the tests hold in place of the program's objects. A handle equals only itself, so nothing of the program decides
whether it is what a test expects, unless the problem says that a class defines its own comparison.
"""

import builtins
import re
import types

# Asked of an object whatever it is: these learn nothing about what a test expects.
FREE = frozenset(
    "__iter__ __next__ __len__ __str__ __repr__ __bool__ __int__ __float__ __abs__ __neg__ __pos__ __index__ __reversed__ "
    "__invert__ __complex__ __round__ __format__ __getitem__ __setitem__ __delitem__".split()
)
COMPARISONS = frozenset("__%s__" % name for name in "eq ne lt le gt ge".split())
# Answered with a plain value of this type, or not at all.
RESULT_TYPES = {"__len__": int, "__str__": str, "__repr__": str, "__bool__": bool, "__int__": int, "__float__": float, "__index__": int}
RESULT_TYPES.update({"__format__": str, "__hash__": int, "__contains__": bool})
PUBLIC = ("__name__", "__doc__", "__qualname__", "__dict__", "__wrapped__", "__annotations__", "__func__", "__self__")


class Handle:
    """An object of the program. `_assay`: (bridge, number)."""

    def __init__(self, bridge, number):
        object.__setattr__(self, "_assay", (bridge, number))

    def __getattr__(self, name):
        return get(self, name)

    def __setattr__(self, name, value):
        ask(self, "setattr", name, value)

    def __delattr__(self, name):
        ask(self, "delattr", name)

    def __eq__(self, other):
        return True if other is self else False if isinstance(other, Handle) else NotImplemented

    def __hash__(self):
        return id(self)

    def __copy__(self):
        return ask(self, "copy")

    def __deepcopy__(self, memo):
        return ask(self, "deepcopy")

    def __reduce_ex__(self, protocol):
        raise refused(self, TypeError("an object of the program cannot be pickled"))


class RemoteClass(type):
    """Makes the classes of handles. Calling one makes an object in the program."""

    def __new__(meta, name, bases, space, **more):
        for base in bases:
            if isinstance(base, RemoteClass):
                base._assay[0].need("the tests derive a class from '%s'" % base.__name__)
        return type.__new__(meta, name, bases, space)

    def __call__(cls, *args, **kwargs):
        return cls._assay[0].make(cls, args, kwargs)

    def __getattr__(cls, name):
        if name == "_assay":
            raise AttributeError(name)
        return get(cls, name)

    def __setattr__(cls, name, value):
        ask(cls, "setattr", name, value)

    def __bool__(cls):
        return True

    def __iter__(cls):
        return ask(cls, "__iter__")

    def __len__(cls):
        return plain(cls, "__len__", ask(cls, "__len__"))

    def __getitem__(cls, key):
        return ask(cls, "__getitem__", key)

    def __contains__(cls, key):
        return plain(cls, "__contains__", ask(cls, "__contains__", key))


def ask(thing, do, *args, **kwargs):
    bridge, number = type.__getattribute__(thing, "_assay") if isinstance(thing, RemoteClass) else object.__getattribute__(thing, "_assay")
    return bridge.operate({"on": number}, do, args, kwargs)


def get(thing, name):
    if name.startswith("__") and name.endswith("__") and name not in PUBLIC:
        raise refused(thing, AttributeError(name))
    return ask(thing, "getattr", name)


def refused(thing, error):
    """An exception of a handle is the program's, not a defect of this package."""
    type(thing)._assay[0].thrown.append(error) if isinstance(type(thing), RemoteClass) else thing._assay[0].thrown.append(error)
    return error


def plain(thing, do, result):
    if type(result) is not RESULT_TYPES.get(do, type(result)):
        raise refused(thing, TypeError("%s of the program returned no %s" % (do, RESULT_TYPES[do].__name__)))
    return result


def bound(thing, name):
    """A method: asked by name, so that calling it is one question."""

    def method(*args, **kwargs):
        return ask(thing, "method", name, *args, **kwargs)

    method.__name__ = method.__qualname__ = name
    method._assay_bound = (thing, name)
    return method


def make_class(bridge, told, bases):
    """The class of handles for a class of the program. told: what the program said about it, not trusted."""
    name, number = str(told.get("name"))[:200], told["number"]
    error = builtins.__dict__.get(told.get("error")) if type(told.get("error")) is str else None
    special = [each for each in told.get("special", ()) if type(each) is str and re.fullmatch("__[a-z]+__", each)]
    space = {"_assay": (bridge, number), "__module__": "solution", "__doc__": None}
    if isinstance(error, type) and issubclass(error, Exception):
        bases = tuple(base for base in bases if issubclass(base, BaseException))
        bases = bases if any(issubclass(base, error) for base in bases) else bases + (error,)
        space.update(__getattr__=get, __str__=lambda self: self._assay_text, _assay_text="")
    else:
        bases = tuple(base for base in bases if issubclass(base, Handle)) or (Handle,)
        space.update({each: _special(bridge, number, each) for each in special if _always(bridge, each)})
        if told.get("like") == "generator":
            space["__class__"] = property(lambda self: types.GeneratorType)
    try:
        return type.__new__(RemoteClass, name, bases, space)
    except TypeError:  # an order of base classes that these cannot have
        return type.__new__(RemoteClass, name, bases[-1:], space)


def _always(bridge, name):
    if name in COMPARISONS or name == "__hash__":
        return name in bridge.named or (name in ("__ne__", "__hash__") and "__eq__" in bridge.named)
    return True


def _special(bridge, class_number, name):
    if name in COMPARISONS:
        return lambda self, other: plain_or_not(self, name, other)
    if name == "__exit__":
        return lambda self, kind, error, trace: ask(self, "exit", None if kind is None else _builtin_name(kind), str(error))
    if name == "__enter__":
        return lambda self: ask(self, "enter")
    if name == "__call__":
        return lambda self, *args, **kwargs: ask(self, "call", *args, **kwargs)
    if name == "__next__":
        return lambda self: ask(self, "__next__")
    if name in FREE or name == "__hash__":
        return lambda self, *args: plain(self, name, ask(self, name, *args))

    def binary(self, other):
        # It is told what it stands beside, so only an object of a class that the tests themselves make may answer.
        if name in bridge.named or class_number in bridge.made:
            return plain(self, name, ask(self, name, other))
        return any(item == other for item in iter(self)) if name == "__contains__" else NotImplemented

    return binary


def plain_or_not(self, name, other):
    """A comparison that the problem names, between two objects of the program."""
    if not isinstance(other, Handle):
        return NotImplemented
    return bool(ask(self, name, other))


def _builtin_name(kind):
    return next(base.__name__ for base in kind.__mro__ if builtins.__dict__.get(base.__name__) is base)
