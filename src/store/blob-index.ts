/** Where each blob stands, by the first 128 bits of its sha256: 28 bytes a slot, because a run has hundreds of thousands. */

export interface BlobPlace {
  readonly segment: number
  readonly offset: number
  readonly length: number
}

/** A slot: four words of the key, segment (0: free), offset, length. */
const WORDS = 7
const MAX_LOAD = 0.7

function keyWords(hash: string): [number, number, number, number] {
  const word = (i: number) => Number.parseInt(hash.slice(8 * i, 8 * i + 8), 16)
  return [word(0), word(1), word(2), word(3)]
}

/** An open-addressing hash table over one typed array; keys are only ever added. */
export class BlobIndex {
  #slots = new Uint32Array(1024 * WORDS)
  #capacity = 1024
  #size = 0

  get size(): number {
    return this.#size
  }

  get(hash: string): BlobPlace | undefined {
    const at = this.#find(keyWords(hash))
    const [segment, offset, length] = this.#slots.subarray(at + 4, at + WORDS) as unknown as [number, number, number]
    return segment === 0 ? undefined : { segment, offset, length }
  }

  set(hash: string, { segment, offset, length }: BlobPlace): void {
    if (this.#size >= this.#capacity * MAX_LOAD) this.#grow()
    const key = keyWords(hash)
    const at = this.#find(key)
    if (this.#slots[at + 4] === 0) this.#size++
    this.#slots.set([...key, segment, offset, length], at)
  }

  /** Position of the key's slot, or of the free slot where it belongs. */
  #find(key: readonly [number, number, number, number]): number {
    const slots = this.#slots
    for (let i = key[0] % this.#capacity; ; i = (i + 1) % this.#capacity) {
      const at = i * WORDS
      if (slots[at + 4] === 0) return at
      if (slots[at] === key[0] && slots[at + 1] === key[1] && slots[at + 2] === key[2] && slots[at + 3] === key[3]) {
        return at
      }
    }
  }

  #grow(): void {
    const old = this.#slots
    this.#capacity *= 2
    this.#slots = new Uint32Array(this.#capacity * WORDS)
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 4] === 0) continue
      const slot = old.subarray(at, at + WORDS)
      this.#slots.set(slot, this.#find(slot as unknown as [number, number, number, number]))
    }
  }
}
