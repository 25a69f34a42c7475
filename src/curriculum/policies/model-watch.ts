/** When the solver was changed: a model reports that was not heard of lately. Late results of the old one are no change back. */
export class ModelWatch {
  readonly #lately: number
  /** Number of the last report of each model that was heard of lately, in the order of these. */
  readonly #heard = new Map<string, number>()
  #reports = 0

  /** batch: picks that go out at a time; reports lag behind by one or two of them. */
  constructor(batch: number) {
    this.#lately = Math.max(16, 2 * batch)
  }

  /** Takes in the model of a report; true when it announces another solver. */
  changed(model: string): boolean {
    this.#reports++
    for (const [other, at] of this.#heard) {
      if (this.#reports - at <= this.#lately) break
      this.#heard.delete(other)
    }
    const known = this.#heard.delete(model)
    this.#heard.set(model, this.#reports)
    return !known && this.#reports > 1
  }
}
