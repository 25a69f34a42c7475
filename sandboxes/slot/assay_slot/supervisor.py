"""Reads requests, has them run, answers. It never forks, so what it has read is in no program's memory."""

import json
import os
import platform
import sys

from . import VERSION, run_cases, run_tests
from .processes import Processes, SlotBroken


def serve(started):
    channel, zygote_pid = started
    processes = Processes(channel, zygote_pid, 0)
    _answer(
        {
            "hello": {
                "agent": VERSION,
                "versions": {"python": platform.python_version()},
                "freshUid": processes.fresh_uid,
                "ownNamespace": processes.own_namespace,
                "seesOom": processes.oom_file is not None,
            }
        }
    )
    try:
        for line in _lines():
            _answer(_handle(processes, line))
    except SlotBroken as error:
        sys.stderr.write("slot: %s\n" % error)
        os._exit(1)
    finally:
        processes.end()


def _handle(processes, line):
    request = json.loads(line)
    try:
        if request.get("tests") is not None:
            reply = run_tests.run(processes, request)
        else:
            reply = run_cases.run(processes, request)
    except SlotBroken:
        raise
    except Exception as error:  # ours, never the program's: the host tries again on a fresh slot
        reply = {"error": "%s: %s" % (type(error).__name__, error), "clean": False}
    reply["id"] = request["id"]
    return reply


def _lines():
    pending = []
    while True:
        piece = os.read(0, 1 << 20)
        if not piece:
            return
        while True:
            line, newline, rest = piece.partition(b"\n")
            if not newline:
                pending.append(line)
                break
            yield b"".join(pending) + line
            pending, piece = [], rest


def _answer(reply):
    data = memoryview(json.dumps(reply).encode() + b"\n")
    while data:
        data = data[os.write(1, data) :]
