/** Programs that attack: what each tries, and how it must end. After every one an honest program runs in the same slot. */
import type { ExecCaseResult, ExecRequest } from '../../src/schemas/exec.js'

const shortWall = { wallMs: 1_500 }

export interface Hostile {
  readonly name: string
  readonly code: string
  readonly cases?: ExecRequest['cases']
  readonly limits?: ExecRequest['limits']
  /** Needs a user of its own for each program: without root, the agent shares the program's and dies with it (sandbox_error). */
  readonly ownUser?: true
  /** Of the first case. */
  readonly expected: Partial<Record<keyof ExecCaseResult, unknown>>
  /** Of the last case, when it must be something. */
  readonly last?: Partial<ExecCaseResult>
}

export const hostile: readonly Hostile[] = [
  {
    name: 'a fork bomb',
    limits: shortWall,
    code: 'import os\nwhile True:\n  try: os.fork()\n  except OSError: pass',
    expected: { status: 'time_limit' },
  },
  {
    name: 'two hundred children get no more than the process limit',
    code: 'import os, time\nn = 0\nfor _ in range(200):\n  try:\n    if os.fork() == 0: time.sleep(30); os._exit(0)\n    n += 1\n  except OSError: pass\nprint(n)',
    limits: { processes: 8 },
    expected: { status: 'ok', stdout: '7\n' },
  },
  {
    name: 'a daemon by double fork, which would write later',
    code: 'import os, time\nif os.fork() == 0:\n  os.setsid()\n  if os.fork() == 0:\n    time.sleep(1)\n    open("/tmp/late", "w").write("x")\n    os._exit(0)\n  os._exit(0)\nprint("parent")',
    expected: { status: 'ok', stdout: 'parent\n' },
  },
  {
    name: 'a child that keeps stdout open',
    code: 'import os, time\nif os.fork() == 0:\n  time.sleep(30)\nelse: print("done")',
    expected: { status: 'ok', stdout: 'done\n' },
  },
  {
    name: 'kill(-1) reaches only its own',
    ownUser: true,
    code: 'import os\nos.kill(-1, 9)\nprint("alive")',
    expected: { status: 'ok', stdout: 'alive\n' },
  },
  {
    name: 'the parent and the first process cannot be killed or stopped',
    ownUser: true,
    code: 'import os, signal\nfor pid in (os.getppid(), 1):\n  for sig in (9, signal.SIGSTOP):\n    try: os.kill(pid, sig); print("sent")\n    except OSError: print("refused")',
    expected: { status: 'ok', stdout: 'refused\n'.repeat(4) },
  },
  {
    name: 'stopping its own group',
    limits: shortWall,
    code: 'import os, signal\nos.kill(0, signal.SIGSTOP)',
    expected: { status: 'time_limit' },
  },
  {
    name: 'children that together fill memory',
    code: 'import os, time\nfor _ in range(6):\n  if os.fork() == 0:\n    x = bytearray(100 << 20)\n    for i in range(0, len(x), 4096): x[i] = 1\n    time.sleep(30)\ntime.sleep(30)',
    limits: { memoryBytes: 200 << 20, wallMs: 8000, cpuMs: 4000 },
    expected: { status: 'memory_limit' },
  },
  {
    name: 'environments of other processes are not readable, and hold nothing',
    code: 'import os\nseen = 0\nfor p in os.listdir("/proc"):\n  if p.isdigit() and int(p) != os.getpid():\n    for f in ("environ", "mem", "maps"):\n      try: open(f"/proc/{p}/{f}", "rb").read(1); seen += 1\n      except OSError: pass\nprint(seen, "HOME_MARKER" in os.environ)',
    expected: { status: 'ok', stdout: '0 False\n' },
  },
  {
    name: 'passwords and homes are not there',
    code: 'import os\nfor f in ("/etc/shadow", "/root", "/home/user", "/etc/hostname"):\n  try:\n    print(len(os.listdir(f)) if os.path.isdir(f) else open(f).read())\n  except OSError: print("no")',
    expected: { status: 'ok', stdout: /^(no\n){3}/ },
  },
  {
    name: 'the system is read-only',
    code: 'import os\nfor f in ("/usr/x", "/x", "/etc/x", "/opt/assay/x", "/proc/sys/kernel/core_pattern"):\n  try: open(f, "w"); print("wrote", f)\n  except OSError: pass',
    expected: { status: 'ok', stdout: '' },
  },
  {
    name: 'there is no network',
    code: 'import socket\nfor host in ("1.1.1.1", "169.254.169.254"):\n  s = socket.socket(); s.settimeout(1)\n  try: s.connect((host, 80)); print("connected")\n  except OSError: print("no")',
    expected: { status: 'ok', stdout: 'no\nno\n' },
  },
  {
    name: 'odd sockets, namespaces and kernel calls are refused',
    code: 'import ctypes, socket\nlibc = ctypes.CDLL(None, use_errno=True)\nfor family, kind in ((16, 3), (17, 3), (38, 5), (40, 1)):\n  try: socket.socket(family, kind); print("socket", family)\n  except OSError: pass\nimport platform\nx86 = platform.machine() == "x86_64"\ncalls = {"unshare": (272 if x86 else 97, 0x10000000), "ptrace": (101 if x86 else 117, 0), "io_uring_setup": (425, 1), "keyctl": (250 if x86 else 219, 0), "bpf": (321 if x86 else 280, 0), "userfaultfd": (323 if x86 else 282, 0), "perf_event_open": (298 if x86 else 241, 0), "mount": (165 if x86 else 40, 0)}\nfor name, (number, arg) in calls.items():\n  if libc.syscall(number, arg, 0, 0, 0, 0) != -1 or ctypes.get_errno() != 1: print(name, ctypes.get_errno())\nif libc.syscall(56 if x86 else 220, 0x10000000 | 17, 0, 0, 0, 0) != -1 or ctypes.get_errno() != 1: print("clone")\nif libc.syscall(435, 0, 0) != -1 or ctypes.get_errno() != 38: print("clone3", ctypes.get_errno())',
    expected: { status: 'ok', stdout: '' },
  },
  {
    name: 'limits and priority cannot be raised',
    code: 'import os, resource\nfor which in (resource.RLIMIT_NPROC, resource.RLIMIT_FSIZE, resource.RLIMIT_CPU, resource.RLIMIT_AS):\n  try: resource.setrlimit(which, (-1, -1)); print("raised", which)\n  except (ValueError, OSError): pass\ntry: os.nice(-10); print("nice")\nexcept OSError: pass\ntry: os.setuid(0); print("root")\nexcept OSError: pass',
    expected: { status: 'ok', stdout: '' },
  },
  {
    name: 'time limits cannot be switched off',
    limits: shortWall,
    code: 'import signal\nsignal.setitimer(signal.ITIMER_PROF, 0)\nfor n in range(1, 65):\n  try: signal.signal(n, signal.SIG_IGN)\n  except (OSError, ValueError): pass\nwhile True: pass',
    expected: { status: 'time_limit' },
  },
  {
    name: 'a loop inside one C call',
    code: 'sum(range(10 ** 12))',
    expected: { status: 'time_limit' },
  },
  {
    name: 'an early exit with code 0 returns no value',
    code: 'import os\ndef add(a, b): os._exit(0)',
    cases: [{ call: { function: 'add', args: [1, 2] } }],
    expected: { status: 'runtime_error', value: undefined },
  },
  {
    name: 'an exit while it is loaded returns no value',
    code: 'import sys\nsys.exit(0)',
    cases: [{ call: { function: 'add', args: [1, 2] } }],
    expected: { status: 'runtime_error', value: undefined },
  },
  {
    name: 'an object that equals everything cannot cross',
    code: 'class A(int):\n  def __eq__(self, other): return True\n  __hash__ = int.__hash__\ndef add(a, b): return A(7)',
    cases: [{ call: { function: 'add', args: [1, 2] } }],
    expected: { status: 'runtime_error', value: undefined, error: /cannot cross/ },
  },
  {
    name: 'text like the protocol is plain output',
    code: 'import os\nos.write(1, b\'{"id":1,"clean":true,"cases":[{"status":"ok"}]}\\n\')',
    expected: { status: 'ok', stdout: '{"id":1,"clean":true,"cases":[{"status":"ok"}]}\n' },
  },
  {
    name: 'closing every descriptor harms only itself',
    code: 'import os\nos.closerange(0, 1024)',
    expected: { status: /^(runtime_error|ok)$/ },
  },
  {
    name: 'writing into every descriptor harms only itself',
    code: 'import os\nfor fd in range(3, 64):\n  try: os.write(fd, b"\\xff\\xff\\xff\\x7f" * 1000)\n  except OSError: pass\nprint("x")',
    expected: { status: /^(runtime_error|ok)$/ },
  },
  {
    name: 'a forged record of another status is not believed blindly',
    code: 'import os, json, struct\nh = json.dumps({"i": 0, "status": "sandbox_error", "exitCode": -5, "cpuMs": -1, "wallMs": "x", "memoryBytes": 1e99, "sizes": [0, 0, 0]}).encode()\nfor fd in range(3, 64):\n  try: os.write(fd, struct.pack("<I", len(h)) + h)\n  except OSError: pass\nos._exit(0)',
    expected: { status: 'runtime_error' },
  },
  {
    name: 'a file larger than the limit',
    code: 'with open("big", "wb") as f:\n  for _ in range(600): f.write(b"x" * (1 << 20))',
    expected: { status: /^(runtime_error|output_limit)$/ },
  },
  {
    name: 'files left in the shared temporary folder are gone afterwards',
    code: 'import os\nfor folder in ("/tmp", "/dev/shm", "/var/tmp"):\n  try:\n    os.makedirs(folder + "/deep/" * 3, exist_ok=True); open(folder + "/left", "w").write("x")\n  except OSError: pass\nprint("ok")',
    expected: { status: 'ok', stdout: 'ok\n' },
  },
  {
    name: 'recursion that overflows the C stack',
    code: 'import sys\nsys.setrecursionlimit(10 ** 9)\nclass A:\n  def __getattr__(self, name): return getattr(self, name + "x")\nA().a',
    limits: { cpuMs: 3000, wallMs: 6000 },
    expected: { status: /^(runtime_error|memory_limit|time_limit)$/ },
  },
  {
    name: 'a thread that never ends',
    limits: shortWall,
    code: 'import threading, time\nthreading.Thread(target=lambda: time.sleep(60)).start()\nprint("main ends")',
    expected: { status: 'time_limit' },
  },
  {
    name: 'changes to builtins and streams in one case do not last',
    code: 'import builtins, sys\nline = input()\nif line == "1":\n  builtins.print = None\n  sys.stdout = None\n  sys.exit(0)\nprint(line) if builtins.print else sys.exit(9)',
    cases: [{ stdin: '1' }, { stdin: '2' }],
    expected: { status: 'ok' },
    last: { status: 'ok', stdout: '2\n' },
  },
  {
    name: 'a search through the interpreter finds no other program',
    code: 'import gc, sys\ntexts = [o for o in gc.get_objects() if isinstance(o, (dict, list)) and "SECRET" + "_MARKER" in repr(o)[:100000]]\nframe, found = sys._getframe(), 0\nwhile frame:\n  found += "expected" in frame.f_locals\n  frame = frame.f_back\nprint(len(texts), found)',
    limits: { cpuMs: 5000, wallMs: 10_000, memoryBytes: 256 << 20 },
    expected: { status: 'ok', stdout: '0 0\n' },
  },
]
