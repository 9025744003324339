import type { Part } from '#shared/measures/part.ts'
import type { Dimension } from '#shared/ticket.ts'
import { type Days, lengths } from './grid.ts'
import type { Kind } from './publishable.ts'

/** What is public of a publication before a number of it is told: where it lies, its rows, the city's totals. */
export interface Frame {
  kind: Kind
  /** Null: the whole city in one row. */
  dimension: Dimension | null
  days: Days
  /** UTC minutes. */
  start: number
  end: number
  /** In ascending order; the whole city's is ''. */
  keys: readonly string[]
  parts: readonly Part[]
  /** Exact, of the whole city; null where even that is not public. */
  totals: readonly (number | null)[]
}

/** One count in every row of a page. */
export interface Counts {
  kind: Part['kind']
  total: number | null
  /** Variables, in the order of the page's keys. */
  rows: readonly number[]
}

/** A publication as it is known: its counts by part, with those that follow from them. */
export interface Page extends Frame {
  counts: Map<string, Counts>
}

type Place = Pick<Frame, 'dimension' | 'days' | 'start'>

/** The publications that are known, found by where they lie. */
export class Pages {
  readonly #byStart = new Map<string, Page>()
  readonly #daysByEnd = new Map<string, Page>()

  add(page: Page): void {
    this.#byStart.set(nameOf(page), page)
    if (page.days === 1) this.#daysByEnd.set(`${page.dimension} ${page.end}`, page)
  }

  at(place: Place): Page | undefined {
    return this.#byStart.get(nameOf(place))
  }

  /** The day that ends where another page ends, or begins. */
  dayEnding({ dimension }: Frame, minute: number): Page | undefined {
    return this.#daysByEnd.get(`${dimension} ${minute}`)
  }

  /** The ways in which shorter pages make up this one: of the longest that fit, or of shorter ones. */
  tilings(page: Frame): Page[][] {
    const found = new Map<string, Page[]>()
    for (const longest of lengths.filter((days) => days < page.days)) {
      const tiles = this.#tilesOf(page, longest)
      if (tiles) found.set(tiles.map(({ start }) => start).join(), tiles)
    }
    return [...found.values()]
  }

  #tilesOf(page: Frame, longest: Days): Page[] | undefined {
    const fitting = lengths.filter((days) => days <= longest).reverse()
    const tiles: Page[] = []
    for (let { start } = page; start < page.end; start = tiles.at(-1)!.end) {
      const tile = fitting
        .map((days) => this.at({ ...page, days, start }))
        .find((one) => one && one.end <= page.end)
      if (!tile) return undefined
      tiles.push(tile)
    }
    return tiles
  }
}

const nameOf = ({ dimension, days, start }: Place): string => `${dimension} ${days} ${start}`
