"""What /proc and the control group say about this slot."""

import os
import time

TICK_MS = 1000.0 / os.sysconf("SC_CLK_TCK")
OOM_FILES = (
    "/run/assay/memory/memory.oom_control",
    "/run/assay/memory/memory.events",
    "/sys/fs/cgroup/memory.events",
    "/sys/fs/cgroup/memory/memory.oom_control",
)
STAT_FILES = (
    "/run/assay/memory/memory.stat",
    "/sys/fs/cgroup/memory.stat",
    "/sys/fs/cgroup/memory/memory.stat",
)
# A file that gVisor alone has.
GVISOR_ONLY = "/proc/sentry-meminfo"
STATUS_NAMES = (b"Uid", b"VmRSS", b"RssAnon", b"Threads")


def pids():
    """Every process that this one can see; in a jail, those of the slot."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def uid_of(pid):
    """The real user of a process; None when it is gone."""
    return _status_of(pid).get(b"Uid")


def usage_of(pid):
    """(real user, resident bytes, threads) of a process; (None, 0, 0) when it is gone."""
    found = _status_of(pid)
    return found.get(b"Uid"), found.get(b"VmRSS", 0) * 1024, found.get(b"Threads", 0)


def private_bytes(pid):
    """Resident bytes of a process that are no file's; what it shares with its parent since the fork counts in both."""
    return _status_of(pid).get(b"RssAnon", 0) * 1024


def _status_of(pid):
    try:
        with open("/proc/%d/status" % pid, "rb") as file:
            lines = file.read().split(b"\n")
    except OSError:
        return {}
    named = (line.partition(b":") for line in lines)
    return {name: int(value.split()[0]) for name, _, value in named if name in STATUS_NAMES and value.strip()}


def cpu_ms(pid):
    """CPU time of a process and of its ended children, in the kernel's ticks of 10 ms; 0 when it is gone."""
    try:
        with open("/proc/%d/stat" % pid, "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0
    return sum(int(field) for field in fields[11:15]) * TICK_MS


def exact_cpu_ms(pid):
    """CPU time of one process with all its threads, from its own clock; 0 where that cannot be read."""
    try:
        return time.clock_gettime((~pid << 3) | 2) * 1000
    except OSError:
        return 0.0


def waited_s(pid):
    """How long the thread of a process that waited longest was ready to run and had no processor; 0 where nobody counts."""
    waited_ns = 0
    try:
        for thread in os.listdir("/proc/%d/task" % pid):
            with open("/proc/%d/task/%s/schedstat" % (pid, thread), "rb") as file:
                waited_ns = max(waited_ns, int(file.read().split()[1]))
    except (OSError, IndexError, ValueError):
        pass
    return waited_ns / 1e9


def oom_kills(path):
    """How often the kernel killed for memory, by a control group's file; None when it does not say."""
    try:
        with open(path) as file:
            for line in file:
                if line.startswith("oom_kill "):
                    return int(line.split()[1])
    except (OSError, TypeError, ValueError):
        pass
    return None


class SlotMemory:
    """What the slot is said to hold: shared pages once, and files in memory that nobody has mapped.

    By its control group; by /proc/meminfo in gVisor, where that is of the slot alone.
    """

    def __init__(self, own_pids):
        self.own_pids = own_pids
        self.path = next((path for path in STAT_FILES if self._read(path) is not None), None)
        if self.path is None and os.path.exists(GVISOR_ONLY):
            self.path = "/proc/meminfo"
        # gVisor does not tell which pages of a process are private: what the agent has now, and by how much it grows.
        told = None if self.path is None else self._read(self.path)
        self.first_bytes = None if told is None or _has_private(own_pids) else (told[0], self._resident())

    def read(self):
        """(bytes that are no file's and not the agent's own, bytes of files in memory); None where nothing says it."""
        told = None if self.path is None else self._read(self.path)
        if told is None:
            return None
        anonymous, files = told
        if self.first_bytes is None:
            own = sum(private_bytes(pid) for pid in self.own_pids)
        else:
            own = self.first_bytes[0] + max(0, self._resident() - self.first_bytes[1])
        return anonymous - own, files

    def _resident(self):
        return sum(usage_of(pid)[1] for pid in self.own_pids)

    @staticmethod
    def _read(path):
        try:
            with open(path) as file:
                if path == "/proc/meminfo":
                    told = {name: int(value.split()[0]) * 1024 for name, _, value in (line.partition(":") for line in file)}
                    return told["AnonPages"] - told["Shmem"], told["Shmem"]
                lines = dict(line.split(" ", 1) for line in file)
            return int(lines["anon"] if "anon" in lines else lines["rss"]), int(lines["shmem"])
        except (OSError, KeyError, ValueError, IndexError):
            return None


def _has_private(pids_asked):
    return any(private_bytes(pid) > 0 for pid in pids_asked)


def folder_use(folder):
    """(bytes, files) that the file system of a folder holds; zeros when it is not there."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0, 0
    return (found.f_blocks - found.f_bfree) * found.f_frsize, found.f_files - found.f_ffree


def oom_file():
    """Where the kernel counts what it killed for memory in this slot; None when that cannot be seen."""
    return next((path for path in OOM_FILES if oom_kills(path) is not None), None)


def address_bytes(pid):
    """Size of a process's address space: what its copies start with."""
    try:
        with open("/proc/%d/statm" % pid) as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 64 << 20
