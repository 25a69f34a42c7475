"""Test code beside a Python program: the program in one process and user, the tests in another, plain data between them.

The tests see the program's names as if they stood in one file: functions are called across, plain data is copied, and
for the program's objects there are handles. Only when the tests give the program something that cannot cross (a function
or an object of theirs) does the supervisor run both in one process (python_one_process.py), and the result says so.
"""

import builtins
import io
import marshal
import linecache
import os
import re
import sys
import traceback
import types

from . import python_names as names_of
from . import records
from .link import Link
from .python_bridge import Bridge, Gone, Names, NeedsOneProcess, Solution
from .python_program import open_streams, start_program
from .report import Report


def tests_main(message, fds):
    """Role of a spawned process: runs the test code against the program behind the channel, and reports."""
    payload = marshal.loads(records.read_all(fds["payload"], 1 << 40))
    os.close(fds["payload"])
    start_program()
    open_streams()
    report = Report(fds["results"])
    bridge = Bridge(Link(fds["channel"]), report, names_of.expected(payload))
    loaded = bridge.load()
    if loaded is not None:
        report.finish(loaded)
        return 0
    space = Names(bridge, names_of.under_test(payload))
    report.finish(run_tests(payload, space, bridge, report))
    return 0


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
        code = names_of.compiled(payload["code"])
        call = compile(payload["call"], "tests.py call", "exec", dont_inherit=True) if payload.get("call") else None
    except (SyntaxError, ValueError, RecursionError) as wrong:
        return {"failed": ["the test code cannot be compiled: %s" % wrong], "blame": "problem", "status": "ok"}
    try:
        names_of.add_support(payload, space, wanted)
        names_of.add_functions(payload, space, bridge)
        dict.__setitem__(space, names_of.ASSERTED, report.asserted)
        run_text(payload, space, code, call)
        dict.update(module.__dict__, {k: v for k, v in dict.items(space) if not k.startswith("__")})
        if payload["framework"] == "pytest":
            failed = run_pytest(space, bridge, report)
        failed += run_unittest(space, report)
    except BaseException as thrown:
        error = thrown
    report.settle()
    if bridge.needs:
        return {"needs": bridge.needs}
    if bridge.gone:
        return {"failed": failed + [bridge.gone], "blame": "candidate", "status": "runtime_error", "gone": True}
    if error is None and not failed and report.ran == 0:
        return {"failed": ["nothing ran: the tests never used the program"], "blame": "problem", "status": "ok"}
    if error is None:
        return {"failed": failed, "blame": "candidate", "status": "ok"}
    return blamed(error, wanted, bridge, report)


class MainCalled(BaseException):
    """The tests called unittest.main, which ends them; their TestCase classes are run then."""


def run_text(payload, space, code, call):
    """Runs the test code and the statement that starts it."""
    if "unittest" in payload["code"]:
        import unittest

        unittest.main = unittest.TestProgram = main_called
    try:
        exec(code, space)
        if call is not None:
            exec(call, space)
    except MainCalled:
        pass


def main_called(*args, exit=True, **kwargs):
    if exit:
        raise MainCalled


def blamed(error, wanted, bridge, report):
    """Whose fault an exception is that ended the tests."""
    crossed = bridge.from_program(error)
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
    elif report.ran == 0 and report.used == 0:
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


def run_unittest(space, report):
    """The TestCase classes of the tests' text, whichever framework was named: text that defines some means them to run."""
    cases = names_of.test_cases(space)
    if not cases:
        return []
    import unittest

    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(kind) for kind in cases)
    result = unittest.TextTestRunner(stream=io.StringIO(), verbosity=0).run(suite)
    report.held += result.testsRun - len(result.skipped)
    bad = result.failures + result.errors
    failed = ["%s: %s" % (test.id().split(".", 1)[-1], text.strip().splitlines()[-1][:400]) for test, text in bad]
    failed += ["%s: passed although it was expected to fail" % test.id() for test in result.unexpectedSuccesses]
    return failed


def run_pytest(space, bridge, report):
    """Plain test functions and Test classes, which need no pytest. Its fixtures and marks do."""
    failed = []
    tests = list(names_of.pytest_tests(space))
    names_of.call_if_there(dict(dict.items(space)), "setup_module")
    for name, test in tests:
        try:
            test()
            report.asserted()
        except (Gone, NeedsOneProcess, names_of.Unavailable):
            raise
        except BaseException as error:
            # Skipping is for the tests to decide.
            if type(error).__name__ != "SkipTest" or bridge.from_program(error):
                failed.append("%s: %s" % (name, describe(error)))
    return failed
