"""Runs the cases of a program in a language that has programs of its own: built once, then a process for each case.

Where a language has a harness, cases that call functions share a process, and so do cases that read stdin in batch mode;
what did not come back clean from there runs again in a process of its own.
"""

import json
import math
import os

from . import processes as procs
from . import records, run_cases, toolchains
from .build import files_of
from .jail import OPEN_FILES
from .languages import module_of
from .languages.language import INPUT, RECORDS, Program
from .reading import Unreadable, reading
from .run_cases import Fork, file_bytes_of, verdict_of

# Address space that a native program may have beyond its memory: libraries, stacks, what is mapped and never touched.
ADDRESS_ROOM = 512 << 20
STACK_BYTES = 128 << 20


class Missing(Exception):
    """The slot has no toolchain for the language."""


class Prepared:
    """A program that can be run: its language, its toolchain, and what its build came to (None: nothing to build)."""

    def __init__(self, builds, request):
        self.builds, self.request, self.limits = builds, request, request["limits"]
        self.module = module_of(request["language"])
        self.tool = None if self.module is None else toolchains.tool_of(request["language"])
        if self.tool is None:
            raise Missing("this slot has no %s" % request["language"])
        self.program = Program(request["files"], self.limits)
        self.built = None

    def build(self):
        self.built = self.builds.get(self.request["language"], self.module, self.tool, self.program)
        if self.built is not None:
            self.program.built = self.built.folder
        return self.built


def run(processes, builds, request):
    """The reply to a request without tests."""
    try:
        return _run(processes, builds, request)
    except Unreadable as error:
        compiled = unreadable(error)
        return _reply(compiled, [run_cases.not_run(compiled) for _ in request["cases"]], True)


def unreadable(error):
    """A compile result for a text that even we cannot read."""
    return {"status": "compile_error", "exitCode": None, "stdout": "", "stderr": str(error), "cpuMs": 0}


def _run(processes, builds, request):
    refused = run_cases.refusal(request["cases"])
    if refused is not None:
        return refused
    prepared = Prepared(builds, request)
    built = prepared.build()
    compiled, clean = (None, True) if built is None else (built.result, built.clean)
    if built is not None and not built.ok:
        return _reply(compiled, [run_cases.not_run(compiled) for _ in request["cases"]], clean)
    runner = Cases(processes, prepared)
    if request.get("compileOnly"):
        compiled = compiled or runner.syntax() or _fine()
        return _reply(compiled, [], clean and runner.clean)
    results = runner.run(request["cases"])
    if any(result["status"] == "runtime_error" for result in results):
        wrong = runner.syntax()
        if wrong is not None:
            compiled, results = wrong, [run_cases.not_run(wrong) for _ in results]
    return _reply(compiled, results, clean and runner.clean)


def _reply(compiled, results, clean):
    if compiled is not None:
        compiled = {name: compiled[name] for name in ("status", "exitCode", "stdout", "stderr", "cpuMs")}
    return {"compile": compiled, "cases": results, "clean": clean}


def _fine():
    return {"status": "ok", "exitCode": 0, "stdout": "", "stderr": "", "cpuMs": 0}


class Cases:
    def __init__(self, processes, prepared):
        self.processes, self.prepared = processes, prepared
        self.clean = True
        self.asked, self.wrong = False, None

    def syntax(self):
        """What is wrong with the program's text as a compile result; None when nothing is, or the build has told."""
        if not self.asked:
            self.asked, self.wrong = True, self._check()
        return self.wrong

    def _check(self):
        module = self.prepared.module
        if not hasattr(module, "check"):
            return None
        command = self._command("check")
        result = None if command is None else self._one(command, {"stdin": ""})
        if result is None or result["status"] != "runtime_error":
            return None
        return dict(result, status="compile_error", exitCode=result["exitCode"] or 1)

    def run(self, cases):
        """The results of the cases, in their order."""
        results = []
        while len(results) < len(cases):
            results += self._next(cases, len(results))
        return results

    def _next(self, cases, at):
        """Results of one case, or of several that share a harness."""
        strict = self.prepared.request["mode"] == "strict"
        calls = "call" in cases[at]
        group = [cases[at]]
        while not strict and at + len(group) < len(cases) and ("call" in cases[at + len(group)]) == calls:
            group.append(cases[at + len(group)])
        # A function is always called by a harness; for one case on stdin it would only cost more.
        name = "calls" if calls else "batch" if len(group) > 1 else None
        command = self._command(name) if name and hasattr(self.prepared.module, name) else None
        if command is None:
            return [self._one(self._command("run"), cases[at])]
        done = self._harness(command, group)
        if calls or (any(result["status"] == "runtime_error" for result in done) and self.syntax() is not None):
            return done
        return self._plainly(group, done)

    def _plainly(self, cases, done):
        """A harness is only a quick way: whatever it could not do cleanly is done the plain way.

        One that was out of time this way too has shown that the harness is right about those; each would take all its time.
        """
        results, slow = [], False
        for case, result in zip(cases, done):
            if result["status"] != "ok" and not (slow and result["status"] == "time_limit"):
                result = self._one(self._command("run"), case)
                slow = slow or result["status"] == "time_limit"
            results.append(result)
        return results

    def _command(self, name):
        """What the language says for `run`, `check`, `calls` or `batch`."""
        with reading():
            return getattr(self.prepared.module, name)(self.prepared.tool, self.prepared.program)

    def _one(self, command, case):
        fork = CommandFork(self.processes, self.prepared, command, [case])
        results, _ = fork.run()
        self.clean = self.clean and fork.clean
        return results[0]

    def _harness(self, command, cases):
        fork = HarnessFork(self.processes, self.prepared, command, cases)
        results, _ = fork.run()
        self.clean = self.clean and fork.clean
        if fork.hides_time and len(cases) > 1:
            return [self._harness(command, [case])[0] for case in cases]
        return results


class CommandFork(Fork):
    """One process of another program, with one case on its stdin."""

    numbers = {}

    def __init__(self, processes, prepared, command, cases):
        super().__init__(processes, prepared.request, cases)
        self.prepared, self.command = prepared, command

    def _payload(self, large, file_bytes):
        files = self.request["files"] + files_of(self.command.files)
        return {"argv": self.command.argv, "env": self.command.env, "files": files, "numbers": self.numbers}

    def _open(self, fds):
        """Fills the descriptors before the process starts."""
        records.write(fds["stdin"], run_cases.stdin_of(self.cases[0]))
        os.lseek(fds["stdin"], 0, os.SEEK_SET)

    def _spawn(self, fds):
        self._open(fds)
        limits, count = self.limits, max(1, len(self.cases))
        job_limits = command_limits(self.prepared, limits, file_bytes_of(limits, self.request["files"]), count)
        return self.processes.spawn(
            "command",
            fds,
            job_limits,
            limits["wallMs"],
            extend=self._extend,
            more=self._more,
            keep=("stdin", "stdout", "stderr"),
            gid_for=self.prepared.program.built,
        )

    def _more(self, job):
        return False

    def _extend(self, job):
        return False

    def _verdict(self, job, exit_code, signal_name, oom, outputs):
        status, reason = verdict_of(self.limits, job, exit_code, signal_name, oom)
        return judged_by_language(self.prepared, job, outputs, status, reason)

    def _records(self, descriptor):
        return []

    def _judge_time(self, job, done, reported):
        """A process of its own: what the kernel counted is what the case took."""
        for result in done:
            if result["status"] == "ok" and result["cpuMs"] > self.limits["cpuMs"]:
                result.update(status="time_limit", error="used more than %d ms of CPU time" % self.limits["cpuMs"])


class HarnessFork(CommandFork):
    """One process for several cases: it gets them all, and writes a record for each."""

    numbers = {"channel": INPUT, "results": RECORDS}

    def _open(self, fds):
        limits = dict(self.limits, resultBytes=file_bytes_of(self.limits))
        records.write(fds["channel"], json.dumps({"cases": self.cases, "limits": limits}).encode("utf-8", "surrogatepass"))
        os.lseek(fds["channel"], 0, os.SEEK_SET)

    def _spawn(self, fds):
        fds["channel"] = procs.memfd("input")
        return super()._spawn(fds)

    def _from_exit(self, index, job, outputs, oom, done):
        result = super()._from_exit(index, job, outputs, oom, done)
        if result["status"] == "ok":
            # The harness would have told: the program ended its process.
            result.update(status="runtime_error", error="the program ended the process of its batch")
        return result

    _more = Fork._more
    _extend = Fork._extend
    _records = Fork._records
    _judge_time = Fork._judge_time


def command_limits(prepared, limits, file_bytes, cases=1):
    """What a process of another program may use: the kernel's limits, and what the supervisor watches."""
    job_limits = {
        "cpuSeconds": math.ceil(limits["cpuMs"] * cases / 1000) + 1,
        "cpuMs": limits["cpuMs"],
        "fileBytes": file_bytes,
        "memoryBytes": limits["memoryBytes"],
        "residentBytes": limits["memoryBytes"],
        "processes": limits["processes"],
        "stackBytes": STACK_BYTES,
        "openFiles": getattr(prepared.module, "OPEN_FILES", OPEN_FILES),
    }
    if getattr(prepared.module, "ADDRESS_LIMIT", True):
        job_limits["addressBytes"] = 2 * limits["memoryBytes"] + ADDRESS_ROOM
    return job_limits


def judged_by_language(prepared, job, outputs, status, reason):
    """(status, reason): what the exit of a process means in its language, and what its memory says."""
    limits = prepared.limits
    if status in ("ok", "runtime_error") and job.ended["memoryBytes"] > limits["memoryBytes"]:
        return "memory_limit", "used more than %d bytes" % limits["memoryBytes"]
    if status == "runtime_error" and hasattr(prepared.module, "stopped"):
        tails = [records.tail(outputs[name], 4096).decode("utf-8", "replace") for name in ("stdout", "stderr")]
        exit_code, signal_name = procs.exit_of(job)
        told = prepared.module.stopped(exit_code, signal_name, *tails)
        if told is not None:
            return told, "used more than %d bytes" % limits["memoryBytes"] if told == "memory_limit" else reason
    return status, reason
