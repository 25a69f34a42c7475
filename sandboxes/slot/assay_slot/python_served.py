"""The program's side of tests that run beside it: loads the program and does what the tests ask of its objects.

Objects stay here; the tests get numbers for them. Everything here can be reached by the program, so its answers are
only ever data to the other side.
"""

import builtins
import copy
import marshal
import operator
import os
import types

from . import python_wire as wire
from . import records
from .cpu_timer import arm
from .link import Link
from .python_program import Program, flush, open_streams, raised, run_guarded, start_program


def candidate_main(message, fds):
    """Role of a spawned process: loads the program and answers what the tests ask, until they hang up."""
    payload = marshal.loads(records.read_all(fds["payload"], 1 << 40))
    os.close(fds["payload"])
    start_program()
    served = Served(Program(payload), fds, payload["limits"])
    link = Link(fds["channel"])
    link.send(served.load())
    while True:
        question = link.receive()
        if question is None:
            return 0
        link.send(served.answer(question))


def _leave(thing, name, text):
    if name is None:
        return type(thing).__exit__(thing, None, None, None)
    error = getattr(builtins, name)(text)
    return type(thing).__exit__(thing, type(error), error, None)


def _wait_for(thing):
    import asyncio

    return asyncio.run(thing)


# What the tests may ask of an object.
OPERATIONS = {
    "call": lambda thing, *args, **kwargs: thing(*args, **kwargs),
    "method": lambda thing, name, *args, **kwargs: getattr(thing, name)(*args, **kwargs),
    "getattr": getattr,
    "setattr": setattr,
    "delattr": delattr,
    "enter": lambda thing: type(thing).__enter__(thing),
    "exit": _leave,
    "await": _wait_for,
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}
UNARY = {"__iter__": iter, "__next__": next, "__len__": len, "__str__": str, "__repr__": repr, "__bool__": bool}
UNARY.update({"__hash__": hash, "__int__": int, "__float__": float, "__abs__": abs, "__neg__": operator.neg, "__pos__": operator.pos})
UNARY.update({"__index__": operator.index, "__reversed__": reversed, "__invert__": operator.invert, "__complex__": complex})
UNARY.update({"__round__": round, "__format__": format, "__getitem__": operator.getitem, "__setitem__": operator.setitem})
UNARY.update({"__delitem__": operator.delitem})
BINARY = {"__contains__": operator.contains}
for _name in "add sub mul truediv floordiv mod pow matmul and or xor lshift rshift".split():
    BINARY["__%s__" % _name] = getattr(operator, "__%s__" % _name)
    BINARY["__r%s__" % _name] = lambda thing, other, do=getattr(operator, "__%s__" % _name): do(other, thing)
COMPARISONS = {"__%s__" % _name: getattr(operator, _name) for _name in "eq ne lt le gt ge".split()}
OPERATIONS.update(UNARY, **BINARY, **COMPARISONS)
SPECIAL = tuple(UNARY) + tuple(BINARY) + tuple(COMPARISONS) + ("__call__", "__enter__", "__exit__")


class Served:
    def __init__(self, program, fds, limits):
        self.program, self.fds, self.limits = program, fds, limits
        self.streams = open_streams()
        self.names = {}
        self.objects, self.numbers = [], {}
        self.told = []
        self.seen = 0

    def load(self):
        arm(self.limits["cpuMs"])
        complaint = self.program.prepare()
        if complaint is not None:
            return {"loaded": False, "status": "compile_error", "error": complaint[-2000:]}
        module = self.program.new_module("solution")
        self.names = module.__dict__
        self.first = set(self.names)
        outcome = run_guarded(lambda: exec(self.program.code, self.names))
        if outcome["status"] != "ok" or "exited" in outcome:
            status = outcome["status"] if outcome["status"] != "ok" else "runtime_error"
            return {"loaded": False, "status": status, "error": outcome.get("error", "exited while it was loaded")}
        names = [name for name in self.names if type(name) is str and name not in self.first]
        return {"loaded": True, "names": names, "own": [name for name in names if is_own(self.names[name])]}

    def answer(self, question):
        try:
            reply = self._describe(question["get"]) if "get" in question else self._operate(question)
        except BaseException as error:  # MemoryError, or an object that cannot even be looked at
            reply = {"raised": {"builtin": "MemoryError" if isinstance(error, MemoryError) else "RuntimeError", "args": [], "text": ""}}
        flush(self.streams)
        if self.told:
            reply["classes"], self.told = self.told, []
        printed = records.read_all(self.fds["stdout"], self.seen + self.limits["outputBytes"])[self.seen :]
        if printed:
            self.seen += len(printed)
            reply["printed"] = printed.decode("utf-8", "replace")
        return reply

    def _describe(self, name):
        if name not in self.names:
            return {"kind": "missing"}
        value = self.names[name]
        if type(value) is types.ModuleType:
            return {"kind": "module", "module": text(value.__name__), "value": self.refer(value)}
        if isinstance(value, type):
            library = None if is_own(value) else [text(value.__module__), text(value.__qualname__)]
            return {"kind": "class", "library": library, "value": self.refer(value)}
        if type(value) is types.FunctionType:
            return {"kind": "function", "doc": value.__doc__ if type(value.__doc__) is str else None}
        return {"kind": "value", "value": wire.encode(value, self.refer)}

    def refer(self, value):
        """A number for something that stays here. Classes tell what their objects can do, once."""
        if id(value) not in self.numbers:
            self.numbers[id(value)] = len(self.objects)
            self.objects.append(value)
            if isinstance(value, type):
                self.told.append(self._class(value))
        number = self.numbers[id(value)]
        if isinstance(value, type):
            return {"$": "class", "v": number}
        return {"$": "ref", "v": [number, self.refer(type(value))["v"]]}

    def _class(self, kind):
        own = [self.refer(base)["v"] for base in kind.__bases__ if base is not object and not is_builtin(base)]
        errors = [base.__name__ for base in kind.__mro__ if is_builtin(base) and issubclass(base, BaseException)]
        told = {"number": self.numbers[id(kind)], "name": text(kind.__name__), "bases": own, "error": errors[0] if errors else None}
        told["special"] = [name for name in SPECIAL if getattr(kind, name, None) is not None]
        told["like"] = {types.GeneratorType: "generator", types.CoroutineType: "coroutine"}.get(kind)
        return told

    def resolve(self, tag, content):
        """What the tests' side means by a number that it was given."""
        if tag == "ref" or tag == "class":
            return self.objects[content]
        if tag == "bound":
            return getattr(self.objects[content[0]], content[1])
        if tag == "name":
            return self.names[content]
        if tag == "text":
            return Exception(content)
        raise ValueError("unknown tag")

    def _operate(self, question):
        args = [wire.decode(item, self.resolve) for item in question["args"]]
        kwargs = {name: wire.decode(item, self.resolve) for name, item in question["kwargs"].items()}
        thing = self.names[question["name"]] if "name" in question else self.objects[question["on"]]
        do = question["do"]
        try:
            result = OPERATIONS[do](thing, *args, **kwargs)
        except BaseException as error:
            if do == "__next__" and isinstance(error, StopIteration):
                reply = {"end": True}
            else:
                reply = self._raised(error)
        else:
            reply = self._result(result, thing, do, args)
        changed = {}
        for index, (before, now) in enumerate(zip(question["args"], args)):
            if type(now) in (list, dict, set, bytearray):
                form = wire.encode(now, self.refer)
                if form != before:
                    changed[str(index)] = form
        return dict(reply, changed=changed) if changed else reply

    def _result(self, result, thing, do, args):
        if do == "getattr" and type(result) is types.MethodType and result.__self__ is thing and result.__name__ == args[0]:
            return {"bound": True}
        for index, arg in enumerate(args):
            if result is arg and type(arg) in (list, dict, set):
                return {"same": index}
        return {"result": wire.encode(result, self.refer)}

    def _raised(self, error):
        raised(error)  # the traceback, to the program's stderr
        try:
            said = str(error)[:2000]
        except BaseException:
            said = ""
        try:
            args = [wire.encode(arg, self.refer) for arg in error.args]
        except BaseException:
            args = [said]
        kind = type(error)
        if is_builtin(kind):
            return {"raised": {"builtin": kind.__name__, "args": args, "text": said}}
        return {"raised": {"value": self.refer(error), "args": args, "text": said}}


def is_builtin(kind):
    return type(kind) is type and builtins.__dict__.get(kind.__name__) is kind


def is_own(value):
    """Did the program make it, and not import it?"""
    if type(value) is types.ModuleType:
        return False
    where = getattr(value, "__module__", None)
    return type(where) is not str or where == "solution" or not (callable(value))


def text(value):
    return value if type(value) is str else "?"
