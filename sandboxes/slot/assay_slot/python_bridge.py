"""The tests' side: the program's names, called across. What arrives from the program is not trusted."""

import builtins
import importlib
import sys
import types

from . import python_wire as wire
from . import values
from .python_handles import Handle, RemoteClass, bound, make_class
from .report import IN_PROGRAM, IN_TESTS

# Library modules that both sides have and whose names mean the same in both; only plain, pure ones.
SHARED_MODULES = frozenset(
    "math cmath collections itertools functools re string heapq bisect typing operator copy datetime decimal fractions "
    "random statistics json time calendar textwrap enum dataclasses abc numbers builtins".split()
)


class Gone(BaseException):
    """The program's process ended, or answers nonsense."""


class NeedsOneProcess(BaseException):
    """The tests gave the program something that cannot cross."""


class Bridge:
    """Asks the program. Remembers why the tests cannot go on in two processes, or at all.

    expected: (names that only the program supplies, names that it supplies as functions, names that it supplies as
    classes, special methods that the problem names), as the problem tells.
    """

    def __init__(self, link, report, expected):
        self.link, self.report = link, report
        self.wanted, self.as_functions, self.as_classes, self.named = expected
        self.needs = None
        self.gone = None
        self.names = self.own = ()
        self.found = {}
        self.classes, self.handles = {}, {}
        self.made = set()
        self.thrown = []

    def load(self):
        """None, or the outcome when the program did not load."""
        self.report.state(IN_PROGRAM)
        reply = self._receive()
        if reply.get("loaded") is True:
            self.names, self.own = (_texts(reply.get(key)) for key in ("names", "own"))
            self.report.state(IN_TESTS)
            return None
        status = reply.get("status")
        status = status if status in ("compile_error", "runtime_error", "memory_limit", "output_limit") else "runtime_error"
        error = str(reply.get("error", ""))[-2000:]
        return {"failed": ["the program could not be loaded: %s" % error], "blame": "candidate", "status": status}

    def lookup(self, name):
        """The program's name for the tests. Raises KeyError when it has none."""
        if name in self.found:
            return self.found[name]
        reply = self._ask({"get": name})
        kind = reply.get("kind")
        if kind == "missing":
            raise KeyError(name)
        if kind == "function":
            found = self.found[name] = self._function(name, reply.get("doc"))
            return found
        library = self._library(name, kind, reply)
        if library is not None:
            return library
        value = self._decoded(reply.get("value"))
        self.report.used += 1
        if kind != "class":
            return value
        if not isinstance(value, RemoteClass) or reply.get("library"):
            value = self.found[name] = self._function(name, None)
        elif name in self.as_classes or (name[:1].isupper() and name not in self.as_functions):
            self.made.add(value._assay[1])
        return value

    def _library(self, name, kind, reply):
        """The tests' own copy of a library's module or class that the program imported under its own name."""
        if name in self.wanted:
            return None
        if kind == "module" and reply.get("module") == name and name in SHARED_MODULES:
            return importlib.import_module(name)
        library = reply.get("library")
        if kind == "class" and type(library) is list and library[1:] == [name] and type(library[0]) is str and library[0] in SHARED_MODULES:
            found = getattr(importlib.import_module(library[0]), name, None)
            return found if isinstance(found, type) else None
        return None

    def _function(self, name, doc):
        def proxy(*args, **kwargs):
            return self.operate({"name": name}, "call", args, kwargs)

        proxy.__name__ = proxy.__qualname__ = name
        proxy.__doc__ = doc if type(doc) is str else None
        proxy.__module__ = "solution"
        proxy._assay_name = name
        return proxy

    def make(self, kind, args, kwargs):
        return self.operate({"on": kind._assay[1]}, "call", args, kwargs)

    def operate(self, target, do, args, kwargs):
        """Has the program do something with an object of its own, and gives what came of it."""
        self.report.ran += do in ("call", "method")
        try:
            forms = [wire.encode(arg, self._refer) for arg in args]
            named = {key: wire.encode(arg, self._refer) for key, arg in kwargs.items()}
        except values.CannotCross as error:
            self.need("the tests give '%s' %s" % (target.get("name", "an object of the program"), error))
        reply = self._ask(dict(target, do=do, args=forms, kwargs=named))
        if "raised" in reply:
            raise self._exception(reply["raised"], do)
        if do == "__next__" and reply.get("end"):
            raise StopIteration
        try:
            for index, form in (reply.get("changed") or {}).items():
                put_back(args[int(index)], self._decoded(form))
            if do == "getattr" and reply.get("bound") is True:
                return bound(self._handle_of(target), args[0])
            if "same" in reply and type(reply["same"]) is int and 0 <= reply["same"] < len(args):
                return args[reply["same"]]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            self.lost("the program's process answered with nonsense (%s)" % type(error).__name__)
        return self._decoded(reply.get("result"))

    def _handle_of(self, target):
        number = target["on"]
        return self.handles[number] if number in self.handles else self.classes[number]

    def _refer(self, value):
        """Names what is the program's; anything else of the tests cannot cross."""
        kind = type(value)
        if kind is RemoteClass or isinstance(value, RemoteClass):
            return {"$": "class", "v": value._assay[1]}
        if isinstance(kind, RemoteClass):
            return {"$": "ref", "v": object.__getattribute__(value, "_assay")[1]}
        if kind is types.FunctionType and getattr(value, "_assay_name", None) in self.found:
            return {"$": "name", "v": value._assay_name}
        if kind is types.FunctionType and hasattr(value, "_assay_bound"):
            thing, name = value._assay_bound
            return {"$": "bound", "v": [self._refer(thing)["v"], name]}
        if self.from_program(value):
            return {"$": "text", "v": str(value)}
        raise values.CannotCross("a value of type '%s'" % kind.__name__)

    def _resolve(self, tag, content):
        """A handle for what the program named."""
        if tag == "class" and type(content) is int:
            return self.classes[content]
        if tag != "ref" or type(content) is not list or not all(type(part) is int for part in content):
            raise ValueError("no object")
        number, kind = content
        if number not in self.handles:
            self.handles[number] = self._handle(number, self.classes[kind])
        return self.handles[number]

    def _handle(self, number, kind):
        if issubclass(kind, BaseException):
            error = kind.__new__(kind)
            error._assay = (self, number)
            return error
        handle = object.__new__(kind)
        Handle.__init__(handle, self, number)
        return handle

    def _exception(self, told, do):
        """What the program raised. What would steer the tests' own loops and runners becomes a RuntimeError."""
        try:
            args = [self._decoded(arg) for arg in told.get("args", ())]
            if "value" in told:
                error = self._decoded(told["value"])
                if isinstance(error, Exception):
                    error.args, error._assay_text = tuple(args), str(told.get("text"))
                else:
                    error = RuntimeError("%s: %s" % (type(error).__name__, told.get("text")))
            else:
                error = _built_in_error(str(told.get("builtin")), args, str(told.get("text")), do)
        except (AttributeError, KeyError, TypeError, ValueError) as wrong:
            self.lost("the program's process answered with nonsense (%s)" % type(wrong).__name__)
        self.thrown.append(error)
        return error

    def from_program(self, error):
        """Was this very exception raised by the program? An attribute would be for anyone to set."""
        return any(error is one for one in self.thrown)

    def _decoded(self, form):
        try:
            return wire.decode(form, self._resolve)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            self.lost("the program answered with %s" % error)

    def _ask(self, question):
        self.report.state(IN_PROGRAM)
        try:
            self.link.send(question)
        except OSError:
            self.lost("the program's process ended")
        reply = self._receive()
        self.report.state(IN_TESTS)
        self._learn(reply.get("classes"))
        printed = reply.get("printed")
        if type(printed) is str and printed:
            sys.stdout.write(printed)
        return reply

    def _learn(self, classes):
        try:
            for told in classes or ():
                if type(told["number"]) is int and told["number"] not in self.classes:
                    bases = tuple(self.classes[number] for number in told["bases"])
                    self.classes[told["number"]] = make_class(self, told, bases)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            self.lost("the program's process answered with nonsense (%s)" % type(error).__name__)

    def _receive(self):
        try:
            reply = self.link.receive()
        except (OSError, ValueError, RecursionError):
            reply = None
        if type(reply) is not dict:
            self.lost("the program's process ended")
        return reply

    def need(self, reason):
        self.needs = self.needs or reason
        raise NeedsOneProcess(reason)

    def lost(self, reason):
        self.gone = self.gone or reason
        raise Gone(reason)


def _texts(names):
    return tuple(name for name in names if type(name) is str) if type(names) is list else ()


def _built_in_error(name, args, text, do):
    kind = builtins.__dict__.get(name)
    if not (isinstance(kind, type) and issubclass(kind, BaseException)):
        kind = Exception
    if kind is not SystemExit and not issubclass(kind, Exception) or issubclass(kind, (StopIteration, StopAsyncIteration)):
        return RuntimeError("the program raised %s" % name)
    try:
        return kind(*args)
    except TypeError:
        return Exception(text)


def put_back(target, now):
    """What the program did to an argument, done to the tests' object and to what it holds."""
    kind = type(target)
    if kind is list and type(now) is list:
        target[:] = [_kept(before, item) for before, item in zip(target, now)] + now[len(target) :]
    elif kind is bytearray:
        target[:] = now
    elif kind in values.DICTS:
        kept = {key: _kept(target[key], item) if key in target else item for key, item in now.items()}
        target.clear()
        target.update(kept)
    elif kind is set:
        target.clear()
        target.update(now)


def _kept(before, now):
    """An inner list or dict stays the tests' own object."""
    if type(before) is not type(now) or type(before) not in (list, dict):
        return now
    put_back(before, now)
    return before


class Names(dict):
    """The tests' namespace: their own names, then the support's, then builtins, then the program's."""

    def __init__(self, bridge, wanted):
        super().__init__()
        self.bridge, self.wanted = bridge, wanted

    def __missing__(self, name):
        if name.startswith("__") or (hasattr(builtins, name) and name not in self.wanted):
            raise KeyError(name)
        return self.bridge.lookup(name)


class Solution(types.ModuleType):
    """What `import solution` gives the tests."""

    def __init__(self, space):
        super().__init__("solution")
        self.__dict__["_space"] = space

    def __getattr__(self, name):
        space = self.__dict__["_space"]
        if name == "__all__":
            return _for_star(space)
        try:
            return space.bridge.lookup(name)
        except KeyError:
            error = AttributeError("module 'solution' has no attribute '%s'" % name)
            space.bridge.thrown.append(error)
            raise error from None


def _for_star(space):
    """What `import *` brings: what the program made itself; neither a builtin's name nor one that the tests have."""
    names = [name for name in space.bridge.own if not name.startswith("_")]
    taken = set(dir(builtins)) | set(dict.keys(space))
    return [name for name in names if name in space.wanted or name not in taken]
