/** Programs that attack the compiler, or what it made. */
import path from 'node:path'
import { packageRoot } from '../../../src/base/paths.js'
import { type Hostile, program } from './row.js'

const refused = { status: 'compile_error' } as const

/** What every attack by a C++ program is followed by. */
export const honestCpp: Hostile = {
  row: 0,
  name: 'a sum',
  language: 'cpp',
  limits: { cpuMs: 2_000, wallMs: 15_000 },
  code: '#include <iostream>\nint main() { long n; std::cin >> n; std::cout << n * (n + 1) / 2 << "\\n"; }\n',
  cases: [{ stdin: '10\n' }, { stdin: '100\n' }],
  expected: { status: 'ok', stdout: '55\n' },
  last: { status: 'ok', stdout: '5050\n' },
}

export const compilers: readonly Hostile[] = [
  {
    row: 50,
    name: 'including a device that never ends',
    language: 'cpp',
    code: '#include </dev/random>\nint main() {}\n',
    expected: refused,
  },
  {
    row: 50,
    name: 'including the compiler’s own input',
    language: 'cpp',
    code: '#include "/dev/stdin"\n#include "/proc/self/fd/0"\nint main() {}\n',
    expected: { status: /^(compile_error|ok)$/ },
  },
  {
    row: 50,
    name: 'including a file of the machine shows nothing of it',
    language: 'cpp',
    code: `#include "${path.join(packageRoot, 'package.json')}"\nint main() {}\n`,
    expected: { ...refused, stderr: /No such file/ },
  },
  {
    row: 50,
    name: 'including passwords shows none',
    language: 'cpp',
    code: '#include "/etc/shadow"\nint main() {}\n',
    expected: { ...refused, stderr: /No such file|[Pp]ermission denied/ },
  },
  {
    row: 50,
    name: 'including itself',
    language: 'cpp',
    code: '#include __FILE__\nint main() {}\n',
    expected: refused,
  },
  {
    row: 50,
    name: 'templates without end',
    language: 'cpp',
    code: 'template <int N> struct A : A<N + 1> {};\nint main() { return A<0>::value; }\n',
    expected: refused,
  },
  {
    row: 50,
    name: 'a loop at compile time',
    language: 'cpp',
    code: 'constexpr int spin() { for (unsigned long n = 0; ; n++) {} return 0; }\nconstexpr int x = spin();\nint main() { return x; }\n',
    expected: refused,
  },
  {
    row: 50,
    name: '10 GB of zeros in the binary’s description',
    language: 'cpp',
    code: '#include <cstdio>\nstatic char big[10ull << 30];\nint main() { for (auto &c : big) c = 1; puts(&big[5]); }\n',
    expected: { status: /^(compile_error|runtime_error|memory_limit)$/ },
  },
  {
    row: 50,
    name: 'a binary that is too large to keep',
    language: 'cpp',
    code: program`
      asm(".data\n.fill 400000000, 1, 7\n");
      int main() {}
    `,
    expected: refused,
  },
  {
    row: 50,
    name: 'assembler that reads files of the machine',
    language: 'cpp',
    code: String.raw`#include <cstdio>
asm(".data\n.global secret\nsecret: .incbin \"/etc/shadow\"\n.byte 0\n");
extern char secret[];
int main() { puts(secret); }
`,
    expected: refused,
  },
  {
    row: 51,
    name: 'the compiled program cannot change itself or see others',
    language: 'cpp',
    code: program`
      #include <cerrno>
      #include <cstdio>
      #include <dirent.h>
      #include <fcntl.h>
      #include <string>
      #include <sys/stat.h>
      #include <unistd.h>
      int main() {
        char self[4096] = {};
        readlink("/proc/self/exe", self, sizeof self - 1);
        std::string own = self, folder = own.substr(0, own.rfind('/')), above = folder.substr(0, folder.rfind('/'));
        if (open(self, O_WRONLY) >= 0 || errno == ETXTBSY) puts("writable");
        if (open("/proc/self/exe", O_RDWR) >= 0) puts("writable through proc");
        if (chmod(self, 0777) == 0) puts("mode changed");
        if (unlink(self) == 0) puts("removed");
        if (rename(self, (own + "x").c_str()) == 0) puts("renamed");
        if (open((folder + "/new").c_str(), O_CREAT | O_WRONLY, 0600) >= 0) puts("file beside it");
        if (opendir(above.c_str())) puts("list of others");
        if (mkdir((above + "/mine").c_str(), 0700) == 0) puts("folder beside the others");
        puts("same");
      }
    `,
    cases: [{}, {}],
    ownUser: true,
    expected: { status: 'ok', stdout: 'same\n' },
    last: { status: 'ok', stdout: 'same\n' },
  },
  {
    row: 51,
    name: 'a compiled program is as contained as any other',
    language: 'cpp',
    limits: { wallMs: 1_500, processes: 4 },
    code: program`
      #include <csignal>
      #include <unistd.h>
      int main() {
        for (int n = 1; n < 65; n++) signal(n, SIG_IGN);
        setsid();
        for (;;) fork();
      }
    `,
    expected: { status: 'time_limit' },
    gvisor: {
      because: 'gVisor has no RLIMIT_NPROC',
      expected: { status: 'runtime_error', error: /^had more processes than 4$/ },
    },
  },
  {
    row: 51,
    name: 'code that runs while it is compiled puts a link in place of its folder',
    language: 'nim',
    code: `const told = staticExec("d=$(pwd -P); while [ $(dirname $d) != /tmp ]; do d=$(dirname $d); done; ls /tmp/built; mv $d /tmp/moved; ln -s /tmp/built $d; echo done")
echo told
`,
    ownUser: true,
    expected: { status: 'compile_error' },
  },
  {
    row: 32,
    name: 'nothing of the agent is open in a program',
    language: 'cpp',
    code: program`
      #include <cstdio>
      #include <fcntl.h>
      int main() {
        for (int fd = 0; fd < 1024; fd++) if (fcntl(fd, F_GETFD) != -1) printf("%d ", fd);
      }
    `,
    expected: { status: 'ok', stdout: '0 1 2 ' },
  },
  {
    row: 50,
    name: 'a text that our own reading would take minutes for',
    language: 'javascript',
    code: '/* '.repeat(66_000),
    expected: { status: 'compile_error' },
  },
]
