"""How tests in Java are run: programs for both sides of the channel, or one for both.

The tests see stand-ins for the program's classes (starter.py). What the starter defines completely the program gets too,
where it has none itself.
"""

import os

from .. import java
from ..language import Command, Plan, Program, Side
from . import machine
from .source import Method, Unit, depth_of, joined
from .starter import CannotStandIn, Starter, method_text

STARTER = "AssayStarter.java"
TOKEN = "assay-token"


def plans(tool, program, tests):
    told = Told(program, tests)
    if not told.runnable:
        return []
    found = []
    try:
        found.append(told.separate(tool))
    except CannotStandIn:
        pass
    return [*found, told.shared(tool)]


class Told:
    """Program, tests and starter of one request, as units."""

    def __init__(self, program, tests):
        self.program, self.token = program, tests["token"]
        self.limits = program.limits
        self.code, self.call = tests["code"], tests.get("call")
        self.starter = Starter(tests.get("support") or "", tests.get("entryPoint"))
        self.candidate = Unit(program.text)
        # Tests that go on where the program's text stops: they begin by closing its method.
        self.spliced = self.code.lstrip().startswith("}")
        self.unit = None if self.spliced else Unit(self.code)
        if not self.starter.remote:
            others = [Unit(text) for text in java.other_sources(program).values()]
            self.starter.borrow([*others, self.candidate], self.unit)

    @property
    def runnable(self):
        """Is there a main, or what a main can be made of?"""
        return self.spliced or bool(self.unit.other) or self.unit.main_type() is not None or bool(self.call)

    # Both programs of tests beside the program.

    def separate(self, tool):
        starter = self.starter
        if not starter.remote:
            raise CannotStandIn("no signature")
        sources, main = self._asking()
        known = (starter.unit.package, ",".join(starter.data_names()), ",".join(starter.remote_names()))
        asking = self._side(tool, sources, "tests", ["assay.RunTests", main, *known], Program([], self.limits))
        texts = (self.program.text, *java.other_sources(self.program).values())
        packages = dict.fromkeys(Unit(text).package for text in texts)
        known = (",".join(packages), *known[1:])
        served = self._side(tool, self._served(), "program", ["assay.Serve", *known], self.program)
        return Plan(asking, served)

    def _asking(self):
        """({path: text}, main class) of the tests' program."""
        starter = self.starter
        if self.spliced:
            name = starter.remote[-1].name
            rest = self.code.lstrip()[1:]
            return {name + ".java": starter.stand_ins(leave_open=True) + rest}, starter.unit.qualified(name)
        path, text, main = self._tests_file()
        return {path: text, STARTER: starter.stand_ins()}, main

    def _tests_file(self):
        """(path, text, main class) of the tests as a file of their own."""
        unit = self.unit
        if unit.other or unit.main_type() is None:
            return self._wrapped()
        main = unit.main_type()
        public = unit.public_type() or main
        text = self.starter.with_imports(unit)
        return public.name + ".java", text, unit.qualified(main.name)

    def _wrapped(self):
        """Statements or methods without a class get one."""
        unit = self.unit
        taken = {one.name for one in (*self.starter.unit.types, *unit.types)}
        name = "Main" if "Main" not in taken else "AssayMain"
        head = "".join("import %s;" % one for one in (*self.starter.unit.imports, *unit.imports))
        head = ("package %s;" % unit.package if unit.package else "") + head + "public class %s { " % name
        start = "public static void main(String[] arguments) throws Throwable { "
        methods = [one for one in unit.other if isinstance(one, Method)]
        if not methods and not unit.types and not self.call:
            # Kept as it is: places in it stay right.
            lines = "\n" * self.code.count("\n", 0, unit.declarations_start)
            body = start + lines + self.code[unit.declarations_start :] + "\n}"
        else:
            members = [("" if one.is_static else "static ") + method_text(one) for one in methods]
            members += ["static " + joined(one.source) for one in unit.types]
            statements = [joined(one) for one in unit.other if not isinstance(one, Method)]
            body = "\n".join([*members, start, *statements, (self.call or "") + ";", "}"])
        return name + ".java", head + body + "\n}\n", unit.qualified(name)

    def _served(self):
        """{path: text} of the program, with what the starter gives it."""
        main, text = self._program_text()
        sources = {main: text, **java.other_sources(self.program)}
        return self._with_starter_types(sources)

    def _program_text(self):
        """(name, text) of the main file: what was left open is closed, methods without a class get the starter's."""
        main, text = java.main_file(self.program)
        missing = depth_of(text) if self.spliced else 0
        if missing > 0:
            return main, text + "}" * missing
        unit = self.candidate
        if not unit.types and unit.other and self.starter.remote:
            head = joined(self.starter.remote[0].header)
            text = text[: unit.declarations_start] + head + " { " + text[unit.declarations_start :] + "\n}\n"
            unit = Unit(text)
            public = unit.public_type()
            main = public.name + ".java" if public else main
        if not unit.imports:
            text = self.starter.with_imports(unit)
        return main, text

    def _with_starter_types(self, sources):
        declared = {one.name for text in sources.values() for one in Unit(text).types}
        declared |= {inner.name for one in self.candidate.types for inner in one.types()}
        missing = self.starter.data_text(declared, self.candidate.package)
        return {**sources, STARTER: missing} if missing else sources

    # One program for both.

    def shared(self, tool):
        main, text = self._program_text()
        others = java.other_sources(self.program)
        if self.spliced:
            text, name = self._grafted(java.main_file(self.program)[1])
            unit = Unit(text)
            able = unit.main_type()
            main = ((unit.public_type() or able).name if able else name) + ".java"
            sources, start = {main: text, **others}, unit.qualified(able.name if able else name)
        else:
            path, tests, start = self._tests_file()
            text = _without(text, {one.name for one in Unit(tests).types})
            sources = {_free_name(text, main, path): text, **others, path: tests}
        names = [Unit(one).qualified(kind.name) for one in (text, *others.values()) for kind in Unit(one).types]
        sources = self._with_starter_types(sources)
        arguments = ["assay.RunTests", start, TOKEN, "%s:" + ",".join(names)]
        return Plan(self._side(tool, sources, "tests", arguments, self.program, {TOKEN: self.token}))

    def _grafted(self, text):
        """(text, class) of the program and the tests that go on in its last class."""
        open_braces = depth_of(text)
        if self.candidate.imports == []:
            text = self.starter.with_imports(self.candidate)
        name = self.candidate.types[-1].name if self.candidate.types else "Main"
        rest = self.code.lstrip()
        if open_braces >= 2:
            return text + "\n" + rest, name
        if open_braces <= 0:
            text = text.rstrip()[:-1]
        return text + "\n" + rest[1:], name

    def _side(self, tool, sources, kind, arguments, program, files=None):
        given = {file["path"]: file.get("text") for file in program.files}
        more = {path: text for path, text in sources.items() if given.get(path) != text}
        build = java.compiled(tool, sources, kind, more)
        library = os.path.join(tool.folder, machine.LIBRARY)

        def run(tool, program):
            classes = os.path.join(program.built, machine.CLASSES)
            shared = arguments[-1].startswith("%s:")
            paths = library if shared else library + ":" + classes
            argv = [tool.path("java"), *machine.flags(tool, program.limits), "-ea", "-cp", paths]
            said = [classes + one[2:] if one.startswith("%s:") else one for one in arguments]
            return Command([*argv, *said], files=files)

        return Side(program, build, run)


def _free_name(text, name, taken):
    """A file's name that is not taken by the tests'."""
    if name != taken:
        return name
    types = [one.name + ".java" for one in Unit(text).types if one.name + ".java" != taken]
    return types[0] if types else "AssayProgram.java"


def _without(text, names):
    """A program's text without the types that the tests declare too (a main of its own to try things with)."""
    for kind in Unit(text).types:
        if kind.name in names:
            start, end = kind.source[0].start, kind.source[-1].end
            text = text[:start] + "\n" * text.count("\n", start, end) + text[end:]
            return _without(text, names)
    return text
