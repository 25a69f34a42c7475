"""C: gcc. Debian: gcc (comes with g++)."""

from . import gcc

MAIN = "solution.c"
ENDINGS = (".c",)
FLAGS = ["-std=gnu17", "-O2"]
# Tests are our own programs: what they compute is little, what they cost is compiling.
TESTS_FLAGS = ["-std=gnu17", "-O0"]
LIBRARIES = ["-lm"]

run, batch, stopped = gcc.run, gcc.batch, gcc.stopped


def find(look):
    return gcc.find(look, "gcc")


def prepare(tool):
    gcc.prepare(tool, "c")


def build(tool, program):
    return gcc.build(tool, program, "c", FLAGS, ENDINGS, LIBRARIES)


def tests(tool, program, tests):
    from .programs import plans

    return plans(tool, program, tests)
