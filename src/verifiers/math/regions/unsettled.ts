/** What is asked is not certain, or too large to work out: nothing is concluded. */
export class Unsettled extends Error {}

/** The result, or undefined when it is not settled. */
export function settled<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof Unsettled) return undefined
    throw error
  }
}
