import type { Row } from './row.ts'

/** A page of the list as it is kept; `first` and `next` are the API's cursors. */
export interface RowsPage {
  rows: readonly Row[]
  first: string | null
  next: string | null
  isMoreAbove?: boolean
}

/** What came to stand above the list; `isMore`: more than has been read. */
export interface Above {
  rows: readonly Row[]
  isMore: boolean
}

const NOTHING: Above = { rows: [], isMore: false }

/**
 * The rows of one question, from its top to where one has scrolled. What has a place keeps it: pages come
 * at the end, changes take the place of what they change, and what comes to stand above waits until
 * `insert` is called, which nothing but the reader's wish or an untouched list may do.
 */
export class TicketRows {
  readonly #rows: Row[] = []
  readonly #keys = new Set<string>()
  #above = NOTHING
  #first: string | null
  #next: string | null

  constructor({ rows, first, next }: RowsPage) {
    this.#first = first
    this.#next = next
    this.#push(rows)
  }

  get length(): number {
    return this.#rows.length
  }

  get above(): Above {
    return this.#above
  }

  /** For `before`: what has come above all that is known. Null of an empty list: ask it again. */
  get first(): string | null {
    return this.#first
  }

  /** For `after`; null when all rows are here. */
  get next(): string | null {
    return this.#next
  }

  at(index: number): Row | undefined {
    return this.#rows[index]
  }

  has(key: string): boolean {
    return this.#keys.has(key)
  }

  /** The page behind the last row. A ticket that moved down stays where it was read first. */
  append({ rows, next }: RowsPage): void {
    this.#next = next
    this.#push(rows)
  }

  /** What came to stand above all that is known; nothing of it is in the list yet. */
  wait({ rows, first, isMoreAbove = false }: RowsPage): void {
    this.#first = first ?? this.#first
    const fresh = new Set(rows.map(({ key }) => key))
    const older = this.#above.rows.filter(({ key }) => !fresh.has(key))
    this.#above = { rows: [...rows, ...older], isMore: isMoreAbove }
  }

  /** Puts what waits on top, and answers by how many rows that moves the first one. */
  insert(): number {
    const { rows } = this.#above
    const moved = new Set(rows.filter(({ key }) => this.#keys.has(key)).map(({ key }) => key))
    const kept = moved.size === 0 ? this.#rows : this.#rows.filter(({ key }) => !moved.has(key))
    const all = [...rows, ...kept]
    this.#rows.length = 0
    for (const row of all) this.#rows.push(row)
    for (const { key } of rows) this.#keys.add(key)
    this.#above = NOTHING
    return rows.length
  }

  /** A ticket as it stands now, in the place it has; false when the list does not hold it. */
  replace(row: Row): boolean {
    const waiting = this.#above.rows.findIndex(({ key }) => key === row.key)
    if (waiting >= 0) {
      this.#above = { ...this.#above, rows: this.#above.rows.with(waiting, row) }
    }
    if (!this.#keys.has(row.key)) return waiting >= 0
    this.#rows[this.#rows.findIndex(({ key }) => key === row.key)] = row
    return true
  }

  #push(rows: readonly Row[]): void {
    for (const row of rows) {
      if (this.#keys.has(row.key)) continue
      this.#keys.add(row.key)
      this.#rows.push(row)
    }
  }
}
