"""How the Java machine is started, and what is prepared for it: our classes, and archives of the platform's."""

import json
import os
import subprocess
import tempfile

from ..language import Command

CLASSES = "classes"
LIBRARY = "library"
ARCHIVE = "compiler.jsa"
MIB = 1 << 20
# What a machine needs beside the heap.
BESIDE_HEAP = 48 * MIB
LEAST_HEAP = 16 * MIB
# Deep recursion is common in accepted programs; the memory is used only as deep as it goes.
STACK = "-Xss64m"
COMMON_FLAGS = (
    "-XX:+UseSerialGC",
    "-XX:-UsePerfData",
    "-Xshare:auto",
    # Words of the machine itself belong on stderr.
    "-XX:+DisplayVMOutputToStderr",
    "-Xlog:disable",
    "-XX:+DisableAttachMechanism",
)
# Both compilers, but later than usual: a short program spends a fifth of its time in them, and a long one loses nothing
# (CPU ms of a program with a Scanner and streams 85 → 70, of two seconds' loops 466 → 462; without the second one 599
# where it was 286).
COMPILE_LATER = (
    "-XX:Tier3InvocationThreshold=800",
    "-XX:Tier3MinInvocationThreshold=400",
    "-XX:Tier3CompileThreshold=8000",
    "-XX:Tier4InvocationThreshold=20000",
    "-XX:Tier4MinInvocationThreshold=2400",
    "-XX:Tier4CompileThreshold=60000",
    "-XX:Tier4BackEdgeThreshold=160000",
    "-XX:Tier3DelayOn=0",
)
COMPILE_ONCE = ("-XX:TieredStopAtLevel=1",)
ENCODING = ("-Dfile.encoding=UTF-8", "-Dsun.stdout.encoding=UTF-8", "-Dsun.stderr.encoding=UTF-8")
COMPILER_FLAGS = (
    *("-J" + flag for flag in (*COMMON_FLAGS, *COMPILE_ONCE, "-Xss16m", "-Xmx1024m")),
    "-proc:none",
    "-nowarn",
    "-Xlint:none",
    # As javac did it until Java 8: setting up the new way costs 15 ms in every machine that joins two strings.
    "-XDstringConcat=inline",
    "-encoding",
    "UTF-8",
)
_JAVAC = "jdk.compiler/com.sun.tools.javac."
SERVER_EXPORTS = (
    *(word for name in ("api", "code", "util") for word in ("--add-exports", _JAVAC + name + "=ALL-UNNAMED")),
    "--add-opens",
    _JAVAC + "code=ALL-UNNAMED",
)
PREPARE_S = 300


def flags(tool, limits):
    """Of a machine that runs a program under these limits."""
    memory = limits["memoryBytes"]
    heap = max(memory - BESIDE_HEAP - memory // 16, memory // 4, LEAST_HEAP)
    return (
        *COMMON_FLAGS,
        *COMPILE_LATER,
        *ENCODING,
        STACK,
        "-Xmx%d" % heap,
        "-XX:+ExitOnOutOfMemoryError",
    )


def server(tool):
    """The second compiler costs javac more than it gives in the life of a slot."""
    return Command(
        [
            tool.path("java"),
            *COMMON_FLAGS,
            *COMPILE_ONCE,
            *_archive(tool),
            "-Xmx256m",
            "-XX:+ExitOnOutOfMemoryError",
            *SERVER_EXPORTS,
            "-cp",
            os.path.join(tool.folder, LIBRARY),
            "assay.CompileServer",
            os.path.join(tool.folder, LIBRARY),
        ]
    )


def compiler(tool):
    """javac in a process of its own, without its arguments."""
    return [tool.path("javac"), *("-J" + flag for flag in _archive(tool)), *COMPILER_FLAGS]


def _archive(tool):
    """Of javac's classes: a quarter of its CPU time when it is cold. A program's own classes gain nothing by one."""
    path = tool.prepared(ARCHIVE)
    return ("-XX:SharedArchiveFile=" + path,) if path else ()


def prepare(tool):
    """Compiles our classes, and archives what javac loads of the platform."""
    library = os.path.join(tool.folder, LIBRARY)
    sources = [
        os.path.join(tool.support, folder, name)
        for folder in ("assay", os.path.join("org", "javatuples"))
        for name in sorted(os.listdir(os.path.join(tool.support, folder)))
    ]
    flags = (*COMPILER_FLAGS, "-XDignore.symbol.file", "-Xlint:-removal", *SERVER_EXPORTS[:-2])
    done = _run([tool.path("javac"), *flags, "-d", library, *sources])
    if done.returncode != 0:
        raise OSError("javac failed: %s" % done.stderr[-2000:].decode("utf-8", "replace"))
    with tempfile.TemporaryDirectory() as training:
        try:
            _dump(tool, training, _loaded(tool, training, sources))
        except (OSError, subprocess.SubprocessError):
            pass  # without an archive everything works too


def _loaded(tool, training, sources):
    """The platform's classes that javac loads to compile what programs are like, as lines of a class list."""
    texts = {}
    for path in sources:
        if os.path.basename(path) != "CompileServer.java":
            with open(path, encoding="utf-8") as file:
                texts[os.path.basename(path)] = file.read()
    request = json.dumps({"files": texts, "out": CLASSES, "kind": "program"}) + "\n"
    listed, library = os.path.join(training, "loaded"), os.path.join(tool.folder, LIBRARY)
    flags = ("-XX:+UseSerialGC", "-XX:DumpLoadedClassList=" + listed, *SERVER_EXPORTS, "-cp", library)
    _run([tool.path("java"), *flags, "assay.CompileServer", library], stdin=request.encode())
    with open(listed, encoding="utf-8") as file:
        return [line for line in file.read().splitlines() if not line.startswith("#") and _of_platform(line)]


def _of_platform(line):
    words = line.split()
    name = words[1] if words[0] == "@lambda-proxy" and len(words) > 1 else words[0]
    return not name.startswith("assay/") and "source:" not in words


def _dump(tool, training, loaded):
    with open(os.path.join(tool.root, "lib", "classlist"), encoding="utf-8") as file:
        usual = [line for line in file.read().splitlines() if not line.startswith("#")]
    listed = os.path.join(training, "classes.list")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("\n".join(dict.fromkeys(usual + loaded)) + "\n")
    # The class path belongs to an archive; where it is an empty folder, any other one may be used later.
    empty = os.path.join(training, "empty")
    os.mkdir(empty)
    target = "-XX:SharedArchiveFile=" + os.path.join(tool.folder, ARCHIVE)
    argv = [tool.path("java"), "-Xshare:dump", "-XX:SharedClassListFile=" + listed, target]
    _run(argv, cwd=empty)


def _run(argv, stdin=b"", cwd=None):
    return subprocess.run(argv, input=stdin, capture_output=True, timeout=PREPARE_S, cwd=cwd)
