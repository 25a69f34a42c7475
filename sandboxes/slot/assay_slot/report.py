"""What a tests' process tells the supervisor: how far it is, readable also when it was killed, and then the outcome."""

import json
import os
import struct

STARTING, IN_PROGRAM, IN_TESTS, DONE = 0, 1, 2, 3
_LENGTH = struct.Struct("<I")
_STATE = struct.Struct("<QB")


class Report:
    """How far the tests are, at a fixed place so that a killed process has told it, and then the outcome."""

    def __init__(self, descriptor, nonce=""):
        self.descriptor, self.nonce, self.ran = descriptor, nonce, 0
        # Names of the program that were read, and assertions and test methods that were run.
        self.used = self.held = 0
        self.state(STARTING)

    def state(self, state):
        os.pwrite(self.descriptor, _STATE.pack(self.ran, state), 0)

    def asserted(self):
        self.held += 1

    def settle(self):
        """Without a call, what ran is what was asserted, if it was about the program at all."""
        if self.ran == 0 and self.used > 0:
            self.ran = self.held

    def finish(self, outcome):
        text = json.dumps(dict(outcome, ran=self.ran, nonce=self.nonce)).encode("utf-8", "surrogatepass")
        os.pwrite(self.descriptor, _LENGTH.pack(len(text)) + text, _STATE.size)
        self.state(DONE)


def read_report(data):
    """(calls made, state, outcome or None) of a report's bytes."""
    if len(data) < _STATE.size:
        return 0, STARTING, None
    ran, state = _STATE.unpack_from(data)
    if state != DONE:
        return ran, state, None
    try:
        (length,) = _LENGTH.unpack_from(data, _STATE.size)
        outcome = json.loads(data[_STATE.size + 4 : _STATE.size + 4 + length])
        return ran, state, outcome if type(outcome) is dict else None
    except (ValueError, struct.error, RecursionError):
        return ran, state, None
