"""Program and tests in one process, for tests that give the program what cannot cross between two.

An early exit and an object that equals everything still fail. A program that searches the interpreter's memory for the
tests, or replaces their functions, is not held back; the result says `shared`.
"""

import functools
import marshal
import os
import socket
import types

from . import python_names as names_of
from . import records
from .python_bridge import Names
from .python_program import Program, start_program
from .python_served import Served
from .python_tests import run_tests
from .report import IN_TESTS, Report


def shared_main(message, fds):
    """Role of a spawned process: the program first; the tests are sent for when it has been loaded."""
    payload = marshal.loads(records.read_all(fds["payload"], 1 << 40))
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
    bridge = OneProcess(report, served.names, loaded["own"])
    report.state(IN_TESTS)
    report.finish(run_tests(tests, Names(bridge, names_of.under_test(tests)), bridge, report))
    return 0


def receive_tests(channel):
    _, fds, _, _ = socket.recv_fds(channel, 1, 1)
    tests = marshal.loads(records.read_all(fds[0], 1 << 40))
    os.close(fds[0])
    channel.close()
    return tests


class Unlike:
    """Equals nothing but itself; whatever says that it equals this, equals everything."""


class OneProcess:
    """What Bridge is, without the distance: the program's own objects, functions wrapped."""

    needs = gone = None

    def __init__(self, report, names, own):
        self.report, self.held, self.own = report, names, tuple(own)
        self.thrown = []
        self.names = tuple(name for name in names if not name.startswith("__"))
        self.wrapped = {}

    def lookup(self, name):
        value = self.held[name]
        if not isinstance(value, types.FunctionType):
            self.report.used += 1
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
                raise self._crossed(error)
            if equals_everything(result):
                raise AssertionError("'%s' returned an object that equals everything" % function.__name__)
            return result

        return counted

    def _crossed(self, error):
        """Nothing that the program raises may steer the tests' runner: no exit, no skip."""
        kinds = [kind for kind in type.__getattribute__(type(error), "__mro__") if type(kind) is type]
        steers = Exception not in kinds or any((k.__module__, k.__name__) == ("unittest.case", "SkipTest") for k in kinds)
        if steers:
            error = RuntimeError("the program raised %s" % type(error).__name__)
        self.thrown.append(error)
        return error

    def from_program(self, error):
        return any(error is one for one in self.thrown)


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
