"""What C and C++ have in common: GCC, the linker, and a harness that runs many cases of one program in forks of it."""

import os
import re
import subprocess

from ..language import Build, Command, Found

# Of our own object file: see support/c/batch.c.
BATCH = "ASSAY_BATCH"
OUT = "program"
NEEDED = 10
# Debian's names beside the plain one: behind the plain one may be a compiler cache or a version manager's shim.
_TRIPLET = ("x86_64-linux-gnu-", "aarch64-linux-gnu-", "")


def find(look, name):
    """The compiler called gcc or g++, the gold linker where there is one, and for C the C++ compiler beside it."""
    path, version = _real(look, name)
    if path is None:
        return None
    root = "/usr" if path.startswith("/usr/") else os.path.dirname(os.path.dirname(path))
    tools = {"compiler": path}
    gold = look.which("ld.gold")
    if gold is not None and gold.startswith(root + "/"):
        tools["gold"] = gold
    return Found(version, root, **{key: os.path.relpath(path, root) for key, path in tools.items()})


def _real(look, name):
    candidates = [name] + [prefix + name for prefix in _TRIPLET] + ["%s-%d" % (name, version) for version in range(16, 9, -1)]
    for candidate in candidates:
        path = look.which(candidate)
        if path is None or not re.search(r"(?:gcc|g\+\+)(?:-[\d.]+)?$", path):
            continue
        told = (look.run([path, "-dumpfullversion"]) or "").strip()
        if re.match(r"\d+\.", told) and int(told.split(".")[0]) >= NEEDED:
            return path, told
    return None, None


def prepare(tool, language):
    """Compiles the harness for batches; without it every case is a process of its own from the start."""
    source = os.path.join(os.path.dirname(tool.support), "c", "batch.c")
    compile_one(tool, ["-O2", "-fPIC", "-x", "c", "-c", source, "-o", os.path.join(tool.folder, "batch.o")])


def compile_one(tool, arguments, cwd=None):
    """Runs the compiler while toolchains are prepared. Did it work?"""
    try:
        done = subprocess.run([tool.path("compiler"), *arguments], stdin=subprocess.DEVNULL, capture_output=True, timeout=300, cwd=cwd)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def command(tool, arguments, sources, libraries=()):
    """The compiler's argv: sources and objects to OUT."""
    gold = ["-fuse-ld=gold"] if tool.has("gold") else []
    return [tool.path("compiler"), *arguments, "-pipe", *gold, *sources, "-o", OUT, *libraries]


def build(tool, program, kind, arguments, endings, libraries=()):
    """Build of a program: its main file, whatever its name ends in, and its other sources but those that are included by name."""
    others = [file["path"] for file in program.files[1:] if file["path"].endswith(endings)]
    others = [path for path in others if os.path.basename(path) not in program.text]
    batch = tool.prepared("batch.o")
    sources = ["-x", kind, program.main, "-x", "none", *others, *([batch] if batch else [])]
    return Build(command(tool, arguments, sources, libraries), [OUT])


def run(tool, program):
    return Command([os.path.join(program.built, OUT)])


def batch(tool, program):
    return Command([os.path.join(program.built, OUT)], env={BATCH: "1"})


def stopped(exit_code, signal, stdout, stderr):
    """Uncaught std::bad_alloc is how a C++ program says that it got no more memory."""
    if signal == "SIGABRT" and "std::bad_alloc" in stderr[-2000:]:
        return "memory_limit"
    return None
