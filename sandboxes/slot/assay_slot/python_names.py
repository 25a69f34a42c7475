"""What can be told from the text of Python tests before they run: names, helpers, and what needs one process."""

import ast
import builtins
import inspect
import re

# Tests that reach into the program's interpreter: its stdin, its builtins, its source.
_ONE_PROCESS = re.compile(r"\bsys\.stdin\b|\bbuiltins\.input\b|\bmock\b|\bmonkeypatch\b|\binspect\.getsource\b")


class Unavailable(Exception):
    """Something of a test framework that the slot lacks."""


def parsed(code):
    try:
        return ast.parse(code)
    except (SyntaxError, ValueError, RecursionError):
        return None


def parsed_support(code):
    """A starter may end in a signature without a body."""
    tree = parsed(code)
    return tree if tree is not None else parsed(code.rstrip() + "\n    pass\n")


def under_test(payload):
    """Names that only the program may supply: what the starting call is given, and unfinished functions and classes."""
    wanted = set()
    call = parsed(payload.get("call") or "")
    if call is not None:
        wanted |= {node.id for node in ast.walk(call) if isinstance(node, ast.Name)}
        tests = parsed(payload["code"])
        wanted -= defined(tests) if tests is not None else set()
        wanted -= {name for name in wanted if hasattr(builtins, name) and "check(%s" % name not in payload["call"]}
    support = parsed_support(payload.get("support") or "")
    for node in support.body if support is not None else ():
        if isinstance(node, DEFINITIONS) and not finished(node):
            wanted.add(node.name)
    return wanted


def defined(tree):
    """Top-level names of a module's text."""
    found = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        else:
            found |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return found


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def finished(node):
    """Has the function or class a body beyond its docstring, `pass`, `...`, `raise NotImplementedError` and bodies like that?"""
    for statement in node.body:
        if isinstance(statement, DEFINITIONS) and not finished(statement):
            continue
        if isinstance(statement, ast.Pass):
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        if isinstance(statement, ast.Raise) and "NotImplementedError" in ast.dump(statement):
            continue
        return True
    return False


def add_support(payload, space, wanted):
    """Runs the support's complete definitions in the tests' namespace; what does not run there is left to the program."""
    tree = parsed_support(payload.get("support") or "")
    for node in tree.body if tree is not None else ():
        is_definition = isinstance(node, DEFINITIONS)
        if is_definition and (node.name in wanted or not finished(node)):
            continue
        if not (is_definition or isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign))):
            continue
        try:
            exec(compile(ast.Module([node], []), "support.py", "exec", dont_inherit=True), space)
        except Exception:
            continue


def add_functions(payload, space, bridge):
    """Functions of the program that the tests name, put in place: a class body does not ask a namespace for what it lacks."""
    tree = parsed(payload["code"])
    known = set(bridge.names)
    for node in ast.walk(tree) if tree is not None else ():
        if not (isinstance(node, ast.ClassDef) and not dict.__contains__(space, node.name)):
            continue
        for name in {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in known}:
            if dict.__contains__(space, name) or hasattr(builtins, name):
                continue
            found = bridge.lookup(name)
            if callable(found):
                dict.__setitem__(space, name, found)


def one_process_reason(code):
    match = _ONE_PROCESS.search(code)
    return "the tests use %s" % match.group(0) if match else None


def pytest_tests(space):
    """(name, function without arguments) of test functions and of methods of Test classes."""
    for name, value in list(dict.items(space)):
        if name.startswith("test") and inspect.isfunction(value):
            yield name, _without_arguments(name, value)
        elif name.startswith("Test") and isinstance(value, type):
            for method in [m for m in dir(value) if m.startswith("test")]:
                yield "%s.%s" % (name, method), _of_class(value, method)


def _without_arguments(name, function):
    if inspect.signature(function).parameters:
        raise Unavailable("'%s' takes pytest fixtures" % name)
    return function


def _of_class(kind, method):
    def run():
        instance = kind()
        getattr(instance, "setup_method", lambda *_: None)(*([None] if _wants_argument(instance) else []))
        _without_arguments(method, getattr(instance, method))()

    return run


def _wants_argument(instance):
    setup = getattr(instance, "setup_method", None)
    return setup is not None and bool(inspect.signature(setup).parameters)
