// Reads one member of a zip archive as a stream. Not covered: encryption, archives over 4 GiB, methods but store and deflate.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { PassThrough, pipeline } from 'node:stream'
import { createInflateRaw } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff

/** The bytes of `member`. Throws when the file is no zip archive or has no such member. */
export async function readMember(file, member) {
  const handle = await open(file)
  try {
    const entry = (await directory(handle, file)).find(({ name }) => name === member)
    if (!entry) throw new Error(`${file} has no member ${member}`)
    const local = await read(handle, entry.offset, 30)
    if (local.readUInt32LE(0) !== LOCAL) throw new Error(`${file} is damaged at ${entry.offset}`)
    // Name and extra field may be longer here than in the directory.
    const start = entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28)
    const packed = createReadStream(file, { start, end: start + entry.packedBytes - 1, highWaterMark: 1 << 20 })
    if (entry.method === 0) return packed
    if (entry.method !== 8) throw new Error(`${file}: ${member} is packed by method ${entry.method}`)
    return pipeline(packed, createInflateRaw({ chunkSize: 1 << 18 }), new PassThrough(), () => {})
  } finally {
    await handle.close()
  }
}

async function directory(handle, file) {
  const { size } = await handle.stat()
  const reach = Math.min(size, END_BYTES + LONGEST_COMMENT)
  const end = await read(handle, size - reach, reach)
  let at = end.length - END_BYTES
  while (at >= 0 && end.readUInt32LE(at) !== END) at--
  if (at < 0) throw new Error(`${file} is not a zip archive, or was cut short`)
  const table = await read(handle, end.readUInt32LE(at + 16), end.readUInt32LE(at + 12))
  const entries = []
  for (let i = 0; i + 46 <= table.length && table.readUInt32LE(i) === ENTRY; ) {
    const nameBytes = table.readUInt16LE(i + 28)
    entries.push({
      name: table.toString('utf8', i + 46, i + 46 + nameBytes),
      method: table.readUInt16LE(i + 10),
      packedBytes: table.readUInt32LE(i + 20),
      offset: table.readUInt32LE(i + 42),
    })
    i += 46 + nameBytes + table.readUInt16LE(i + 30) + table.readUInt16LE(i + 32)
  }
  return entries
}

async function read(handle, position, length) {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  if (bytesRead < length) throw new Error('the archive was cut short')
  return buffer
}
