"""Go: the compiler and the linker themselves, with the standard library compiled beforehand, in place of `go build`.

Tests are put together by a driver of our own in Go (support/go/driver): it reads Go better than any text search could.
"""

import os
import re

from ..language import Build, Command, Found, Plan, Program, Side
from .packages import DRIVER, LIBRARIES, prepare

MAIN = "main.go"
BINARY = "program"
# The runtime maps far more address space than it uses.
ADDRESS_LIMIT = False

# Short programs: collecting garbage costs more than it gives. Few threads, however many processors there are.
COMPILING = {"GOGC": "off", "GOMEMLIMIT": "1GiB", "GOMAXPROCS": "2", "HOME": "", "XDG_CONFIG_HOME": ""}
# $0 compiler, $1 linker, $2 libraries, then the files. Paths in messages are relative to the program's folder.
COMPILE = """c=$0 l=$1 s=$2; shift 2
"$c" -p main -complete -dwarf=false -c=1 -I "$s" -trimpath "$PWD=>." -o .main.a "$@" >&2 &&
exec "$l" -s -w -L "$s" -o program .main.a"""
TESTS, STARTER = "assay-tests.txt", "assay-starter.txt"
IMPORT = re.compile(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./-]+)"\s*;?\s*(?://.*)?$', re.MULTILINE)


def find(look):
    go = look.which("go")
    told = None if go is None else look.run([go, "env", "GOROOT", "GOTOOLDIR", "GOVERSION"])
    if told is None:
        return None
    root, tools, version = (told.split("\n") + ["", "", ""])[:3]
    root = os.path.realpath(root)
    tools = os.path.realpath(tools)
    paths = {name: os.path.join(tools, name) for name in ("compile", "link")}
    paths["go"] = os.path.join(root, "bin/go")
    if not all(os.path.exists(path) for path in paths.values()):
        return None
    return Found(version[2:].split(" ")[0], root, **{name: os.path.relpath(path, root) for name, path in paths.items()})


def build(tool, program):
    names = sorted(file["path"] for file in program.files if _is_source(file["path"]))
    argv = ["/bin/sh", "-c", COMPILE, tool.path("compile"), tool.path("link"), _libraries(tool, "std"), *names]
    return Build(argv, [BINARY], env=COMPILING)


def run(tool, program):
    return Command([os.path.join(program.built, BINARY)], env=_settings(program.limits))


def tests(tool, program, tests):
    texts = {TESTS: tests["code"], STARTER: tests.get("support") or ""}
    sources = [file["path"] for file in program.files if _is_source(file["path"])]
    pardoned = ",".join(sorted(set(IMPORT.findall(tests["code"]))))

    def compiled(mode, files, statement="", token="", sources=()):
        argv = [os.path.join(tool.folder, DRIVER), mode, tool.path("compile"), tool.path("link")]
        argv += [os.path.join(tool.folder, LIBRARIES), BINARY, tests.get("entryPoint") or ""]
        argv += [statement, token, pardoned if sources else "", *sources]
        return Build(argv, [BINARY], COMPILING, files)

    _libraries(tool, "own")
    call = tests.get("call") or ""
    nothing = Program([], program.limits)
    asking = Side(nothing, compiled("tests", texts, call), run)
    asked = Side(program, compiled("candidate", {STARTER: texts[STARTER]}, sources=sources), run)
    together = Side(program, compiled("shared", texts, call, tests["token"], sources), run)
    return [Plan(asking, asked), Plan(together)]


def stopped(exit_code, signal, stdout, stderr):
    if "fatal error: runtime: out of memory" in stderr or "fatal error: runtime: cannot allocate memory" in stderr:
        return "memory_limit"
    if "SIGXFSZ: file size limit exceeded" in stderr:
        return "output_limit"
    return None


def _is_source(path):
    return path.endswith(".go") and not path.endswith("_test.go")


def _libraries(tool, name):
    path = tool.prepared(LIBRARIES, name)
    if path is None:
        raise RuntimeError("the standard library of Go has not been compiled for this slot")
    return path


def _settings(limits):
    # One processor: what a program costs does not depend on how many there are. The collector starts late, and works
    # harder where memory gets short.
    memory = str(limits["memoryBytes"] * 3 // 4)
    return {"GOMAXPROCS": "1", "GOGC": "400", "GOMEMLIMIT": memory, "GOTRACEBACK": "single"}
