"""What a freshly forked process gives up before it reads anything: its fds, its limits, its user, its folder."""

import ctypes
import os
import resource
import signal

# Straight to the C functions: the wrappers of `signal` make enums, whose pages every copy would have to copy.
from _signal import SIG_DFL, signal as set_signal

_prctl = ctypes.CDLL(None, use_errno=True).prctl
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2

# Real and saved user of the process that kills leftovers: programs cannot signal it, and it reaches only their user.
SWEEPER_UID = 65533
OPEN_FILES = 64
HANDLED = tuple(int(number) for number in (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT))


def prctl(option, value):
    return _prctl(option, value, 0, 0, 0) == 0


class _Filter(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


def use_filter(program):
    """Has the kernel refuse system calls by a BPF program, for this process and all that come from it."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    argument = _Filter(len(program) // 8, program)
    if _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(argument), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "the system-call filter was refused")


def hide():
    """Keeps processes of the same user from reading or writing this one's memory."""
    prctl(PR_SET_DUMPABLE, 0)


def enter(job, fds):
    """Limits, session, folder and user of one program. job: the zygote's spawn message."""
    for number in HANDLED:
        set_signal(number, SIG_DFL)
    os.dup2(fds["stdin"], 0)
    os.dup2(fds["stdout"], 1)
    os.dup2(fds["stderr"], 2)
    os.setsid()
    _write_quietly("/proc/self/oom_score_adj", b"1000")
    folder, uid = job["folder"], job["uid"]
    os.mkdir(folder, 0o700)
    if uid is not None:
        os.chown(folder, uid, uid)
    limits = job["limits"]
    # Lowered when it is more than the hard limit that this machine gives.
    # No core file has room in one byte, and with this limit alone the kernel gives none to a collector on the host either.
    _limit(resource.RLIMIT_CORE, 1)
    _limit(resource.RLIMIT_CPU, limits["cpuSeconds"])
    _limit(resource.RLIMIT_FSIZE, limits["fileBytes"])
    _limit(resource.RLIMIT_NOFILE, limits.get("openFiles", OPEN_FILES))
    _limit(resource.RLIMIT_STACK, limits.get("stackBytes", 64 << 20))
    if limits.get("addressBytes"):
        _limit(resource.RLIMIT_AS, limits["addressBytes"])
    if job["processes"] is not None:
        # Counts per user, so with a user of its own it is exact.
        _limit(resource.RLIMIT_NPROC, job["processes"])
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    # A change of user hides a process; a program may look at itself (/dev/stdin), a test process may not be looked at.
    prctl(PR_SET_DUMPABLE, 0 if job.get("hidden") else 1)
    os.chdir(folder)
    # Not every kernel keeps a user from /proc/PID/fd of another (gVisor's does not): what tests have open is theirs alone.
    os.umask(0o077 if job.get("hidden") else 0o022)
    os.environ["HOME"] = os.environ["TMPDIR"] = folder


def sweep(uid):
    """Kills every process of one user. kill(-1) holds the task list, so no fork slips through."""
    os.setgroups([])
    os.setresgid(SWEEPER_UID, SWEEPER_UID, SWEEPER_UID)
    os.setresuid(SWEEPER_UID, uid, SWEEPER_UID)
    try:
        os.kill(-1, signal.SIGKILL)
    except OSError:
        pass


def _limit(which, amount):
    _, hard = resource.getrlimit(which)
    if hard != resource.RLIM_INFINITY and amount > hard:
        amount = hard
    resource.setrlimit(which, (amount, amount))


def _write_quietly(path, text):
    try:
        descriptor = os.open(path, os.O_WRONLY)
        os.write(descriptor, text)
        os.close(descriptor)
    except OSError:
        pass
