"""The in-sandbox agent, PID 1 of a slot. Standard library only, Python 3.9 or newer.

One JSON object a line: requests on stdin, replies on stdout, in order. It ends when stdin ends.
Two processes: the zygote, forked before anything was read, makes every program's process; the supervisor (this one)
reads requests, watches, and answers. Payloads reach a program through a memfd, so no other program's code, input or
tests are ever in the memory that a program is a copy of.

It does not protect by itself: namespaces, the read-only root and the system-call filter come from the backend.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    # Whatever else was open where assay was started came along.
    os.closerange(3, 1 + max(int(name) for name in os.listdir("/proc/self/fd")))
    sys.path.insert(0, HERE)
    if "ASSAY_SLOT_FILTER" in os.environ:
        # Where the runtime does not apply the filter that it was given. It stays over the exec below, the variable does not.
        import base64

        from assay_slot import jail

        jail.use_filter(base64.b64decode(os.environ.pop("ASSAY_SLOT_FILTER")))
    # One hash seed for every slot, so that a program which prints a set gives the same verdict each time. -I would
    # ignore the variable; the jail's environment is ours, so -s -S -B are enough.
    if sys.flags.hash_randomization:
        clean = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"}
        for kept in ("LD_LIBRARY_PATH", "ASSAY_SLOT_SCRATCH", "ASSAY_SLOT_SHARED_HOST", "ASSAY_SLOT_TOOLCHAINS"):
            if kept in os.environ:
                clean[kept] = os.environ[kept]
        os.execve(sys.executable, [sys.executable, "-s", "-S", "-B", os.path.join(HERE, "agent.py")], clean)
    from assay_slot import zygote

    # The zygote imports what programs use; this process only needs the supervisor, imported after the fork.
    channel = zygote.start()
    from assay_slot import supervisor

    supervisor.serve(channel)
