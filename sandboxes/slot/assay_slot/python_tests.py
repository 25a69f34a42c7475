"""Test code beside a Python program: the program in one process and user, the tests in another, plain data between them.

The tests see the program's names as if they stood in one file: functions are called across, plain data is copied.
What cannot cross (objects of the program's own classes, functions as arguments) makes the supervisor run both in one
process. There the program could reach the tests: an early exit and an object that equals everything still fail, but a
program that searches the interpreter's memory or replaces functions of the tests is not held back, and the result says so.
"""

import builtins
import functools
import importlib
import io
import json
import linecache
import os
import re
import socket
import struct
import sys
import traceback
import types

from . import python_names as names_of
from . import records, values
from .python_program import Program, arm, flush, open_streams, raised, run_guarded, start_program

MAX_MESSAGE = 256 << 20
_LENGTH = struct.Struct("<I")
_STATE = struct.Struct("<QB")
STARTING, IN_PROGRAM, IN_TESTS, DONE = 0, 1, 2, 3
# Library modules that both sides have and whose names mean the same in both; only plain, pure ones.
SHARED_MODULES = frozenset(
    "math cmath collections itertools functools re string heapq bisect typing operator copy datetime decimal fractions "
    "random statistics json time calendar textwrap enum dataclasses abc numbers".split()
)
# Iterators whose items are handed over one by one.
ITERATORS = (types.GeneratorType, map, filter, zip, enumerate, reversed, type(iter([])), type(iter(())), type(iter({})), type(iter(range(1))), type(reversed([])))


class Gone(BaseException):
    """The program's process ended, or answers nonsense."""


class NeedsOneProcess(BaseException):
    """Something that cannot cross was asked for."""


# ---- the program's side -------------------------------------------------------------------------------------------


def candidate_main(message, fds):
    """Role of a spawned process: loads the program and answers what the tests ask, until they hang up."""
    payload = json.loads(records.read_all(fds["payload"], 1 << 40))
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


class Link:
    """JSON messages with a length before each, over a socket. What arrives is not trusted."""

    def __init__(self, descriptor):
        self.socket = socket.socket(fileno=descriptor)

    def send(self, message):
        data = json.dumps(message, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self.socket.sendall(_LENGTH.pack(len(data)) + data)

    def receive(self):
        """The next message; None when the other side hung up."""
        head = self._exactly(4)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > MAX_MESSAGE:
            return None
        data = self._exactly(length)
        return None if data is None else json.loads(data)

    def _exactly(self, count):
        pieces = []
        while count:
            piece = self.socket.recv(min(count, 1 << 20))
            if not piece:
                return None
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)


# ---- the tests' side ----------------------------------------------------------------------------------------------


def tests_main(message, fds):
    """Role of a spawned process: runs the test code against the program behind the channel, and reports."""
    payload = json.loads(records.read_all(fds["payload"], 1 << 40))
    os.close(fds["payload"])
    start_program()
    open_streams()
    report = Report(fds["results"])
    bridge = Bridge(Link(fds["channel"]), report)
    loaded = bridge.load()
    if loaded is not None:
        report.finish(loaded)
        return 0
    space = Names(bridge, names_of.under_test(payload))
    report.finish(run_tests(payload, space, bridge, report))
    return 0


class Report:
    """How far the tests are, at a fixed place so that a killed process has told it, and then the outcome."""

    def __init__(self, descriptor, nonce=""):
        self.descriptor, self.nonce, self.ran = descriptor, nonce, 0
        self.state(STARTING)

    def state(self, state):
        os.pwrite(self.descriptor, _STATE.pack(self.ran, state), 0)

    def finish(self, outcome):
        text = json.dumps(dict(outcome, ran=self.ran, nonce=self.nonce)).encode("utf-8", "surrogatepass")
        os.pwrite(self.descriptor, _LENGTH.pack(len(text)) + text, _STATE.size)
        self.state(DONE)


def read_report(data):
    """(calls made, state, outcome or None) of a report's bytes."""
    if len(data) < _STATE.size:
        return 0, STARTING, None
    ran, state = _STATE.unpack_from(data)
    if state != DONE:
        return ran, state, None
    try:
        (length,) = _LENGTH.unpack_from(data, _STATE.size)
        outcome = json.loads(data[_STATE.size + 4 : _STATE.size + 4 + length])
        return ran, state, outcome if type(outcome) is dict else None
    except (ValueError, struct.error, RecursionError):
        return ran, state, None


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


# ---- both in one process ------------------------------------------------------------------------------------------


def shared_main(message, fds):
    """Role of a spawned process: the program first; the tests are sent for when it has been loaded."""
    payload = json.loads(records.read_all(fds["payload"], 1 << 40))
    os.close(fds["payload"])
    start_program()
    results = fds["results"]
    served = Served(Program(payload), fds, payload["limits"])
    loaded = served.load()
    channel = socket.socket(fileno=fds["channel"])
    channel.send(b"L" if loaded["loaded"] else b"F")
    tests = receive_tests(channel)
    report = Report(results, tests["nonce"])
    if not loaded["loaded"]:
        report.finish({"failed": ["the program could not be loaded: %s" % loaded["error"]], "blame": "candidate", "status": loaded["status"]})
        return 0
    bridge = OneProcess(report, served.names)
    report.state(IN_TESTS)
    report.finish(run_tests(tests, Names(bridge, names_of.under_test(tests)), bridge, report))
    return 0


def receive_tests(channel):
    _, fds, _, _ = socket.recv_fds(channel, 1, 1)
    tests = json.loads(records.read_all(fds[0], 1 << 40))
    os.close(fds[0])
    channel.close()
    return tests


class Unlike:
    """Equals nothing but itself; whatever says that it equals this, equals everything."""


class OneProcess:
    """What Bridge is, without the distance: the program's own objects, functions wrapped."""

    needs = gone = None

    def __init__(self, report, names):
        self.report, self.held = report, names
        self.names = tuple(name for name in names if not name.startswith("__"))
        self.wrapped = {}

    def lookup(self, name):
        value = self.held[name]
        if not isinstance(value, types.FunctionType):
            self.report.ran += 1
            return value
        if name not in self.wrapped:
            self.wrapped[name] = self._counted(value)
        return self.wrapped[name]

    def _counted(self, function):
        @functools.wraps(function)
        def counted(*args, **kwargs):
            self.report.ran += 1
            try:
                result = function(*args, **kwargs)
            except BaseException as error:
                error.from_program = True
                raise
            if equals_everything(result):
                raise AssertionError("'%s' returned an object that equals everything" % function.__name__)
            return result

        return counted


def equals_everything(value, depth=0):
    kind = type(value)
    if kind in (list, tuple, set, frozenset) and depth < 3:
        return any(equals_everything(item, depth + 1) for item in list(value)[:1000])
    if kind is dict and depth < 3:
        return any(equals_everything(item, depth + 1) for item in list(value.values())[:1000])
    if kind.__module__ == "builtins":
        return False
    try:
        return bool(value == Unlike()) or not (value != Unlike())
    except BaseException:
        return False


# ---- running the tests --------------------------------------------------------------------------------------------


def run_tests(payload, space, bridge, report):
    """The outcome of the test code in its namespace: {failed, blame, status, needs?}."""
    reason = names_of.one_process_reason(payload["code"])
    if reason and isinstance(bridge, Bridge):
        return {"needs": reason}
    module = types.ModuleType("tests")
    if payload["framework"] == "plain":
        module.__name__ = "__main__"
    dict.update(space, __name__=module.__name__, __builtins__=builtins, __file__="tests.py", __doc__=None)
    sys.modules[module.__name__] = module
    sys.modules["solution"] = Solution(space)
    linecache.cache["tests.py"] = (len(payload["code"]), None, payload["code"].splitlines(True), "tests.py")
    wanted = names_of.under_test(payload)
    failed, error = [], None
    try:
        code = compile(payload["code"], "tests.py", "exec", dont_inherit=True)
        call = compile(payload["call"], "tests.py call", "exec", dont_inherit=True) if payload.get("call") else None
    except (SyntaxError, ValueError, RecursionError) as wrong:
        return {"failed": ["the test code cannot be compiled: %s" % wrong], "blame": "problem", "status": "ok"}
    try:
        names_of.add_support(payload, space, wanted)
        names_of.add_functions(payload, space, bridge)
        exec(code, space)
        if call is not None:
            exec(call, space)
        dict.update(module.__dict__, {k: v for k, v in dict.items(space) if not k.startswith("__")})
        if payload["framework"] == "unittest":
            failed = run_unittest(space)
        elif payload["framework"] == "pytest":
            failed = run_pytest(space)
    except BaseException as thrown:
        error = thrown
    if bridge.needs:
        return {"needs": bridge.needs}
    if bridge.gone:
        return {"failed": failed + [bridge.gone], "blame": "candidate", "status": "runtime_error", "gone": True}
    if error is None and not failed and report.ran == 0:
        return {"failed": ["nothing ran: the tests never used the program"], "blame": "problem", "status": "ok"}
    if error is None:
        return {"failed": failed, "blame": "candidate", "status": "ok"}
    return blamed(error, wanted, report)


def blamed(error, wanted, report):
    """Whose fault an exception is that ended the tests."""
    crossed = getattr(error, "from_program", False)
    told = describe(error)
    if isinstance(error, SystemExit) and not crossed:
        # The tests ended by themselves, as unittest.main does.
        ok = error.code in (0, None, False)
        if ok and report.ran > 0:
            return {"failed": [], "blame": "candidate", "status": "ok"}
        if ok:
            return {"failed": ["nothing ran: the tests never used the program"], "blame": "problem", "status": "ok"}
    blame, status = "candidate", "ok"
    if crossed:
        status = "memory_limit" if isinstance(error, MemoryError) else "runtime_error"
        status = "ok" if isinstance(error, AssertionError) else status
    elif raised_here(error):
        blame, status = "infrastructure", "sandbox_error"
    elif isinstance(error, names_of.Unavailable) or (isinstance(error, ModuleNotFoundError) and error.name != "solution"):
        blame = "infrastructure"
        told = "%s: the slot does not have it" % told
    elif isinstance(error, ImportError) and error.name == "solution":
        pass
    elif isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        missing = re.findall(r"name '([^']*)'", str(error))
        mine = not wanted or bool(missing and missing[0] in wanted)
        blame = "candidate" if mine else "problem"
        told = "the program does not define '%s'" % missing[0] if mine and missing else told
    elif report.ran == 0:
        blame = "problem"
        told = "the tests fail without the program: %s" % told
    return {"failed": [told], "blame": blame, "status": status}


def raised_here(error):
    """Is it a defect of this package, and not something that tests or program did?"""
    if isinstance(error, (AssertionError, RecursionError, MemoryError)):
        return False
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return len(frames) > 1 and os.path.dirname(frames[-1].f_code.co_filename) == os.path.dirname(__file__)


def describe(error):
    """One line: where in the tests, and what."""
    place = ""
    for frame, number in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == "tests.py":
            place = "line %d: %s: " % (number, linecache.getline("tests.py", number).strip())
    try:
        text = "".join(traceback.format_exception_only(type(error), error)).strip()
    except BaseException:
        text = type(error).__name__
    return (place + text)[:500]


def run_unittest(space):
    import unittest

    suite = unittest.TestSuite()
    for value in list(dict.values(space)):
        if isinstance(value, type) and issubclass(value, unittest.TestCase) and value.__module__ != "unittest.case":
            suite.addTests(unittest.defaultTestLoader.loadTestsFromTestCase(value))
    result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)
    bad = result.failures + result.errors
    failed = ["%s: %s" % (test.id().split(".", 1)[-1], text.strip().splitlines()[-1][:400]) for test, text in bad]
    failed += ["%s: passed although it was expected to fail" % test.id() for test in result.unexpectedSuccesses]
    return failed


def run_pytest(space):
    """Plain test functions and Test classes, which need no pytest. Its fixtures and marks do."""
    failed = []
    for name, test in names_of.pytest_tests(space):
        try:
            test()
        except (Gone, NeedsOneProcess):
            raise
        except BaseException as error:
            failed.append("%s: %s" % (name, describe(error)))
    return failed
