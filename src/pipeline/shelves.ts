/** The problems that may still be drawn, by topic and level, in a seeded order; and what is known of each. */
import { rng } from '../base/rng.js'
import type { Tried } from '../schemas/curriculum.js'
import { type Problem, topicOf } from '../schemas/problem.js'

interface Item {
  readonly problem: Problem
  tried: Tried
  drawn: number
  /** Draws whose outcome is not known yet. */
  open: number
  /** Place in the order: each goes to the end when it is drawn. */
  place: number
}

const untried: Tried = { attempts: 0, passes: 0 }
const keyOf = ({ attempts, passes }: Tried) => `${passes}/${attempts}`

/** First in, first out, without moving what is left. */
class Queue {
  readonly #items: Item[]
  #head = 0

  constructor(items: Item[] = []) {
    this.#items = items
  }

  get first(): Item | undefined {
    return this.#items[this.#head]
  }

  push(item: Item): void {
    this.#items.push(item)
  }

  shift(): Item | undefined {
    const item = this.#items[this.#head]
    if (item) this.#head++
    if (this.#head > 1000 && this.#head * 2 > this.#items.length) {
      this.#items.splice(0, this.#head)
      this.#head = 0
    }
    return item
  }
}

class Shelf {
  /** Problems at rest, by what is known of them. */
  readonly #resting: Map<string, Queue>
  /** Problems that are out and may be drawn once more. */
  readonly #out = new Set<Item>()
  readonly #rounds: number
  #places: number

  constructor(problems: readonly Problem[], rounds: number) {
    const items = problems.map((problem, place): Item => ({ problem, tried: untried, drawn: 0, open: 0, place }))
    this.#resting = new Map([[keyOf(untried), new Queue(items)]])
    this.#rounds = rounds
    this.#places = items.length
  }

  /** What is known of those that may be drawn, each record once, in the order in which they come. */
  get records(): readonly Tried[] {
    const heads = [...this.#resting.values()].flatMap(({ first }) => first ?? [])
    if (heads.length > 0) return heads.sort((a, b) => a.place - b.place).map(({ tried }) => tried)
    return [...new Map([...this.#out].map(({ tried }) => [keyOf(tried), tried])).values()]
  }

  /** The next one with this record; the next one of all where none has it. One that is out only where all are. */
  take(tried: Tried | undefined): Item | undefined {
    const item = this.#rested(tried) ?? this.#called(tried)
    if (!item) return undefined
    item.drawn++
    item.open++
    item.place = this.#places++
    this.#out.delete(item)
    if (item.drawn < this.#rounds) this.#out.add(item)
    return item
  }

  settled(item: Item, { attempts, passes }: Tried): void {
    item.open--
    item.tried = { attempts: item.tried.attempts + attempts, passes: item.tried.passes + passes }
    if (item.open > 0 || !this.#out.delete(item)) return
    const key = keyOf(item.tried)
    const queue = this.#resting.get(key) ?? new Queue()
    queue.push(item)
    this.#resting.set(key, queue)
  }

  #rested(tried: Tried | undefined): Item | undefined {
    const wanted = tried && this.#resting.get(keyOf(tried))
    const queue = wanted?.first ? wanted : this.#next()
    const item = queue?.shift()
    for (const [key, one] of this.#resting) if (!one.first) this.#resting.delete(key)
    return item
  }

  #next(): Queue | undefined {
    let next: Queue | undefined
    for (const queue of this.#resting.values())
      if (queue.first && queue.first.place < (next?.first?.place ?? Number.POSITIVE_INFINITY)) next = queue
    return next
  }

  #called(tried: Tried | undefined): Item | undefined {
    const items = [...this.#out]
    return items.find((item) => tried !== undefined && keyOf(item.tried) === keyOf(tried)) ?? items[0]
  }
}

export class Shelves {
  readonly #shelves = new Map<string, Shelf>()
  readonly #taken = new Map<string, { readonly item: Item; readonly shelf: Shelf }>()

  /** rounds: how often one problem may be drawn. */
  constructor(problems: readonly Problem[], { seed, rounds }: { seed: number; rounds: number }) {
    const lists = new Map<string, Problem[]>()
    for (const problem of problems) {
      const name = nameOf(topicOf(problem), problem.level)
      const list = lists.get(name) ?? []
      list.push(problem)
      lists.set(name, list)
    }
    for (const [name, list] of lists) {
      this.#shelves.set(name, new Shelf(rng(seed, 'shelf', name).shuffle(list), rounds))
    }
  }

  /** None: nothing is left there. */
  records(topic: string, level: number): readonly Tried[] {
    return this.#shelves.get(nameOf(topic, level))?.records ?? []
  }

  /** The next one with this record; the next one of all where none has it. Throws on an empty shelf. */
  take(topic: string, level: number, tried?: Tried): Problem {
    const shelf = this.#shelves.get(nameOf(topic, level))
    const item = shelf?.take(tried)
    if (!shelf || !item) throw new Error(`the curriculum picked an empty shelf: ${topic} level ${level}`)
    this.#taken.set(item.problem.id, { item, shelf })
    return item.problem
  }

  settled(problem: Problem, result: Tried): void {
    const taken = this.#taken.get(problem.id)
    taken?.shelf.settled(taken.item, result)
  }
}

const nameOf = (topic: string, level: number) => `${topic}\n${level}`
