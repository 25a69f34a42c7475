"""The tests' side: the program's names, called across. What arrives from the program is not trusted."""

import builtins
import importlib
import sys
import types

from . import values
from .report import IN_PROGRAM, IN_TESTS

# Library modules that both sides have and whose names mean the same in both; only plain, pure ones.
SHARED_MODULES = frozenset(
    "math cmath collections itertools functools re string heapq bisect typing operator copy datetime decimal fractions "
    "random statistics json time calendar textwrap enum dataclasses abc numbers".split()
)


class Gone(BaseException):
    """The program's process ended, or answers nonsense."""


class NeedsOneProcess(BaseException):
    """Something that cannot cross was asked for."""


class Bridge:
    """Asks the program. Remembers why the tests cannot go on in two processes, or at all."""

    def __init__(self, link, report):
        self.link, self.report = link, report
        self.needs = None
        self.gone = None
        self.names = ()
        self.functions = {}

    def load(self):
        """None, or the outcome when the program did not load."""
        self.report.state(IN_PROGRAM)
        reply = self._receive()
        if reply.get("loaded") is True:
            self.names = tuple(name for name in reply.get("names", ()) if type(name) is str)
            self.report.state(IN_TESTS)
            return None
        status = reply.get("status")
        status = status if status in ("compile_error", "runtime_error", "memory_limit", "output_limit") else "runtime_error"
        error = str(reply.get("error", ""))[-2000:]
        return {"failed": ["the program could not be loaded: %s" % error], "blame": "candidate", "status": status}

    def lookup(self, name):
        """The program's name for the tests. Raises KeyError when it has none."""
        if name in self.functions:
            return self.functions[name]
        reply = self.ask({"get": name})
        kind = reply.get("kind")
        if kind == "function":
            found = self.functions[name] = self._function(name, reply.get("doc"))
            return found
        if kind == "value":
            self.report.ran += 1
            return self._decoded(reply.get("value"))
        if kind == "module" and reply.get("module") in SHARED_MODULES:
            return importlib.import_module(reply["module"])
        if kind == "class" and reply.get("module") in SHARED_MODULES:
            found = getattr(importlib.import_module(reply["module"]), str(reply.get("name")), None)
            if isinstance(found, type):
                return found
        if kind == "class" and reply.get("module") == "builtins" and isinstance(getattr(builtins, str(reply.get("name")), None), type):
            return getattr(builtins, reply["name"])
        if kind == "missing":
            raise KeyError(name)
        self.need("the tests use '%s', which is %s" % (name, reply.get("what") or "a %s of the program" % kind))

    def _function(self, name, doc):
        def proxy(*args, **kwargs):
            return self.call(name, args, kwargs)

        proxy.__name__ = proxy.__qualname__ = name
        proxy.__doc__ = doc if type(doc) is str else None
        proxy.__module__ = "solution"
        return proxy

    def call(self, name, args, kwargs):
        self.report.ran += 1
        try:
            forms = [values.encode(arg) for arg in args]
            named = {key: values.encode(arg) for key, arg in kwargs.items()}
        except values.CannotCross as error:
            self.need("the tests give '%s' %s" % (name, error))
        reply = self.ask({"call": name, "args": forms, "kwargs": named})
        try:
            for index, form in (reply.get("changed") or {}).items():
                put_back(args[int(index)], self._decoded(form))
            return self._value(reply, name, args)
        except (Gone, NeedsOneProcess):
            raise
        except BaseException as error:
            if not getattr(error, "from_program", False):
                self.lost("the program's process answered with nonsense (%s)" % type(error).__name__)
            raise

    def _value(self, reply, name, args=()):
        if "raised" in reply:
            raise self._exception(reply["raised"])
        if "opaque" in reply:
            self.need("'%s' returned %s" % (name, reply["opaque"]))
        if "same" in reply and type(reply["same"]) is int and 0 <= reply["same"] < len(args):
            return args[reply["same"]]
        if "range" in reply:
            return range(*[int(part) for part in reply["range"]])
        if "iterator" in reply:
            return self._iterate(reply["iterator"], name)
        return self._decoded(reply.get("result"))

    def _iterate(self, handle, name):
        while True:
            reply = self.ask({"next": handle})
            if reply.get("end"):
                return
            yield self._value(reply, name)

    def _exception(self, told):
        kind = getattr(builtins, str(told.get("type")), Exception)
        if not (isinstance(kind, type) and issubclass(kind, BaseException)):
            kind = Exception
        try:
            error = kind(*[self._decoded(arg) for arg in told.get("args", [])])
        except TypeError:
            error = Exception(str(told.get("text")))
        error.from_program = True
        return error

    def _decoded(self, form):
        try:
            return values.decode(values.checked_form(form))
        except (ValueError, TypeError, RecursionError) as error:
            self.lost("the program answered with %s" % error)

    def ask(self, question):
        self.report.state(IN_PROGRAM)
        try:
            self.link.send(question)
        except OSError:
            self.lost("the program's process ended")
        reply = self._receive()
        self.report.state(IN_TESTS)
        printed = reply.get("printed")
        if type(printed) is str and printed:
            sys.stdout.write(printed)
        return reply

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


def put_back(target, now):
    """What the program did to an argument, done to the tests' object."""
    kind = type(target)
    if kind is list or kind is bytearray:
        target[:] = now
    elif kind in values.DICTS or kind is set:
        target.clear()
        target.update(now)


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
        self.__dict__["__all__"] = [name for name in space.bridge.names if not name.startswith("_")]

    def __getattr__(self, name):
        try:
            return self.__dict__["_space"].bridge.lookup(name)
        except KeyError:
            error = AttributeError("module 'solution' has no attribute '%s'" % name)
            error.from_program = True
            raise error from None
