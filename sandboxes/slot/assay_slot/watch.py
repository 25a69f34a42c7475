"""What programs use while they run: memory and CPU time of all their processes together, and files in memory.

What a process may use alone, the kernel limits. This sees what that cannot: the sum over a family, memory in files that
nobody has mapped, a timer that was switched off.
"""

import os

from . import proc

# As many as a container's /tmp may hold (docker-slot.ts); a jail's has no limit of its own.
MOST_FILES = 16_384
# The kernel counts in batches for each processor.
COUNT_ERROR_BYTES = (os.cpu_count() or 1) * 64 * 4096
# Processes above the limit that need not be seen again.
SEEN_ONCE = 16


class Used:
    def __init__(self):
        self.processes, self.threads, self.resident_bytes, self.cpu_ms = 0, 0, 0, 0.0


class Watch:
    """own_pids: the agent's. shared_host: there is no group and no /tmp of the slot's own to look at."""

    def __init__(self, own_pids, fresh_uid, base_bytes, shared_host):
        self.own_pids, self.fresh_uid, self.base_bytes, self.shared_host = own_pids, fresh_uid, base_bytes, shared_host
        self.memory = None if shared_host else proc.SlotMemory(own_pids)
        # Numbers of jobs that had too many processes when this was asked last.
        self.crowds = frozenset()

    def beyond(self, jobs):
        """(job, reason) of every running job that has gone beyond a limit: memory, cpu, files or processes."""
        used = self._used(jobs)
        crowd = self._crowd(jobs, used)
        if crowd is not None:
            # What it counted is not all there is, and what it holds is a matter of how many they are.
            yield crowd, "processes"
            return
        held = self._held(jobs, used)
        crowded = not self.shared_host and proc.folder_use("/tmp")[1] > MOST_FILES
        for job in jobs:
            if job.number in self.crowds:
                continue  # the next look tells
            own = used.get(job.uid if self.fresh_uid else None, Used())
            others = sum(used[uid].resident_bytes for uid in self._users(jobs) if uid in used and uid != job.uid)
            if self._memory_beyond(job, own, None if held is None else held - others):
                # Whose the unmapped files are cannot be told: the first job is the program, and what is left is seen next time.
                yield job, "memory"
                return
            if self._time_beyond(job, own):
                yield job, "cpu"
            elif crowded:
                yield job, "files"

    def _users(self, jobs):
        return {job.uid if self.fresh_uid else None for job in jobs}

    def _crowd(self, jobs, used):
        """A job with more processes and threads than its limit; None when there is none.

        Linux keeps that limit exactly (gVisor has none), but may still show a thread that has just ended: what is a little
        above the limit has to be seen twice.
        """
        if not self.fresh_uid:
            return None
        crowds = [job for job in jobs if self._beyond_by(job, used) > 0]
        before, self.crowds = self.crowds, frozenset(job.number for job in crowds)
        certain = (job for job in crowds if job.number in before or self._beyond_by(job, used) > SEEN_ONCE)
        return next(certain, None)

    def _beyond_by(self, job, used):
        return used[job.uid].threads - job.limits["processes"] if job.uid in used else 0

    def _used(self, jobs):
        """Used by user, of everything that runs here beside the agent's own processes.

        Not of everything once a job has far more processes than it may: reading what a fork bomb has made takes seconds.
        """
        used = {}
        most = {job.uid: job.limits["processes"] + SEEN_ONCE for job in jobs} if self.fresh_uid else {}
        for pid in proc.pids():
            if pid in self.own_pids:
                continue
            uid, resident_bytes, threads = proc.usage_of(pid)
            if uid is None:
                continue
            # With one user for all, what runs beside the agent is the program.
            one = used.setdefault(uid if self.fresh_uid else None, Used())
            one.processes += 1
            one.threads += threads
            one.resident_bytes += resident_bytes
            one.cpu_ms += proc.cpu_ms(pid)
            if uid in most and one.threads > most[uid]:
                break
        return used

    def _held(self, jobs, used):
        """Bytes that the jobs hold, as the kernel counts: pages shared since a fork count once, unmapped files count too."""
        read = None if self.memory is None else self.memory.read()
        if read is None:
            return None
        anonymous, files = read
        users = self._users(jobs)
        anonymous -= sum(one.resident_bytes for uid, one in used.items() if uid not in users)
        files -= sum(proc.folder_use(folder)[0] for folder in ("/tmp", "/dev/shm"))
        files -= sum(_size(number) for job in jobs for number in job.files)
        return max(0, anonymous) + max(0, files)

    def _memory_beyond(self, job, own, held):
        limit = job.limits.get("residentBytes", job.limits["memoryBytes"])
        if held is not None:
            # Python's limit is one of address space, which starts with the interpreter's own.
            room = 0 if "residentBytes" in job.limits else self.base_bytes
            return held > limit + room + COUNT_ERROR_BYTES
        # One process: its address limit is exact.
        return ("residentBytes" in job.limits or own.processes > 1) and own.resident_bytes > limit

    @staticmethod
    def _time_beyond(job, own):
        limit = job.limits.get("cpuMs", job.limits.get("totalCpuMs"))
        if limit is None:
            return False
        # The kernel's ticks for the whole family, or the exact clock of the job's own process where that says more.
        spent = max(own.cpu_ms - proc.TICK_MS, proc.exact_cpu_ms(job.pid) if job.pid else 0.0)
        if spent - job.cpu_before <= limit:
            return False
        if job.more is not None and job.more(job):
            job.cpu_before = spent
            return False
        return True


def _size(number):
    """Memory of a file in memory; 0 when it was closed meanwhile."""
    try:
        return os.fstat(number).st_blocks * 512
    except OSError:
        return 0
