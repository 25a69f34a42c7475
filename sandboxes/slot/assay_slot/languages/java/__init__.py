"""Java: javac that stays warm, one machine for all cases of a program, plain values between tests and program."""

import os
import re

from ..language import Build, Command, Found
from . import machine
from .machine import CLASSES, LIBRARY
from .source import Unit

MAIN = "Main.java"
# A machine reserves far more addresses than it uses.
ADDRESS_LIMIT = False
# Where a security manager can still be set: Guard notices with it what a case does.
BATCH_VERSIONS = range(12, 24)
_SETTING = re.compile(r"^\s*(java\.home|java\.version) = (\S+)", re.MULTILINE)


def find(look):
    """What stands on PATH may be a version manager's shim; the machine itself says where it lives."""
    java = look.which("java")
    settings = java and look.run([java, "-XshowSettings:properties", "-version"])
    found = dict(_SETTING.findall(settings or ""))
    root = found.get("java.home")
    if root is None or not os.path.exists(os.path.join(root, "bin", "javac")):
        return None
    return Found(found["java.version"], root, java="bin/java", javac="bin/javac")


def prepare(tool):
    machine.prepare(tool)


def server(tool):
    return machine.server(tool)


def build(tool, program):
    """Compiled under the name of its public class, whatever the request called it."""
    main, text = main_file(program)
    sources = {main: text, **other_sources(program)}
    files = {} if main == program.main else {main: text}
    return compiled(tool, sources, "program", files)


def compiled(tool, sources, kind, files=None):
    """Build of {path: text}. kind: sources of different kinds never meet in the compiler's memory."""
    argv = [*machine.compiler(tool), "-cp", os.path.join(tool.folder, LIBRARY), "-d", CLASSES]
    argv += ["./" + path if path[0] in "-@" else path for path in sources]
    return Build(argv, [CLASSES], files=files, request={"files": sources, "out": CLASSES, "kind": kind})


def main_file(program):
    """(name, text) of the main file: the name that its public class wants."""
    text = program.text
    public = Unit(text).public_type()
    folder, name = os.path.split(program.main)
    if public is not None:
        name = public.name + ".java"
    elif not name.endswith(".java"):
        name = MAIN
    return os.path.join(folder, name), text


def other_sources(program):
    """{path: text} of the further source files."""
    from ..language import Program

    found = {}
    for file in program.files[1:]:
        if file["path"].endswith(".java") and os.path.basename(file["path"]) != "module-info.java":
            found[file["path"]] = Program([file], program.limits).text
    return found


def main_class(program):
    """The class whose main is run; where none has one, the one that the machine will complain about."""
    units = [Unit(text) for text in (program.text, *other_sources(program).values())]
    for unit in units:
        found = unit.main_type()
        if found is not None:
            return unit.qualified(found.name)
    return units[0].qualified(units[0].types[0].name) if units[0].types else "Main"


def run(tool, program):
    flags = machine.flags(tool, program.limits)
    return Command([tool.path("java"), *flags, "-cp", _class_path(tool, program), main_class(program)])


def _class_path(tool, program):
    classes = os.path.join(program.built, CLASSES)
    needs_tuples = any("org.javatuples" in text for text in (program.text, *other_sources(program).values()))
    return classes + ":" + os.path.join(tool.folder, LIBRARY) if needs_tuples else classes


def batch(tool, program):
    """All cases in one machine; it vouches only for those that it saw end well, the slot runs the others alone."""
    if int(tool.version.split(".")[0]) not in BATCH_VERSIONS:
        return None
    flags = machine.flags(tool, program.limits)
    argv = [tool.path("java"), *flags, "-Djava.security.manager=allow", "-cp", os.path.join(tool.folder, LIBRARY)]
    return Command([*argv, "assay.Batch", os.path.join(program.built, CLASSES), main_class(program)])


def stopped(exit_code, signal, stdout, stderr):
    """The machine ends itself with this code when an allocation fails; where even it gets no memory, it says so."""
    out_of_heap = exit_code == 3 and "Terminating due to java.lang.OutOfMemoryError" in stderr
    out_of_memory = "insufficient memory for the Java Runtime Environment" in stdout + stderr
    return "memory_limit" if out_of_heap or out_of_memory else None


def tests(tool, program, tests):
    from .testing import plans

    return plans(tool, program, tests)
