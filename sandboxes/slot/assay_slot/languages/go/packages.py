"""What Go does not ship and programs are compiled with: the compiled standard library, our own packages, the driver."""

import glob
import os
import re
import shutil
import subprocess

LIBRARIES = "lib"
DRIVER = "driver"
TESTIFY = "github.com/stretchr/testify"
# Our packages in the order in which they need each other: import path, folder in support/go.
PACKAGES = (
    ("assay/wire", "wire"),
    ("assay/report", "report"),
    ("assay/check", "check"),
    (TESTIFY + "/assert", "assert"),
    (TESTIFY + "/require", "require"),
)
WITHOUT_DEBUG = "-dwarf=false"
# Says what the standard library was compiled by.
STAMP = "compiled-by"
ASSERTION = re.compile(
    r"^func (?P<name>[A-Z]\w*)\(t TestingT, (?P<params>.*?),? ?msgAndArgs \.\.\.any\) bool \{$", re.MULTILINE
)


def prepare(tool):
    scratch = os.path.join(tool.folder, "scratch")
    os.mkdir(scratch)
    try:
        _standard_library(tool, scratch)
        for path, folder in PACKAGES:
            _package(tool, scratch, path, folder)
        _driver(tool, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _environment(tool, scratch):
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": scratch,
        "GOROOT": tool.root,
        "GOCACHE": os.path.join(scratch, "cache"),
        "GOPATH": os.path.join(scratch, "path"),
        "GOENV": "off",
        "GOFLAGS": "",
        "GO111MODULE": "off",
        "GOTOOLCHAIN": "local",
        "CGO_ENABLED": "0",
    }


def _run(tool, scratch, argv):
    environment = _environment(tool, scratch)
    done = subprocess.run(argv, cwd=scratch, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise OSError("%s: %s" % (os.path.basename(argv[0]), done.stderr.strip()[-2000:]))
    return done.stdout


def _standard_library(tool, scratch):
    """Compiled without debug information, which nobody reads and the linker would have to: a sixth of its time."""
    target = os.path.join(tool.folder, LIBRARIES, "std")
    compiler = os.stat(tool.path("compile"))
    stamp = "%s %s %d %d" % (tool.version, WITHOUT_DEBUG, compiler.st_size, compiler.st_mtime_ns)
    if _reuse(tool, target, stamp):
        return
    shown = "{{if .Export}}{{.ImportPath}}\t{{.Export}}{{end}}"
    argv = [tool.path("go"), "list", "-trimpath", "-gcflags=all=" + WITHOUT_DEBUG, "-export", "-f", shown, "std"]
    for line in _run(tool, scratch, argv).splitlines():
        if line:
            path, archive = line.split("\t")
            place = os.path.join(target, path + ".a")
            os.makedirs(os.path.dirname(place), exist_ok=True)
            shutil.copyfile(archive, place)
    with open(os.path.join(target, STAMP), "w", encoding="utf-8") as file:
        file.write(stamp)


def _reuse(tool, target, stamp):
    """Takes what was compiled for another version of our own sources, beside this one in the cache."""
    for found in glob.glob(os.path.join(tool.folder, "../../go-*/made", LIBRARIES, "std", STAMP)):
        try:
            with open(found, encoding="utf-8") as file:
                if file.read() == stamp:
                    shutil.copytree(os.path.dirname(found), target, copy_function=_link)
                    return True
        except OSError:
            shutil.rmtree(target, ignore_errors=True)
    return False


def _link(source, target):
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _compile(tool, scratch, path, archive, sources):
    libraries = [os.path.join(tool.folder, LIBRARIES, name) for name in ("std", "own")]
    argv = [tool.path("compile"), "-p", path, "-complete", WITHOUT_DEBUG, "-I", libraries[0], "-I", libraries[1]]
    trimmed = ";".join("%s=>%s" % (folder, path) for folder in sorted({os.path.dirname(source) for source in sources}))
    _run(tool, scratch, argv + ["-trimpath", trimmed, "-o", archive, *sources])


def _package(tool, scratch, path, folder):
    target = os.path.join(tool.folder, LIBRARIES, "own", path + ".a")
    os.makedirs(os.path.dirname(target), exist_ok=True)
    own = os.path.join(tool.support, folder)
    sources = _sources(own) if os.path.isdir(own) else []
    if path.startswith(TESTIFY):
        made = os.path.join(scratch, folder + ".go")
        with open(os.path.join(tool.support, "assert/assert.go"), encoding="utf-8") as file:
            assertions = [match.groupdict() for match in ASSERTION.finditer(file.read())]
        with open(made, "w", encoding="utf-8") as file:
            file.write((_assert_variants if folder == "assert" else _require)(assertions))
        sources.append(made)
    _compile(tool, scratch, path, target, sources)


def _driver(tool, scratch):
    archive = os.path.join(scratch, "driver.a")
    _compile(tool, scratch, "main", archive, _sources(os.path.join(tool.support, "driver")))
    standard = os.path.join(tool.folder, LIBRARIES, "std")
    target = os.path.join(tool.folder, DRIVER)
    _run(tool, scratch, [tool.path("link"), "-s", "-w", "-L", standard, "-o", target, archive])


def _sources(folder):
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".go")]


def _names(params):
    """The parameters' names as arguments."""
    return "".join(", " + part.strip().split(" ")[0] for part in params.split(",") if part.strip())


def _assert_variants(assertions):
    """Methods of Assertions, and of both kinds the variants that take a format."""
    lines = ["package assert", 'import "time"', "var _ time.Duration"]
    for one in assertions:
        name, params, args = one["name"], one["params"], _names(one["params"])
        comma = ", " if params else ""
        plain = "func (a *Assertions) %s(%s%smsgAndArgs ...any) bool { return %s(a.t%s, msgAndArgs...) }"
        lines.append(plain % (name, params, comma, name, args))
        formatted = "%s%smsg string, more ...any" % (params, comma)
        call = "%s%%s, append([]any{msg}, more...)...)" % name
        lines.append("func %sf(t TestingT, %s) bool { return %s }" % (name, formatted, call % ("(t" + args)))
        lines.append("func (a *Assertions) %sf(%s) bool { return %s }" % (name, formatted, call % ("(a.t" + args)))
    return "\n".join(lines) + "\n"


# How an assertion's message is given: suffix of the name, parameters, and what is passed on.
FORMS = (
    ("", "msgAndArgs ...any", "msgAndArgs..."),
    ("f", "msg string, more ...any", "append([]any{msg}, more...)..."),
)


def _require(assertions):
    """The same assertions; one that fails ends the test."""
    lines = [
        "// Package require is package assert for what the rest of a test needs.",
        "package require",
        'import ("%s/assert"; "time")' % TESTIFY,
        "var _ time.Duration",
        "type TestingT interface { Errorf(format string, args ...any); FailNow() }",
        "type Assertions struct { t TestingT }",
        "func New(t TestingT) *Assertions { return &Assertions{t} }",
    ]
    for one in assertions:
        name, args = one["name"], _names(one["params"])
        for suffix, last, passed in FORMS:
            params = "%s%s%s" % (one["params"], ", " if one["params"] else "", last)
            check = "if !assert.%s(%%s%s, %s) { %%s.FailNow() }" % (name, args, passed)
            lines.append("func %s%s(t TestingT, %s) { %s }" % (name, suffix, params, check % ("t", "t")))
            lines.append("func (a *Assertions) %s%s(%s) { %s }" % (name, suffix, params, check % ("a.t", "a.t")))
    return "\n".join(lines) + "\n"
