/** Programs that read what is not theirs, write where they should not, or leave something behind. */
import path from 'node:path'
import { packageRoot } from '../../../src/base/paths.js'
import { type Hostile, program } from './row.js'

const room = { cpuMs: 3_000, wallMs: 15_000 }

export const files: readonly Hostile[] = [
  {
    row: 19,
    name: 'passwords and homes are not there',
    code: program`
      import os
      for f in ("/etc/shadow", "/root", "/home/user", "/etc/hostname"):
        try:
          print(len(os.listdir(f)) if os.path.isdir(f) else open(f).read())
        except OSError: print("no")
    `,
    expected: { status: 'ok', stdout: /^(no\n){3}/ },
  },
  {
    row: 19,
    name: 'this checkout and the rest of the machine are not there',
    code: `import os\nfor name in ${JSON.stringify([path.join(packageRoot, 'package.json'), packageRoot, '/home', '/srv', '/mnt', '/media', '/boot', '/var/lib/docker', '/var/log', '/var/run/docker.sock'])}:
  try:
    if not os.path.isdir(name) and os.path.exists(name) or os.path.isdir(name) and os.listdir(name): print(name)
  except OSError: pass
`,
    expected: { status: 'ok', stdout: /^(\/var\/log\n)?$/ },
  },
  {
    row: 20,
    name: 'the tests lie nowhere that the program can read',
    code: program`
      import gc, os, sys
      def found():
        marker, hits = "MARKER_OF_THE" + "_TESTS", []
        for folder, _, names in os.walk("/tmp"):
          for name in names:
            try: hits += [name] if marker in open(os.path.join(folder, name), errors="replace").read() else []
            except OSError: pass
        for fd in range(64):
          try: hits += [fd] if marker.encode() in os.pread(fd, 1 << 20, 0) else []
          except OSError: pass
        for pid in filter(str.isdigit, os.listdir("/proc")):
          try: names = os.listdir(f"/proc/{pid}/fd")
          except OSError: names = []
          for name in names if int(pid) != os.getpid() else []:
            try: hits += [name] if marker.encode() in os.pread(os.open(f"/proc/{pid}/fd/{name}", os.O_RDWR), 1 << 20, 0) else []
            except OSError: pass
        hits += [1 for o in gc.get_objects() if isinstance(o, (dict, list)) and marker in repr(o)[:100000]]
        frame = sys._getframe()
        while frame:
          hits += [name for name in frame.f_locals if name in ("tests", "expected")]
          frame = frame.f_back
        return len(hits)
    `,
    limits: { cpuMs: 5_000, memoryBytes: 256 << 20 },
    tests: { code: '"MARKER_OF_THE_TESTS"\nassert found() == 0' },
    expectedTests: { failed: [], isolation: 'separate' },
  },
  {
    row: 21,
    name: 'the folder of the tests beside it cannot be entered, nor what they have open be read',
    code: program`
      import os, stat
      def seen():
        own, hits = os.path.basename(os.getcwd()), []
        for name in os.listdir("/tmp"):
          if name == own: continue
          for attempt in (os.listdir, os.chdir, os.rmdir, lambda p: os.rename(p, "/tmp/mine")):
            try: attempt("/tmp/" + name); hits.append(name)
            except OSError: pass
        for pid in filter(str.isdigit, os.listdir("/proc")):
          try: names = os.listdir(f"/proc/{pid}/fd")
          except OSError: continue
          for name in names:
            try: found = os.fstat(os.open(f"/proc/{pid}/fd/{name}", os.O_RDONLY))
            except OSError: continue
            if stat.S_ISREG(found.st_mode) and found.st_uid != os.getuid() and found.st_dev != os.stat("/proc").st_dev: hits.append(name)
        return hits
    `,
    tests: { code: 'kept = open("secret", "w")\nkept.write("x")\nassert seen() == []' },
    ownUser: true,
    expectedTests: { failed: [] },
  },
  {
    row: 22,
    name: 'the system is read-only',
    code: program`
      import os
      for f in ("/usr/x", "/x", "/etc/x", "/opt/assay/x", "/run/x", "/dev/x", "/var/x", "/home/x", "/proc/sys/kernel/core_pattern", "/proc/1/oom_score_adj", "/sys/fs/cgroup/x"):
        try: open(f, "w"); print("wrote", f)
        except OSError: pass
      for f in ("/opt/assay/agent.py", "/opt/assay/slot/agent.py", os.path.realpath("/proc/self/exe")):
        for attempt in (lambda p: open(p, "r+b"), os.unlink, lambda p: os.chmod(p, 0o777), lambda p: os.rename(p, p + "x")):
          try: attempt(f); print("changed", f)
          except OSError: pass
    `,
    expected: { status: 'ok', stdout: '' },
  },
  {
    row: 23,
    name: 'a file larger than the limit',
    code: program`
      with open("big", "wb") as f:
        for _ in range(600): f.write(b"x" * (1 << 20))
    `,
    expected: { status: /^(runtime_error|output_limit)$/ },
  },
  {
    row: 23,
    name: 'files that together fill the folder',
    limits: { ...room, memoryBytes: 1 << 30 },
    code: program`
      block, count = b"x" * (15 << 20), 0
      while count < 200:
        with open(f"part{count}", "wb") as f: f.write(block)
        count += 1
    `,
    expected: { status: /^(runtime_error|memory_limit|output_limit)$/ },
  },
  {
    row: 24,
    name: 'a million empty files',
    limits: room,
    code: program`
      import os
      for n in range(10 ** 6): os.close(os.open(str(n), os.O_CREAT))
    `,
    expected: { status: /^(runtime_error|time_limit|output_limit)$/ },
  },
  {
    row: 24,
    name: 'folders nested deeper than a path is long',
    code: program`
      import os
      try:
        while True:
          os.mkdir("d" * 200)
          os.chdir("d" * 200)
      except OSError: pass
    `,
    expected: { status: /^(time_limit|output_limit|ok)$/ },
  },
  {
    row: 25,
    name: 'filling /dev/shm',
    limits: { ...room, memoryBytes: 1 << 30 },
    code: program`
      block, count = b"x" * (15 << 20), 0
      while count < 200:
        with open(f"/dev/shm/part{count}", "wb") as f: f.write(block)
        count += 1
    `,
    expected: { status: /^(runtime_error|memory_limit)$/ },
  },
  {
    row: 25,
    name: 'files left in the shared folders are gone afterwards',
    code: program`
      import os
      for folder in ("/tmp", "/dev/shm", "/var/tmp", "/dev/mqueue"):
        try:
          os.makedirs(folder + "/deep/" * 3, exist_ok=True)
          open(folder + "/left", "w").write("x")
        except OSError: pass
      print("ok")
    `,
    expected: { status: 'ok', stdout: 'ok\n' },
  },
  {
    row: 25,
    name: 'named semaphores and shared memory work, and are gone afterwards',
    limits: room,
    code: program`
      import multiprocessing, os
      from multiprocessing import shared_memory
      lock, block = multiprocessing.Lock(), shared_memory.SharedMemory(create=True, size=1000)
      if os.fork() == 0:
        with lock: block.buf[0] = 7
        os._exit(0)
      os.wait()
      with lock: print(block.buf[0], flush=True)
      os._exit(0)
    `,
    expected: { status: 'ok', stdout: '7\n' },
  },
  {
    row: 29,
    name: 'links to the system are removed, not what they point to',
    code: program`
      import os
      own = os.getcwd()
      for name, target in (("a", "/opt"), ("b", "/usr/bin"), ("c", "/proc/1/root"), ("d", "/tmp"), ("e", "..")):
        os.symlink(target, name)
      for target in ("/etc/passwd", "/usr/bin/env", "/proc/self/exe"):
        try: os.link(target, "hard"); print("linked", target)
        except OSError: pass
      os.rename(own, "/tmp/moved")
      os.symlink("/opt", own)
      print("done")
    `,
    expected: { status: 'ok', stdout: 'done\n' },
  },
  {
    row: 30,
    name: 'pipes, sockets and links to devices in place of files are not opened',
    code: program`
      import os, socket
      for name in ("solution.py", "results", "stdout", "records.py"):
        os.mkfifo(name)
      os.symlink("/dev/zero", "stdin")
      socket.socket(socket.AF_UNIX).bind("socket")
      for kind in (0o020000, 0o060000):
        try: os.mknod("device", kind | 0o666, os.makedev(1, 1)); print("device")
        except OSError: pass
      os.mkdir("closed", 0)
      raise ValueError("with a traceback that names solution.py")
    `,
    expected: { status: 'runtime_error', error: /ValueError/, stdout: '' },
  },
]
