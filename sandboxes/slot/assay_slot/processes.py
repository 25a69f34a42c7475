"""The supervisor's view of running programs: spawning them through the zygote, watching, ending, proving them gone."""

import json
import marshal
import os
import select
import signal
import socket
import stat
import time

from . import proc, records
from .folders import SHARED_FOLDERS, empty, remove
from .proc import pids, uid_of
from .users import can_change_user, counts_by_namespace, uid_range
from .watch import Watch

TICK_S = 0.02
SWEEP_S = 2.0
# A program that waits for a processor may take up to so many times its wall limit (limits.ts knows the number too).
MOST_WALL_TIMES = 5
MOST_ORPHANS = 1000


class SlotBroken(Exception):
    """The slot cannot go on: its zygote is gone."""


class Job:
    """One process of a program. extend(job) may move the deadline; it returns False when time is really up.

    Where limits hold cpuMs or residentBytes, the supervisor watches these itself: a program that was started by exec
    keeps no timer of ours. more(job) says whether a batch got further, so that its next case has its own CPU time.
    """

    def __init__(self, number, uid, folder, results, limits, wall_s, extend, more=None):
        self.number, self.uid, self.folder = number, uid, folder
        self.results, self.limits, self.wall_s, self.extend = results, limits, wall_s, extend
        self.started = time.monotonic()
        self.deadline = self.started + wall_s
        self.granted = 0.0
        self.more = more
        self.watched = "cpuMs" in limits or "residentBytes" in limits
        self.pid = None
        self.files = ()
        self.progress = self.counted = 0
        self.cpu_before = 0.0
        self.killed = None
        self.ended = None
        self.failed = None


class Processes:
    def __init__(self, channel, zygote_pid, hangup_fd):
        self.channel, self.zygote_pid = channel, zygote_pid
        self.own_namespace = os.getpid() == 1
        self.fresh_uid = os.geteuid() == 0 and can_change_user()
        # Set by the backend that has no namespace of its own, where /tmp is everybody's.
        self.scratch = os.environ.get("ASSAY_SLOT_SCRATCH", "/tmp")
        self.shared_host = "ASSAY_SLOT_SHARED_HOST" in os.environ
        self.jobs = {}
        # Folders among the shared ones that are the agent's own.
        self.kept = frozenset()
        self.asked = None
        self.number = 0
        # On a shared host the count is everybody's.
        self.oom_file = None if self.shared_host else proc.oom_file()
        self.base_bytes = proc.address_bytes(zygote_pid)
        self.watch = Watch((os.getpid(), zygote_pid), self.fresh_uid, self.base_bytes, self.shared_host)
        self.poll = select.poll()
        self.poll.register(channel.fileno(), select.POLLIN)
        self.poll.register(hangup_fd, 0)
        self.next_uid, self.last_uid = uid_range()

    def spawn(self, role, fds, limits, wall_ms, extend=None, hidden=False, keep=(), more=None, gid_for=None):
        """Starts a process of its own user. fds: by the zygote's names, in its order. gid_for: a folder that it may read."""
        self.number += 1
        uid = self._fresh() if self.fresh_uid else None
        folder = os.path.join(self.scratch, "p%d" % (uid if uid is not None else self.number))
        if gid_for is not None and uid is not None:
            os.chown(gid_for, -1, uid)
        job = Job(self.number, uid, folder, fds["results"], limits, wall_ms / 1000.0, extend, more)
        message = {
            "spawn": job.number,
            "role": role,
            "uid": uid,
            "folder": folder,
            "limits": limits,
            "hidden": hidden,
            "watch": job.watched,
            "keep": list(keep),
            "processes": self._process_limit(limits["processes"]),
        }
        # Sockets among them may be closed before the job ends.
        job.files = tuple(number for number in fds.values() if stat.S_ISREG(os.fstat(number).st_mode))
        for number in job.files:
            # What it was given to read once stays the agent's; the rest it may open again by name (/dev/stdin).
            if uid is not None and number != fds["payload"]:
                os.fchown(number, uid, uid)
        socket.send_fds(self.channel, [json.dumps(message).encode()], list(fds.values()))
        self.jobs[job.number] = job
        return job

    def wait(self, jobs, asking=None, answer=None):
        """Until every one of the jobs has ended; kills what runs past its deadline or its memory.

        asking: a socket of a job that may ask once; answer() is then called.
        """
        if asking is not None:
            self.poll.register(asking.fileno(), select.POLLIN)
            self.asked = (asking.fileno(), answer)
        next_check = time.monotonic() + TICK_S
        while any(job.ended is None and job.failed is None for job in jobs):
            now = time.monotonic()
            ends = [job.deadline for job in jobs if job.ended is None and job.killed is None]
            until = min(ends + [next_check])
            self._receive(max(0.0, until - now))
            now = time.monotonic()
            for job in jobs:
                if job.ended is None and job.killed is None and now >= job.deadline:
                    if not self._goes_on(job, jobs):
                        self.kill(job, "wall")
            if now >= next_check:
                # An orphan that ended counts against its program's processes until it is taken in.
                self._reap()
                self._check_usage()
                next_check = now + TICK_S
        self._stop_asking()

    def _goes_on(self, job, jobs):
        """Moves a deadline that has passed: for the next case, and by the time in which others had the processors."""
        before = job.deadline
        if job.extend is not None and job.extend(job):
            job.granted = 0.0
            return True
        if job.deadline != before:
            job.granted = 0.0
        now = time.monotonic()
        took = now - (job.deadline - job.granted - job.wall_s)
        # What was waited before this case is taken for its share of the time since the start.
        waited = self._waited_s(jobs) * min(1.0, took / (now - job.started))
        granted = min(waited, (MOST_WALL_TIMES - 1) * job.wall_s)
        job.deadline += granted - job.granted
        job.granted = granted
        return job.deadline > now

    def _waited_s(self, jobs):
        """Of these jobs, which work in turns: how long they were ready to run and had no processor."""
        if not self.fresh_uid and not self.own_namespace:
            return 0.0  # which processes are theirs cannot be told
        uids = [job.uid for job in jobs]
        others = [pid for pid in pids() if pid not in (1, self.zygote_pid)]
        return sum(proc.waited_s(pid) for pid in others if not self.fresh_uid or uid_of(pid) in uids)

    def _stop_asking(self):
        if self.asked is not None:
            self.poll.unregister(self.asked[0])
            self.asked = None

    def kill(self, job, reason):
        job.killed = job.killed or reason
        self.channel.send(json.dumps({"kill": job.number}).encode())
        if self.fresh_uid:
            self.channel.send(json.dumps({"sweep": job.uid}).encode())

    def clean_up(self, jobs, harvest=None):
        """Ends what outlived the jobs and empties their folders. True when nothing is left for certain.

        harvest: called when every process is gone and before the folders are.
        """
        clean = True
        for job in jobs:
            clean = self._end_leftovers(job) and clean
        if harvest is not None and clean:
            harvest()
        for job in jobs:
            clean = remove(job.folder) and clean
            self.jobs.pop(job.number, None)
        if not self.shared_host:
            for folder in SHARED_FOLDERS:
                clean = empty(folder, self.kept) and clean
        return clean

    def pump(self, timeout_s):
        """Takes in what the zygote tells, for those who wait for something else."""
        self._receive(timeout_s)

    def oom_kills(self):
        return proc.oom_kills(self.oom_file) or 0 if self.oom_file else 0

    def _process_limit(self, processes):
        """What RLIMIT_NPROC must be: it counts per user, and since Linux 5.14 per user and user namespace."""
        if self.fresh_uid:
            return processes
        if not self.own_namespace or not counts_by_namespace():
            return None
        return processes + 2 + len(self.jobs)

    def _fresh(self):
        self.next_uid += 1
        if self.next_uid >= self.last_uid:
            self.next_uid = uid_range()[0]
        return self.next_uid

    def _receive(self, timeout_s):
        for descriptor, _ in self.poll.poll(timeout_s * 1000 + 0.5):
            if self.asked is not None and descriptor == self.asked[0]:
                answer = self.asked[1]
                self._stop_asking()
                answer()
                continue
            if descriptor != self.channel.fileno():
                # The host went away: nobody is left to answer.
                self.end()
                os._exit(0)
            data = self.channel.recv(1 << 16)
            if not data:
                raise SlotBroken("the zygote ended")
            message = json.loads(data)
            if "ended" in message and message["ended"] in self.jobs:
                self.jobs[message["ended"]].ended = message
            elif "started" in message and message["started"] in self.jobs:
                self.jobs[message["started"]].pid = message["pid"]
            elif "failed" in message and message["failed"] in self.jobs:
                self.jobs[message["failed"]].failed = message["reason"]

    def end(self):
        """Ends every process of the slot that a dying PID 1 would not end by itself."""
        for job in self.jobs.values():
            if job.ended is None:
                try:
                    self.kill(job, "end")
                except OSError:
                    pass
        if not self.own_namespace:
            deadline = time.monotonic() + 0.5
            while time.monotonic() < deadline and any(job.ended is None for job in self.jobs.values()):
                try:
                    data = self.channel.recv(1 << 16, socket.MSG_DONTWAIT)
                    message = json.loads(data) if data else {}
                    if message.get("ended") in self.jobs:
                        self.jobs[message["ended"]].ended = message
                except (BlockingIOError, ValueError):
                    time.sleep(0.005)
                except OSError:
                    break

    def _end_leftovers(self, job):
        if not self._left(job):
            return True
        if not self.fresh_uid:
            return False
        deadline = time.monotonic() + SWEEP_S
        while time.monotonic() < deadline:
            self.channel.send(json.dumps({"sweep": job.uid}).encode())
            self._receive(0.05)
            for _ in range(10):
                self._reap()
                if not self._left(job):
                    return True
                time.sleep(0.001)
        return False

    def _left(self, job):
        if self.own_namespace:
            self._reap()
            others = [pid for pid in pids() if pid not in (1, self.zygote_pid)]
            # A second job of the same program (tests beside the candidate) is not a leftover of this one.
            if not others:
                return False
            if not self.fresh_uid:
                return True
            return any(uid_of(pid) in (job.uid, None) for pid in others)
        return any(uid_of(pid) == job.uid for pid in pids()) if self.fresh_uid else False

    def _reap(self):
        """Orphans come to PID 1. The zygote's own end is seen on its channel."""
        if not self.own_namespace:
            return
        try:
            # So many at a time: a program may make them faster than they can be taken in.
            for _ in range(MOST_ORPHANS):
                if os.waitpid(-1, os.WNOHANG)[0] == 0:
                    return
        except ChildProcessError:
            pass

    def _check_usage(self):
        """Kills what has gone beyond a limit with all its processes, also jobs that nobody waits for now."""
        if not self.fresh_uid and not self.own_namespace:
            return  # this machine's other processes have the same user
        running = [job for job in self.jobs.values() if job.ended is None and job.failed is None and job.killed is None]
        for job, reason in self.watch.beyond(running):
            self.kill(job, reason)


def memfd(name, data=b""):
    descriptor = os.memfd_create(name)
    # Not every kernel keeps a user from /proc/PID/fd of another (gVisor's does not).
    os.fchmod(descriptor, 0o600)
    if data:
        records.write(descriptor, data)
    return descriptor


def packed(payload):
    """A payload as a role reads it."""
    return marshal.dumps(payload)


def exit_of(job):
    """(exit code, signal name) of an ended job."""
    status = job.ended["status"]
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        try:
            return None, signal.Signals(number).name
        except ValueError:
            return None, "SIG%d" % number
    return os.WEXITSTATUS(status), None
