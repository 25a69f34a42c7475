"""Ends this process after so much CPU time, also inside one long C call.

A POSIX timer over the process's CPU clock: it counts what the scheduler counted. ITIMER_PROF, the fallback, counts clock
ticks and fires up to a fifth early on a busy machine. A program may delete either; wall time and RLIMIT_CPU remain.
"""

import ctypes
import signal

_CLOCK_PROCESS_CPUTIME_ID = 2


class _SigEvent(ctypes.Structure):
    _fields_ = [("value", ctypes.c_void_p), ("signo", ctypes.c_int), ("notify", ctypes.c_int), ("pad", ctypes.c_byte * 48)]


class _TimerSpec(ctypes.Structure):
    _fields_ = [(name, ctypes.c_long) for name in ("every_s", "every_ns", "first_s", "first_ns")]


def _load():
    for name in (None, "librt.so.1"):
        try:
            library = ctypes.CDLL(name)
            create, settime = library.timer_create, library.timer_settime
        except (OSError, AttributeError):
            continue
        settime.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(_TimerSpec), ctypes.c_void_p]
        return create, settime
    return None


_functions = _load()
_timer = None
# Made once, before any fork.
_event = _SigEvent(None, int(signal.SIGPROF), 0)
_spec = _TimerSpec()
_spec_pointer = ctypes.pointer(_spec)
_event_pointer = ctypes.pointer(_event)
_made = ctypes.c_void_p()
_made_pointer = ctypes.pointer(_made)


def arm(cpu_ms):
    """From now on; 0 disarms. The first call in a process makes its timer (timers do not pass a fork)."""
    global _timer
    if _timer is None:
        _timer = _make()
    if _timer is False:
        signal.setitimer(signal.ITIMER_PROF, cpu_ms / 1000.0)
        return
    _spec.first_s = int(cpu_ms // 1000)
    _spec.first_ns = int(cpu_ms % 1000 * 1_000_000)
    _functions[1](_timer, 0, _spec_pointer, None)


def _make():
    if _functions is None:
        return False
    failed = _functions[0](_CLOCK_PROCESS_CPUTIME_ID, _event_pointer, _made_pointer)
    return False if failed else _made
