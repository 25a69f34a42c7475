/** Programs that print too much, too little, or what looks like somebody else's words. */
import { type Hostile, program, shortWall } from './row.js'

export const output: readonly Hostile[] = [
  {
    row: 4,
    name: '300 KB of output arrive',
    code: 'print("x" * 300_000)',
    expected: { status: 'ok', truncated: false, stdout: `${'x'.repeat(300_000)}\n` },
  },
  {
    row: 4,
    name: '300 KB where 100 KB are allowed: what fits is kept, and it says so',
    limits: { outputBytes: 100_000 },
    code: 'print("x" * 300_000)',
    expected: { status: 'output_limit', truncated: true, stdout: 'x'.repeat(100_000) },
  },
  {
    row: 5,
    name: '50 MB of lines',
    limits: { cpuMs: 8_000 },
    code: 'for n in range(500_000): print("x" * 99)',
    expected: { status: 'output_limit', truncated: true },
  },
  {
    row: 5,
    name: '50 MB on stderr',
    limits: { cpuMs: 8_000 },
    code: 'import sys\nfor n in range(500_000): sys.stderr.write("x" * 99 + "\\n")',
    expected: { status: 'output_limit', truncated: true },
  },
  {
    row: 6,
    name: 'one line of 10 MB',
    code: 'import sys\nsys.stdout.write("x" * 10_000_000)',
    expected: { status: 'output_limit', truncated: true, stdout: 'x'.repeat(1 << 20) },
  },
  {
    row: 7,
    name: 'endless output with SIGXFSZ and SIGPIPE ignored',
    code: program`
      import os, signal
      signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
      signal.signal(signal.SIGPIPE, signal.SIG_IGN)
      while True:
        try: os.write(1, b"x" * 65536)
        except OSError: pass
    `,
    expected: { status: /^(time|output)_limit$/ },
  },
  {
    row: 32,
    name: 'closing every descriptor harms only itself',
    code: 'import os\nos.closerange(0, 1024)',
    expected: { status: /^(runtime_error|ok)$/ },
  },
  {
    row: 32,
    name: 'other files in place of every descriptor harm only itself',
    code: program`
      import os
      null = os.open("/dev/zero", os.O_RDWR)
      for fd in range(64):
        try: os.dup2(null, fd)
        except OSError: pass
    `,
    expected: { status: /^(runtime_error|ok)$/, stdout: '' },
  },
  {
    row: 32,
    name: 'writing into every descriptor harms only itself',
    code: program`
      import os
      for fd in range(3, 64):
        try: os.write(fd, b"\xff\xff\xff\x7f" * 1000)
        except OSError: pass
      print("x")
    `,
    expected: { status: /^(runtime_error|ok)$/ },
  },
  {
    row: 32,
    name: 'emptying and growing every descriptor harms only itself',
    limits: shortWall,
    code: program`
      import os, signal
      signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
      for fd in range(64):
        for size in (0, 1 << 40, 1 << 24):
          try: os.ftruncate(fd, size)
          except OSError: pass
    `,
    expected: { status: /^(runtime_error|output_limit|ok)$/ },
  },
  {
    row: 32,
    name: 'nothing is open in a program but its own streams in memory',
    code: program`
      import os
      for name in os.listdir("/proc/self/fd"):
        try: target = os.readlink("/proc/self/fd/" + name)
        except OSError: continue
        if "memfd:" not in target: print(target)
    `,
    expected: { status: 'ok', stdout: '' },
  },
  {
    row: 33,
    name: 'text like the protocol is plain output',
    code: program`
      import os
      os.write(1, b'{"id":1,"clean":true,"cases":[{"status":"ok"}]}\n')
    `,
    expected: { status: 'ok', stdout: '{"id":1,"clean":true,"cases":[{"status":"ok"}]}\n' },
  },
  {
    row: 36,
    name: 'a forged record of another status is not believed blindly',
    code: program`
      import os, json, struct
      h = json.dumps({"i": 0, "status": "sandbox_error", "exitCode": -5, "cpuMs": -1, "wallMs": "x", "memoryBytes": 1e99, "sizes": [0, 0, 0]}).encode()
      for fd in range(3, 64):
        try: os.write(fd, struct.pack("<I", len(h)) + h)
        except OSError: pass
      os._exit(0)
    `,
    expected: { status: 'runtime_error' },
  },
  {
    row: 38,
    name: 'what is printed at the end keeps its order, and daemon threads are cut',
    code: program`
      import atexit, threading, time
      class Late:
        def __del__(self): print("del")
      atexit.register(print, "first registered")
      atexit.register(print, "last registered")
      threading.Thread(target=lambda: (time.sleep(0.05), print("thread"))).start()
      threading.Thread(target=lambda: (time.sleep(30), print("never")), daemon=True).start()
      late = Late()
      del late
      print("main")
    `,
    expected: { status: 'ok', stdout: 'del\nmain\nthread\nlast registered\nfirst registered\n' },
  },
  {
    row: 42,
    name: 'NUL and bytes that are no UTF-8 are kept',
    code: String.raw`import sys; sys.stdout.buffer.write(b"\x00\xff\xed\xa0\x80\n")`,
    expected: { status: 'ok', stdoutBase64: Buffer.from([0, 0xff, 0xed, 0xa0, 0x80, 0x0a]).toString('base64') },
  },
  {
    row: 42,
    name: 'a lone surrogate cannot be printed, as in the plain interpreter',
    code: String.raw`print("\ud800")`,
    expected: { status: 'runtime_error', error: /UnicodeEncodeError/ },
  },
  {
    row: 42,
    name: 'a returned lone surrogate does not break the reply',
    code: String.raw`def f(): return "\ud800"`,
    cases: [{ call: { function: 'f', args: [] } }],
    expected: { status: 'ok', value: '\ud800' },
  },
  {
    row: 43,
    name: '200 KB of input that nobody reads',
    code: 'print("done")',
    cases: [{ stdin: 'y'.repeat(200_000) }],
    expected: { status: 'ok', stdout: 'done\n' },
  },
  {
    row: 44,
    name: 'reading past the end of the input',
    code: 'input()\ninput()',
    cases: [{ stdin: 'one\n' }],
    expected: { status: 'runtime_error', error: /EOFError/ },
  },
]
