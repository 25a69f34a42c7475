/** Programs that multiply, outlive themselves, or reach for other processes. */
import { type Hostile, program, shortWall } from './row.js'

/** It keeps no limit on processes (https://github.com/google/gvisor/issues/169): the agent ends a program that has too many. */
const watched = {
  because: 'gVisor has no RLIMIT_NPROC',
  expected: { status: 'runtime_error', error: /^had more processes than \d+$/ },
} as const

export const processes: readonly Hostile[] = [
  {
    row: 1,
    name: 'a fork bomb',
    limits: shortWall,
    code: program`
      import os
      while True:
        try: os.fork()
        except OSError: pass
    `,
    expected: { status: 'time_limit' },
    gvisor: watched,
  },
  {
    row: 1,
    name: 'two hundred children get no more than the process limit',
    limits: { processes: 8 },
    code: program`
      import os, time
      n = 0
      for _ in range(200):
        try:
          if os.fork() == 0: time.sleep(30); os._exit(0)
          n += 1
        except OSError: pass
      print(n)
    `,
    expected: { status: 'ok', stdout: '7\n' },
    gvisor: watched,
  },
  {
    row: 1,
    name: 'threads count as processes',
    limits: { processes: 8 },
    code: program`
      import threading, time
      for n in range(50): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
    `,
    expected: { status: 'runtime_error', stderr: /can't start new thread/ },
    gvisor: watched,
  },
  {
    row: 1,
    name: 'threads that need hardly any memory count as well',
    limits: { ...shortWall, processes: 8 },
    code: program`
      import threading, time
      threading.stack_size(32768)
      for n in range(300): threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
      time.sleep(30)
    `,
    expected: { status: 'runtime_error', stderr: /can't start new thread/ },
    gvisor: watched,
  },
  {
    row: 12,
    name: 'a daemon by double fork, which would write later',
    code: program`
      import os, time
      if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
          time.sleep(1)
          open("/tmp/late", "w").write("x")
          os._exit(0)
        os._exit(0)
      print("parent")
    `,
    expected: { status: 'ok', stdout: 'parent\n' },
  },
  {
    row: 12,
    name: 'a daemon that forks itself on and on, away from whoever kills it',
    code: program`
      import os, signal
      for n in range(1, 65):
        try: signal.signal(n, signal.SIG_IGN)
        except (OSError, ValueError): pass
      if os.fork() == 0:
        os.setsid()
        while True:
          try:
            if os.fork() != 0: os._exit(0)
          except OSError: pass
      print("parent")
    `,
    expected: { status: 'ok', stdout: 'parent\n' },
  },
  {
    row: 13,
    name: 'a child that keeps stdout open',
    code: program`
      import os, time
      if os.fork() == 0:
        time.sleep(30)
      else: print("done")
    `,
    expected: { status: 'ok', stdout: 'done\n' },
  },
  {
    row: 14,
    name: 'kill(-1) reaches only its own',
    ownUser: true,
    code: program`
      import os
      try: os.kill(-1, 9)
      except ProcessLookupError: pass
      print("alive")
    `,
    expected: { status: 'ok', stdout: 'alive\n' },
  },
  {
    row: 15,
    name: 'the parent and the first process cannot be killed or stopped',
    ownUser: true,
    code: program`
      import os, signal
      for pid in (os.getppid(), 1):
        for sig in (9, signal.SIGSTOP):
          try: os.kill(pid, sig); print("sent")
          except OSError: print("refused")
    `,
    expected: { status: 'ok', stdout: 'refused\n'.repeat(4) },
  },
  {
    row: 15,
    name: 'killing its own group',
    code: 'import os\nos.kill(0, 9)',
    expected: { status: 'runtime_error', signal: 'SIGKILL' },
  },
  {
    row: 16,
    name: 'stopping its own group',
    limits: shortWall,
    code: 'import os, signal\nos.kill(0, signal.SIGSTOP)',
    expected: { status: 'time_limit' },
  },
  {
    row: 16,
    name: 'stopping itself while a child counts on',
    limits: shortWall,
    code: program`
      import os, signal
      if os.fork() == 0:
        while True: pass
      os.kill(os.getpid(), signal.SIGSTOP)
    `,
    expected: { status: 'time_limit' },
  },
  {
    row: 17,
    name: 'no other process can be traced, read or written',
    code: program`
      import ctypes, os, platform
      libc = ctypes.CDLL(None, use_errno=True)
      x86 = platform.machine() == "x86_64"
      buffer = ctypes.create_string_buffer(8)
      vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)
      for pid in (1, os.getppid()):
        if libc.ptrace(16, pid, 0, 0) != -1: print("traced", pid)
        for name, number in (("read", 310 if x86 else 270), ("write", 311 if x86 else 271)):
          if libc.syscall(number, pid, vector, 1, vector, 1, 0) != -1: print(name, pid)
        for file in ("mem", "cwd", "root", "exe"):
          try: open(f"/proc/{pid}/{file}", "r+b"); print(file, pid)
          except OSError: pass
        try:
          for fd in os.listdir(f"/proc/{pid}/fd"):
            try: mine = os.fstat(os.open(f"/proc/{pid}/fd/{fd}", os.O_RDWR)).st_uid == os.getuid()
            except OSError: continue
            print(os.readlink(f"/proc/{pid}/fd/{fd}"), "own" if mine else "not its own")
        except OSError: pass
      child = os.fork()
      if child == 0:
        import time
        time.sleep(30)
      if libc.ptrace(16, child, 0, 0) != -1: print("traced its child")
      os.kill(child, 9)
    `,
    expected: { status: 'ok', stdout: '' },
    gvisor: {
      because: 'gVisor lists what any process has open; opening it needs the rights that the file itself asks for',
      expected: {
        status: 'ok',
        stdout: /^(\/memfd:(stdin|stdout|stderr|results) \(deleted\) own\n|\/dev\/null not its own\n)*$/,
      },
    },
  },
  {
    row: 18,
    name: 'environments and memory of other processes are not readable, and hold nothing',
    code: program`
      import os
      kinds, names = set(), set()
      for p in os.listdir("/proc"):
        if not p.isdigit() or int(p) == os.getpid(): continue
        try:
          names |= {one.split(b"=")[0].decode() for one in open(f"/proc/{p}/environ", "rb").read().split(b"\0") if one}
          kinds.add("environ")
        except OSError: pass
        starts = [0]
        try:
          starts += [int(line.split("-")[0], 16) for line in open(f"/proc/{p}/maps")]
          kinds.add("maps")
        except OSError: pass
        try:
          memory = os.open(f"/proc/{p}/mem", os.O_RDONLY)
          kinds.add("mem")
          for start in starts:
            try: os.pread(memory, 1, start); kinds.add("memory")
            except OSError: pass
        except OSError: pass
      print(sorted(kinds), sorted(names))
    `,
    expected: { status: 'ok', stdout: '[] []\n' },
    gvisor: {
      because: 'gVisor shows environments and memory maps to every user, but no memory',
      expected: { status: 'ok', stdout: "['environ', 'maps'] ['LANG', 'PATH', 'PYTHONHASHSEED']\n" },
    },
  },
  {
    row: 31,
    name: 'SIGSEGV to itself',
    code: 'import os\nos.kill(os.getpid(), 11)',
    expected: { status: 'runtime_error', signal: 'SIGSEGV' },
  },
  {
    row: 31,
    name: 'SIGKILL to itself is its own doing, not a limit',
    code: 'import os\nos.kill(os.getpid(), 9)',
    expected: { status: 'runtime_error', signal: 'SIGKILL' },
  },
  {
    row: 31,
    name: 'ignored SIGCHLD and SIGTERM change nothing',
    code: program`
      import os, signal
      signal.signal(signal.SIGCHLD, signal.SIG_IGN)
      signal.signal(signal.SIGTERM, signal.SIG_IGN)
      if os.fork() == 0: os._exit(0)
      os.kill(os.getpid(), signal.SIGTERM)
      print("on")
    `,
    expected: { status: 'ok', stdout: 'on\n' },
  },
  {
    row: 45,
    name: 'limits and priority cannot be raised',
    code: program`
      import os, resource
      for which in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_AS):
        try: resource.setrlimit(which, (-1, -1)); print("raised", which)
        except (ValueError, OSError): pass
      try: os.nice(-10); print("nice")
      except OSError: pass
      try: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)); print("real time")
      except OSError: pass
      for change in (os.setuid, os.setgid, os.seteuid):
        try: change(0); print("root")
        except OSError: pass
      try: os.setgroups([0]); print("groups")
      except OSError: pass
    `,
    expected: { status: 'ok', stdout: '' },
    gvisor: {
      because: 'gVisor notes a priority and takes no notice of it',
      expected: { status: 'ok', stdout: 'nice\n' },
    },
  },
]
