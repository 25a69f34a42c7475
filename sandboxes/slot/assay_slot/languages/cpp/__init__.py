"""C++: g++, with precompiled headers that change nothing but the time. Debian: g++."""

import os

from ..c import gcc
from ..c.source import includes_first

MAIN = "solution.cpp"
ENDINGS = (".cpp", ".cc", ".cxx")
FLAGS = ["-std=gnu++20", "-O2"]
# Tests are our own programs: what they compute is little, what they cost is compiling.
TESTS_FLAGS = ["-std=gnu++20", "-O0"]

# Precompiled heads of programs, the best first: which headers stand in each.
HEADS = {
    "everything": ("bits/stdc++.h",),
    "iostream-vector-algorithm": ("iostream", "vector", "algorithm"),
    "iostream-vector": ("iostream", "vector"),
    "iostream": ("iostream",),
    "string-vector": ("string", "vector"),
    "vector": ("vector",),
}
# Headers of the standard: they may be included in any order and more than once without a difference ([using.headers]).
STANDARD = frozenset(
    """bits/stdc++.h algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes
    climits clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint
    cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem forward_list fstream functional
    future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource
    mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex
    source_location span sstream stack stdexcept stop_token streambuf string string_view syncstream system_error thread tuple
    type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
    assert.h ctype.h errno.h fenv.h float.h inttypes.h limits.h locale.h math.h setjmp.h signal.h stdarg.h stddef.h stdint.h
    stdio.h stdlib.h string.h time.h wchar.h wctype.h""".split()
)

run, batch, stopped = gcc.run, gcc.batch, gcc.stopped


def find(look):
    return gcc.find(look, "g++")


def prepare(tool):
    gcc.prepare(tool, "cpp")
    plugin = os.path.join(tool.folder, "instantiate.so")
    source = os.path.join(tool.support, "instantiate.cpp")
    quick = gcc.compile_one(tool, ["-O1", "-shared", "-fPIC", source, "-o", plugin])
    heads = os.path.join(tool.folder, "heads")
    os.mkdir(heads)
    for name, headers in HEADS.items():
        _precompile(tool, heads, name, "".join("#include <%s>\n" % header for header in headers), FLAGS, plugin if quick else None)
    both = "#include <bits/stdc++.h>\n#include <tests.hpp>\n#include <serve.hpp>\n"
    _precompile(tool, heads, "wire", both, TESTS_FLAGS, plugin if quick else None)
    if quick:
        os.remove(plugin)


def _precompile(tool, folder, name, text, flags, plugin):
    """One head. The plugin spares programs the templates of the head; for a compiler that refuses it there is the plain way."""
    header = os.path.join(folder, name + ".hpp")
    made = header + ".gch"
    ways = [("", [])]
    if plugin is not None:
        ways.insert(0, ("#pragma assay instantiate\n", ["-fplugin=%s" % plugin]))
    for pragma, more in ways:
        _write(header, text + pragma)
        arguments = [*flags, *more, "-I", tool.support, "-x", "c++-header", header, "-o", made]
        done = gcc.compile_one(tool, arguments)
        _write(header, text)
        if done and _compiles(tool, header, flags):
            return
        if os.path.exists(made):
            os.remove(made)


def _compiles(tool, header, flags):
    probe = header + ".probe.cpp"
    _write(probe, "int main() { return 0; }\n")
    try:
        return gcc.compile_one(tool, [*flags, "-I", tool.support, "-include", header, "-S", probe, "-o", os.devnull])
    finally:
        os.remove(probe)


def _write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def head(tool, text):
    """Arguments for a program that begins with the headers of a precompiled head, in any order."""
    first = []
    for name in includes_first(text):
        if name not in STANDARD:
            break
        first.append(name)
    for name, headers in HEADS.items():
        path = tool.prepared("heads", name + ".hpp") if set(headers) <= set(first) else None
        if path is not None and os.path.exists(path + ".gch"):
            return ["-include", path]
    return []


def build(tool, program):
    return gcc.build(tool, program, "c++", FLAGS + head(tool, program.text), ENDINGS)


def tests(tool, program, tests):
    from .testing import plans

    return plans(tool, program, tests)
