import { expect, test } from 'vitest'
import { archOf, bpfProgram, dockerProfile } from '../../src/sandbox/seccomp.js'

const ALLOW = 0x7fff0000
const EPERM = 0x00050001
const ENOSYS = 0x00050026
const AUDIT = { x86_64: 0xc000003e, arm64: 0xc00000b7 } as const

/** What the kernel would answer: a small interpreter of the classic BPF that the filter uses. */
function answer(program: Buffer, arch: number, call: number, ...args: number[]): number {
  let [at, accumulator] = [0, 0]
  for (let steps = 0; steps < 5_000; steps++) {
    const [code, yes, no, value] = [
      program.readUInt16LE(at * 8),
      program.readUInt8(at * 8 + 2),
      program.readUInt8(at * 8 + 3),
      program.readUInt32LE(at * 8 + 4),
    ]
    if (code === 0x06) return value
    if (code === 0x20) {
      accumulator = value === 0 ? call : value === 4 ? arch : (args[(value - 16) / 8] ?? 0)
      at++
      continue
    }
    const holds =
      code === 0x15 ? accumulator === value : code === 0x35 ? accumulator >= value : (accumulator & value) >>> 0 !== 0
    at += 1 + (holds ? yes : no)
  }
  throw new Error('the filter does not end')
}

const rows = {
  x86_64: {
    denied: {
      ptrace: 101,
      process_vm_writev: 311,
      io_uring_setup: 425,
      keyctl: 250,
      bpf: 321,
      mount: 165,
      unshare: 272,
      setns: 308,
      shmget: 29,
    },
    allowed: { read: 0, write: 1, mmap: 9, fork: 57, execve: 59, memfd_create: 319, prctl: 157, setitimer: 38 },
    clone: 56,
    mknodat: 259,
    socket: 41,
  },
  arm64: {
    denied: {
      ptrace: 117,
      process_vm_writev: 271,
      io_uring_setup: 425,
      keyctl: 219,
      bpf: 280,
      mount: 40,
      unshare: 97,
      setns: 268,
      shmget: 194,
    },
    allowed: { read: 63, write: 64, mmap: 222, execve: 221, memfd_create: 279, prctl: 167, setitimer: 103 },
    clone: 220,
    mknodat: 33,
    socket: 198,
  },
} as const

for (const arch of ['x86_64', 'arm64'] as const) {
  const program = bpfProgram(arch)
  const ask = (call: number, ...args: number[]) => answer(program, AUDIT[arch], call, ...args)
  const { denied, allowed, clone, mknodat, socket } = rows[arch]

  test.each(Object.entries(denied))(`${arch}: %s is refused`, (_, number) => expect(ask(number)).toBe(EPERM))
  test.each(Object.entries(allowed))(`${arch}: %s is allowed`, (_, number) => expect(ask(number)).toBe(ALLOW))

  test(`${arch}: clone makes processes and threads, and no namespace`, () => {
    expect(ask(clone, 17)).toBe(ALLOW)
    expect(ask(clone, 0x003d0f00)).toBe(ALLOW)
    for (const bit of [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]) {
      expect(ask(clone, bit | 17)).toBe(EPERM)
    }
  })

  test(`${arch}: clone3 is not there, so that callers use clone`, () => expect(ask(435)).toBe(ENOSYS))

  test(`${arch}: pipes and files can be made by mknod, devices cannot`, () => {
    const made = (mode: number) => ask(mknodat, -100, 0, mode | 0o666, 0x0103)
    expect([0o010000, 0o100000, 0o140000, 0].map(made)).toEqual(Array(4).fill(ALLOW))
    expect([0o020000, 0o060000].map(made)).toEqual([EPERM, EPERM])
  })

  test(`${arch}: only the plain socket families are there`, () => {
    expect([1, 2, 10].map((family) => ask(socket, family))).toEqual([ALLOW, ALLOW, ALLOW])
    expect([0, 3, 16, 17, 38, 40].map((family) => ask(socket, family))).toEqual(Array(6).fill(EPERM))
  })

  test(`${arch}: calls of another machine are refused`, () => expect(answer(program, 0x40000003, 1)).toBe(ENOSYS))
}

test('x86_64: a call under its x32 number is refused', () => {
  expect(answer(bpfProgram('x86_64'), AUDIT.x86_64, 0x40000000 + 101)).toBe(ENOSYS)
})

test('x86_64: the older mknod makes no device either', () => {
  const made = (mode: number) => answer(bpfProgram('x86_64'), AUDIT.x86_64, 133, 0, mode)
  expect([0o010600, 0o020600, 0o060600].map(made)).toEqual([ALLOW, EPERM, EPERM])
})

test('docker’s profile refuses the same calls', () => {
  const { syscalls, defaultAction } = dockerProfile() as {
    defaultAction: string
    syscalls: { names: string[]; action: string; errnoRet: number; args: { op: string; value: number }[] }[]
  }
  expect(defaultAction).toBe('SCMP_ACT_ALLOW')
  const plain = syscalls.filter(({ args }) => args.length === 0)
  const refused = new Set(plain.flatMap(({ names }) => names))
  for (const name of Object.keys(rows.x86_64.denied)) expect(refused).toContain(name)
  expect(plain.find(({ names }) => names.includes('clone3'))?.errnoRet).toBe(38)
  expect(syscalls.filter(({ names }) => names.includes('clone')).length).toBe(7)
  expect(syscalls.filter(({ names }) => names[0]?.startsWith('mknod')).map(({ args }) => args[0])).toEqual([
    { index: 1, value: 0o020000, valueTwo: 0o020000, op: 'SCMP_CMP_MASKED_EQ' },
    { index: 2, value: 0o020000, valueTwo: 0o020000, op: 'SCMP_CMP_MASKED_EQ' },
  ])
  const families = syscalls.filter(({ names }) => names.includes('socket')).map(({ args }) => args[0]!)
  expect(families.filter(({ op }) => op === 'SCMP_CMP_EQ').map(({ value }) => value)).toEqual([0, 3, 4, 5, 6, 7, 8, 9])
  expect(families.find(({ op }) => op === 'SCMP_CMP_GT')?.value).toBe(10)
})

test('a machine without a table has no filter, which the backend says', () => {
  expect(archOf('riscv64')).toBeUndefined()
  expect([archOf('x64'), archOf('arm64')]).toEqual(['x86_64', 'arm64'])
})
