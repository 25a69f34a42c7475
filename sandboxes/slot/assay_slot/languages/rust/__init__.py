"""Rust: rustc without cargo, so the standard library and nothing else. Debian: rustc.

Programs that read stdin are built as judges do (optimised, integers wrap); programs under test as `cargo test` does where
it shows (overflow and debug assertions panic), because the published tests were written for that.
"""

import os
import re

from ..language import Build, Command, Found, Plan, Side
from ..language import Program as Files
from .source import Source
from .testing import Tests

MAIN = "main.rs"
BINARY = "program"
WIRE = "libassay_wire.rlib"
EDITION = ("--edition", "2021")
# One codegen unit: a third of the CPU time of sixteen. Without symbols: a tenth of the size, in a cache of fixed size.
FLAGS = (*EDITION, "-Awarnings", "-Ccodegen-units=1", "-Cdebuginfo=0", "-Cstrip=symbols")
JUDGED = ("-Copt-level=2",)
TESTED = ("-Copt-level=1", "-Coverflow-checks=on", "-Cdebug-assertions=on")
OURS = ("-Copt-level=0",)
# From here on rustc links with a linker of its own, which is as quick as gold and quicker than the system's.
OWN_LINKER = (1, 90)
_VERSION = re.compile(r"rustc (\d+\.\d+\.\d+)")


def find(look):
    """What stands on PATH may be rustup's shim under a private home; the sysroot has the compiler itself."""
    if look.which("cc") is None or look.which("rustc") is None:
        return None
    root = (look.run(["rustc", "--print", "sysroot"]) or "").strip()
    rustc = os.path.join(root, "bin", "rustc")
    version = _VERSION.match(look.run([rustc, "-V"]) or "")
    libraries = (look.run([rustc, "--print", "target-libdir"]) or "").strip()
    if not root or version is None or not libraries:
        return None
    tools = {"rustc": "bin/rustc", "libraries": os.path.relpath(libraries, root)}
    gold = look.which("ld.gold")
    if gold is not None and tuple(map(int, version.group(1).split("."))) < OWN_LINKER:
        tools["gold"] = gold
    return Found(version.group(1), root, **tools)


def prepare(tool):
    """Compiles what carries values between programs and their tests."""
    source, target = os.path.join(tool.support, "wire.rs"), os.path.join(tool.folder, WIRE)
    argv = [tool.path("rustc"), *EDITION, "--crate-name", "assay_wire", "--crate-type", "rlib", "-Copt-level=3"]
    argv += ["-Ccodegen-units=1", "-Cdebuginfo=0", "--remap-path-prefix", tool.support + "=wire", source, "-o", target]
    if os.spawnv(os.P_WAIT, argv[0], argv) != 0:
        raise OSError("the wire of Rust's tests could not be compiled")


def build(tool, program):
    text = Source(program.text).without_absent_crates()
    files = {} if text == program.text else {program.main: text}
    linker = ("-Clink-arg=-fuse-ld=gold",) if tool.has("gold") else ()
    return Build(_rustc(tool, program.main, *JUDGED, *linker), [BINARY], files=files)


def _rustc(tool, main, *flags):
    return [tool.path("rustc"), *FLAGS, *flags, main, "-o", BINARY]


def run(tool, program):
    return Command([os.path.join(program.built, BINARY)])


def stopped(exit_code, signal, stdout, stderr):
    lines = stderr.rstrip().splitlines()[-8:]
    return "memory_limit" if any(line.startswith("memory allocation of ") for line in lines) else None


def tests(tool, program, tests):
    told = Tests(program.text, tests)
    if told.lacks_crate():
        return []
    rest = program.files[1:]
    plans = []
    if told.can_cross():
        asking, _ = told.tests_program()
        served = Files([{"path": MAIN, "text": told.served_program()}, *rest], program.limits)
        plans.append(
            Plan(
                _side(tool, Files([{"path": MAIN, "text": asking}], program.limits), OURS),
                _side(tool, served, TESTED),
            )
        )
    # The program, the tests beside it: they are there while it is compiled, and gone when it runs.
    whole, beside = told.shared()
    shared = Files([{"path": MAIN, "text": whole}, *rest], program.limits)
    return plans + [Plan(_side(tool, shared, TESTED, beside))]


def _side(tool, program, flags, beside=None):
    """Run once or twice, so what linking costs counts: the standard library stays a library of its own."""
    wire = "assay_wire=" + os.path.join(tool.folder, WIRE)
    argv = _rustc(tool, program.main, *flags, "-Cprefer-dynamic", "--extern", wire)
    return Side(program, Build(argv, [BINARY], files=beside), _run_linked)


def _run_linked(tool, program):
    return Command([os.path.join(program.built, BINARY)], {"LD_LIBRARY_PATH": tool.path("libraries")})
