/** How many leading items two lists share. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
  const end = Math.min(a.length, b.length)
  let count = 0
  while (count < end && a[count] === b[count]) count++
  return count
}

/** The list in pieces of at most `size`, none of them with a single item unless the list has only one. size: 3 or more. */
export function pieces<T>(items: readonly T[], size: number): T[][] {
  const cut: T[][] = []
  let start = 0
  while (start < items.length) {
    const left = items.length - start
    const take = left === size + 1 ? size - 1 : Math.min(size, left)
    cut.push(items.slice(start, start + take))
    start += take
  }
  return cut
}
