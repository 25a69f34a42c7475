/**
 * The system-call filter of a slot, made from the one table in sandboxes/slot/seccomp.json: Docker's JSON profile and
 * the BPF program that bubblewrap reads. It narrows the kernel's surface; it does not replace namespaces and users.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { packageRoot } from '../base/paths.js'

const numbers = z.strictObject({ x86_64: z.number().int(), arm64: z.number().int().nullable() })
const calls = z.record(z.string(), numbers)
const tableSchema = z.strictObject({
  about: z.string(),
  deny: z.array(z.strictObject({ why: z.string(), calls })),
  missing: z.strictObject({ why: z.string(), calls }),
  clone: z.strictObject({ why: z.string(), call: numbers, deniedFlags: z.record(z.string(), z.number().int()) }),
  mknod: z.strictObject({
    why: z.string(),
    calls: z.record(z.string(), numbers.extend({ modeArgument: z.number().int() })),
    deniedBits: z.record(z.string(), z.number().int()),
  }),
  socket: z.strictObject({ why: z.string(), calls, allowedFamilies: z.record(z.string(), z.number().int()) }),
})

export type Arch = 'x86_64' | 'arm64'

const EPERM = 1
const ENOSYS = 38

const table = () =>
  tableSchema.parse(JSON.parse(readFileSync(path.join(packageRoot, 'sandboxes/slot/seccomp.json'), 'utf8')))

/** The kernel's name for a Node architecture, or undefined where no filter is known. */
export function archOf(nodeArch: string): Arch | undefined {
  return nodeArch === 'x64' ? 'x86_64' : nodeArch === 'arm64' ? 'arm64' : undefined
}

/** Docker's seccomp profile as an object; pass it as `seccomp=<JSON text>` in SecurityOpt. */
export function dockerProfile(): object {
  const { deny, missing, clone, mknod, socket } = table()
  const refuse = (names: string[], errnoRet: number, args: object[] = []) => ({
    names,
    action: 'SCMP_ACT_ERRNO',
    errnoRet,
    args,
  })
  const families = Object.values(socket.allowedFamilies)
  const highest = Math.max(...families)
  const oddFamilies = [...Array(highest).keys()].filter((family) => !families.includes(family))
  const socketNames = Object.keys(socket.calls)
  const argument = (op: string, value: number, valueTwo = 0, index = 0) => [{ index, value, valueTwo, op }]
  return {
    defaultAction: 'SCMP_ACT_ALLOW',
    architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_AARCH64'],
    syscalls: [
      ...deny.map(({ calls: group }) => refuse(Object.keys(group), EPERM)),
      refuse(Object.keys(missing.calls), ENOSYS),
      ...Object.values(clone.deniedFlags).map((flag) =>
        refuse(['clone'], EPERM, argument('SCMP_CMP_MASKED_EQ', flag, flag)),
      ),
      ...Object.entries(mknod.calls).flatMap(([name, { modeArgument }]) =>
        Object.values(mknod.deniedBits).map((bit) =>
          refuse([name], EPERM, argument('SCMP_CMP_MASKED_EQ', bit, bit, modeArgument)),
        ),
      ),
      ...oddFamilies.map((family) => refuse(socketNames, EPERM, argument('SCMP_CMP_EQ', family))),
      refuse(socketNames, EPERM, argument('SCMP_CMP_GT', highest)),
    ],
  }
}

// linux/bpf_common.h, linux/seccomp.h, linux/audit.h
const LOAD = 0x20
const JUMP_EQUAL = 0x15
const JUMP_AT_LEAST = 0x35
const JUMP_ANY_BIT = 0x45
const RETURN = 0x06
const ALLOW = 0x7fff0000
const FAIL = 0x00050000
const OFFSET = { call: 0, arch: 4, firstArgument: 16, argument: 8 }
const AUDIT_ARCH = { x86_64: 0xc000003e, arm64: 0xc00000b7 }
/** Calls of the x32 ABI carry this bit and would pass under their other numbers. */
const X32_BIT = 0x40000000

interface Instruction {
  code: number
  /** Instructions to skip when the test holds, and when not. */
  yes?: number
  no?: number
  value: number
}

/** bubblewrap's filter (`--seccomp FD`): an array of struct sock_filter, little-endian as both machines are. */
export function bpfProgram(arch: Arch): Buffer {
  const { deny, missing, clone, mknod, socket } = table()
  const program: Instruction[] = []
  const load = (offset: number) => program.push({ code: LOAD, value: offset })
  const answer = (value: number) => program.push({ code: RETURN, value })
  const refuseWhen = (code: number, value: number, errno: number) => {
    program.push({ code, value, yes: 0, no: 1 })
    answer(FAIL | errno)
  }
  const refuseCalls = (group: z.infer<typeof calls>, errno: number) => {
    for (const at of Object.values(group)) {
      const number = at[arch]
      if (number !== null) refuseWhen(JUMP_EQUAL, number, errno)
    }
  }
  load(OFFSET.arch)
  program.push({ code: JUMP_EQUAL, value: AUDIT_ARCH[arch], yes: 1, no: 0 })
  answer(FAIL | ENOSYS)
  load(OFFSET.call)
  if (arch === 'x86_64') refuseWhen(JUMP_AT_LEAST, X32_BIT, ENOSYS)
  for (const group of deny) refuseCalls(group.calls, EPERM)
  refuseCalls(missing.calls, ENOSYS)

  const refuseBits = (number: number | null, index: number, bits: Record<string, number>) => {
    if (number === null) return
    program.push({ code: JUMP_EQUAL, value: number, yes: 0, no: 4 })
    load(OFFSET.firstArgument + index * OFFSET.argument)
    refuseWhen(
      JUMP_ANY_BIT,
      Object.values(bits).reduce((all, bit) => all | bit, 0),
      EPERM,
    )
    answer(ALLOW)
  }
  refuseBits(clone.call[arch], 0, clone.deniedFlags)
  for (const call of Object.values(mknod.calls)) refuseBits(call[arch], call.modeArgument, mknod.deniedBits)
  for (const at of Object.values(socket.calls)) {
    const number = at[arch]
    if (number === null) continue
    const families = Object.values(socket.allowedFamilies)
    program.push({ code: JUMP_EQUAL, value: number, yes: 0, no: 2 * families.length + 2 })
    load(OFFSET.firstArgument)
    for (const family of families) {
      program.push({ code: JUMP_EQUAL, value: family, yes: 0, no: 1 })
      answer(ALLOW)
    }
    answer(FAIL | EPERM)
  }
  answer(ALLOW)
  return assemble(program)
}

function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * 8)
  for (const [index, { code, yes = 0, no = 0, value }] of program.entries()) {
    bytes.writeUInt16LE(code, index * 8)
    bytes.writeUInt8(yes, index * 8 + 2)
    bytes.writeUInt8(no, index * 8 + 3)
    bytes.writeUInt32LE(value >>> 0, index * 8 + 4)
  }
  return bytes
}
