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
}

const untried: Tried = { attempts: 0, passes: 0 }
const same = (a: Tried, b: Tried) => a.attempts === b.attempts && a.passes === b.passes

class Shelf {
  /** In the order in which they come; each goes to the end when it was drawn, and leaves after its last round. */
  readonly #queue: Item[]
  readonly #rounds: number
  #records: readonly Tried[] | undefined

  constructor(problems: readonly Problem[], rounds: number) {
    this.#queue = problems.map((problem) => ({ problem, tried: untried, drawn: 0, open: 0 }))
    this.#rounds = rounds
  }

  /** What is known of those that may be drawn, each record once. */
  get records(): readonly Tried[] {
    if (this.#records) return this.#records
    const found = new Map<string, Tried>()
    for (const { tried } of this.#ready()) found.set(`${tried.passes}/${tried.attempts}`, tried)
    this.#records = [...found.values()]
    return this.#records
  }

  take(tried: Tried | undefined): Item | undefined {
    const ready = this.#ready()
    const item = ready.find((one) => tried === undefined || same(one.tried, tried)) ?? ready[0]
    if (!item) return undefined
    this.#queue.splice(this.#queue.indexOf(item), 1)
    item.drawn++
    item.open++
    if (item.drawn < this.#rounds) this.#queue.push(item)
    this.#records = undefined
    return item
  }

  settled(item: Item, { attempts, passes }: Tried): void {
    item.open--
    item.tried = { attempts: item.tried.attempts + attempts, passes: item.tried.passes + passes }
    this.#records = undefined
  }

  /** One that is out is drawn again only where all are out. */
  #ready(): readonly Item[] {
    const idle = this.#queue.filter(({ open }) => open === 0)
    return idle.length > 0 ? idle : this.#queue
  }
}

export class Shelves {
  readonly #shelves = new Map<string, Shelf>()
  readonly #items = new Map<string, { readonly item: Item; readonly shelf: Shelf }>()

  /** rounds: how often one problem may be drawn. */
  constructor(problems: readonly Problem[], { seed, rounds }: { seed: number; rounds: number }) {
    const lists = new Map<string, Problem[]>()
    for (const problem of problems) {
      const name = key(topicOf(problem), problem.level)
      const list = lists.get(name) ?? []
      list.push(problem)
      lists.set(name, list)
    }
    for (const [name, list] of lists) this.#shelves.set(name, new Shelf(rng(seed, 'shelf', name).shuffle(list), rounds))
  }

  /** None: nothing is left there. */
  records(topic: string, level: number): readonly Tried[] {
    return this.#shelves.get(key(topic, level))?.records ?? []
  }

  /** The next one with this record; the next one of all where none has it. Throws on an empty shelf. */
  take(topic: string, level: number, tried?: Tried): Problem {
    const shelf = this.#shelves.get(key(topic, level))
    const item = shelf?.take(tried)
    if (!shelf || !item) throw new Error(`the curriculum picked an empty shelf: ${topic} level ${level}`)
    this.#items.set(item.problem.id, { item, shelf })
    return item.problem
  }

  settled(problem: Problem, result: Tried): void {
    const taken = this.#items.get(problem.id)
    taken?.shelf.settled(taken.item, result)
  }
}

const key = (topic: string, level: number) => `${topic}\n${level}`
