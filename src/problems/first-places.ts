/**
 * Where each of millions of texts stood first, in some 30 bytes a text, whatever its length. A text is known by 128 bits
 * of the sha256 of its UTF-16: among a billion texts two share them with a probability of about 1e-21, and nobody can
 * choose two that do. So a repetition is told of no text that is new, without any text being kept.
 */
import { createHash } from 'node:crypto'

const digestWords = 4
/** Words of an entry: those of the digest, the start of its place, the number behind that. */
const words = digestWords + 2
const blockEntries = 1 << 12
/** A place without a number at its end. */
const noNumber = 0xffff_ffff

/** Gives the place where a text was seen before; at the first time undefined, and keeps `where` (`file:12`, `file: row 12`). */
export function firstPlaces(): (text: string, where: string) => string | undefined {
  const entries = entryList()
  const starts = placeStarts()
  /** Open addressing: one more than the number of an entry, 0 where a slot is free. */
  let slots = new Uint32Array(1 << 10)

  /** The slot of the entry with this digest, or the free one where it belongs. */
  const slotOf = (digest: Uint32Array): number => {
    const mask = slots.length - 1
    let slot = (digest[0] ?? 0) & mask
    for (let entry = slots[slot]; entry && !entries.has(entry - 1, digest); entry = slots[slot])
      slot = (slot + 1) & mask
    return slot
  }

  const grow = () => {
    slots = new Uint32Array(slots.length * 2)
    for (let entry = 0; entry < entries.count; entry++) slots[slotOf(entries.at(entry))] = entry + 1
  }

  return (text, where) => {
    const digest = digestOf(text)
    const slot = slotOf(digest)
    const known = slots[slot]
    if (known) return starts.placeOf(entries.at(known - 1))
    entries.add(digest, starts.partsOf(where))
    slots[slot] = entries.count
    if (entries.count * 3 > slots.length * 2) grow()
    return undefined
  }
}

/** UTF-16, in which texts that differ have bytes that differ, also where they hold half a pair. */
function digestOf(text: string): Uint32Array {
  const bytes = createHash('sha256').update(text, 'utf16le').digest()
  return Uint32Array.from({ length: digestWords }, (_, word) => bytes.readUInt32LE(4 * word))
}

/** Entries in blocks that stay where they are: to grow copies nothing. */
function entryList() {
  const blocks: Uint32Array[] = []
  let count = 0
  const at = (entry: number): Uint32Array => {
    const from = (entry % blockEntries) * words
    return (blocks[Math.floor(entry / blockEntries)] ?? new Uint32Array(0)).subarray(from, from + words)
  }
  return {
    get count() {
      return count
    },
    at,
    has: (entry: number, digest: Uint32Array) => {
      const found = at(entry)
      for (let word = 0; word < digestWords; word++) if (found[word] !== digest[word]) return false
      return true
    },
    add(digest: Uint32Array, place: readonly number[]) {
      if (count % blockEntries === 0) blocks.push(new Uint32Array(blockEntries * words))
      at(count++).set([...digest, ...place])
    },
  }
}

/** Places as two numbers: their starts are few, being names of files. */
function placeStarts() {
  const starts: string[] = []
  const numbers = new Map<string, number>()
  const startNumber = (start: string): number => {
    const known = numbers.get(start)
    if (known !== undefined) return known
    numbers.set(start, starts.length)
    return starts.push(start) - 1
  }
  return {
    partsOf(where: string): readonly [start: number, number: number] {
      const number = /(?:0|[1-9]\d{0,8})$/.exec(where)?.[0]
      if (number === undefined) return [startNumber(where), noNumber]
      return [startNumber(where.slice(0, -number.length)), Number(number)]
    },
    placeOf(entry: Uint32Array): string {
      const [start = 0, number = 0] = entry.subarray(digestWords)
      return `${starts[start] ?? ''}${number === noNumber ? '' : number}`
    },
  }
}
