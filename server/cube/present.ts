/** Room for every minute from 1900 to 2225 beside a combination in one number. */
const MINUTES = 2 ** 28
const OFFSET = 2 ** 27

/**
 * What is so now, by the minute of its coming: equal cells are netted, so it holds what is there and
 * nothing of what was. About 50 bytes a cell.
 */
export class Present {
  readonly #cells = new Map<number, number>()

  get length(): number {
    return this.#cells.size
  }

  add(minute: number, combination: number, n: number): void {
    const key = combination * MINUTES + minute + OFFSET
    const sum = (this.#cells.get(key) ?? 0) + n
    if (sum === 0) this.#cells.delete(key)
    else this.#cells.set(key, sum)
  }

  each(visit: (minute: number, combination: number, n: number) => void): void {
    for (const [key, n] of this.#cells) {
      const combination = Math.floor(key / MINUTES)
      visit(key - combination * MINUTES - OFFSET, combination, n)
    }
  }
}
