"""The program's side of tests that run beside it: loads the program and answers what the tests ask.

Everything here can be reached by the program, so its answers are only ever data to the other side.
"""

import builtins
import marshal
import os
import types

from . import records, values
from .cpu_timer import arm
from .link import Link
from .python_program import Program, flush, open_streams, raised, run_guarded, start_program

# Iterators whose items are handed over one by one.
ITERATORS = (types.GeneratorType, map, filter, zip, enumerate, reversed, type(iter([])), type(iter(())), type(iter({})), type(iter(range(1))), type(reversed([])))


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


class Served:
    def __init__(self, program, fds, limits):
        self.program, self.fds, self.limits = program, fds, limits
        self.streams = open_streams()
        self.names = {}
        self.held = {}
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
        return {"loaded": True, "names": [name for name in self.names if name not in self.first]}

    def answer(self, question):
        try:
            if "get" in question:
                reply = self._describe(question["get"])
            elif "next" in question:
                reply = self._next(question["next"])
            else:
                reply = self._call(question)
        except MemoryError:
            reply = {"raised": {"type": "MemoryError", "text": ""}}
        flush(self.streams)
        printed = records.read_all(self.fds["stdout"], self.seen + self.limits["outputBytes"])[self.seen :]
        if printed:
            self.seen += len(printed)
            reply["printed"] = printed.decode("utf-8", "replace")
        return reply

    def _describe(self, name):
        if name not in self.names:
            return {"kind": "missing"}
        value = self.names[name]
        if isinstance(value, types.ModuleType):
            return {"kind": "module", "module": value.__name__}
        if isinstance(value, type):
            return {"kind": "class", "module": getattr(value, "__module__", None), "name": value.__qualname__}
        if callable(value):
            return {"kind": "function", "doc": value.__doc__ if type(getattr(value, "__doc__", None)) is str else None}
        try:
            return {"kind": "value", "value": values.encode(value)}
        except values.CannotCross as error:
            return {"kind": "opaque", "what": str(error)}

    def _call(self, question):
        args = [values.decode(item) for item in question["args"]]
        kwargs = {name: values.decode(item) for name, item in question["kwargs"].items()}
        try:
            result = self.names[question["call"]](*args, **kwargs)
        except BaseException as error:
            reply = self._raised(error)
        else:
            reply = self._result(result, args)
        changed = {}
        for index, (before, now) in enumerate(zip(question["args"], args)):
            if type(now) in (list, dict, set, bytearray):
                try:
                    form = values.encode(now)
                except values.CannotCross as error:
                    return {"opaque": "an argument that was given %s" % error}
                if form != before:
                    changed[str(index)] = form
        return dict(reply, changed=changed) if changed else reply

    def _result(self, result, args):
        for index, arg in enumerate(args):
            if result is arg and type(arg) in (list, dict, set):
                return {"same": index}
        if type(result) is range:
            return {"range": [result.start, result.stop, result.step]}
        if type(result) in ITERATORS:
            handle = len(self.held)
            self.held[handle] = result
            return {"iterator": handle}
        try:
            return {"result": values.encode(result)}
        except values.CannotCross as error:
            return {"opaque": str(error)}

    def _next(self, handle):
        try:
            return self._result(next(self.held[handle]), [])
        except StopIteration:
            return {"end": True}
        except BaseException as error:
            return self._raised(error)

    def _raised(self, error):
        raised(error)  # the traceback, to the program's stderr
        kind = next((k for k in type(error).__mro__ if getattr(builtins, k.__name__, None) is k), Exception)
        try:
            args = [values.encode(arg) for arg in error.args]
        except (values.CannotCross, AttributeError, TypeError):
            args = [str(error)[:2000]]
        return {"raised": {"type": kind.__name__, "args": args, "text": str(error)[:2000]}}
