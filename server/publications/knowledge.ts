import type { Part } from '#shared/measures/part.ts'
import { Bounds, type Term } from './bounds.ts'
import { type Cell, cellAround, startsIn, UNKNOWN } from './classes.ts'
import { type Counts, type Frame, type Page, Pages } from './pages.ts'
import { within } from './publishable.ts'

/** The row of members that have none of their own yet. */
export const OTHER = '(other)'

/** Where a cell is tried to be cut, as a share of the places where it can be: near the middle first. */
const PLACES = [1 / 2, 1 / 4, 3 / 4, 1 / 8, 7 / 8, 1 / 16, 15 / 16]

/** Follows members that were merged since. */
type RootOf = (key: string) => string

/**
 * What an outsider can conclude from everything published: the rows of a window add up to the city's
 * exact total, shorter windows to longer ones, what is open to what came and went. What is told next
 * is chosen by this knowledge alone, so that the choice itself tells nothing (docs/adr/0011).
 */
export class Knowledge {
  readonly #bounds = new Bounds()
  readonly #pages = new Pages()

  /** Adds a window of which nothing is told yet. */
  open(frame: Frame, rootOf: RootOf): void {
    const page: Page = { ...frame, counts: new Map() }
    frame.parts.forEach(({ id, kind }, at) => this.#addCounts(page, id, kind, frame.totals[at]!))
    for (const [inner, outer] of within) this.#tieWithin(page, inner, outer)
    if (page.dimension !== null) this.#tieToCity(page)
    for (const tiles of this.#pages.tilings(page)) this.#tieToShorter(page, tiles, rootOf)
    if (page.days === 1) this.#tieToDayBefore(page)
    this.#pages.add(page)
  }

  /** What to tell of a count: the smallest cell around it that lays no small count bare. */
  choose(frame: Frame, { key, part }: Place, count: number): Cell {
    const variable = this.#variable(frame, { key, part })
    let low = this.#bounds.low(variable)
    let high = this.#bounds.high(variable)
    // Something changed late in this row and not in the city: nothing that is known fits.
    if (count < low || count > high) return [0, null]
    for (let start = this.#cut(variable, low, high); start !== undefined;) {
      if (count < start) high = start - 1
      else low = start
      start = this.#cut(variable, low, high)
    }
    this.#bounds.narrow(variable, low, high)
    return cellAround(low, high)
  }

  /** Takes in what was told. */
  learn(frame: Frame, place: Place, [low, high]: Cell): void {
    this.#bounds.narrow(this.#variable(frame, place), low, high ?? UNKNOWN)
  }

  #variable(frame: Frame, { key, part }: Place): number {
    return this.#pages.at(frame)!.counts.get(part)!.rows[key]!
  }

  /** Where a cell may be cut in two so that either side could be told safely. */
  #cut(variable: number, low: number, high: number): number | undefined {
    const { count, at } = startsIn(low, high)
    const places = new Set(PLACES.map((place) => Math.floor(place * count)))
    for (const place of places) {
      const start = at(place)
      if (place >= count) continue
      if (!this.#bounds.isSafe(variable, low, start - 1)) continue
      if (this.#bounds.isSafe(variable, start, high)) return start
    }
    return undefined
  }

  #addCounts(page: Page, id: string, kind: Part['kind'], total: number | null): Counts {
    const rows = this.#sameStock(page, id, kind) ?? this.#newRows(page, total)
    const counts = { kind, total, rows }
    page.counts.set(id, counts)
    return counts
  }

  /** What is open at the end of a week is what is open at the end of its last day. */
  #sameStock(page: Page, id: string, kind: Part['kind']): readonly number[] | undefined {
    if (kind === 'flow' || page.days === 1) return undefined
    const day = this.#pages.dayEnding(page, page.end)
    return day && isSame(day.keys, page.keys) ? day.counts.get(id)?.rows : undefined
  }

  #newRows({ keys }: Page, total: number | null): number[] {
    const rows = keys.map(() => this.#bounds.add(total ?? UNKNOWN))
    if (total !== null) this.#bounds.tie(rows.map(plus), total)
    return rows
  }

  /** What is left of the outer count is a count too, and stays as hidden as others. */
  #tieWithin(page: Page, innerId: string, outerId: string): void {
    const inner = page.counts.get(innerId)
    const outer = page.counts.get(outerId)
    if (!inner || !outer) return
    const total = minusOf(outer.total, inner.total)
    const rest = this.#addCounts(page, `${outerId} but not ${innerId}`, outer.kind, total)
    rest.rows.forEach((row, at) =>
      this.#bounds.tie([plus(row), plus(inner.rows[at]!), minus(outer.rows[at]!)], 0),
    )
  }

  /** Of surveys the city's total is a publication of its own. */
  #tieToCity(page: Page): void {
    const city = this.#pages.at({ ...page, dimension: null })
    for (const [part, { rows }] of page.counts) {
      const whole = city?.counts.get(part)
      if (whole) this.#bounds.tie([...rows.map(plus), minus(whole.rows[0]!)], 0)
    }
  }

  #tieToShorter(page: Page, tiles: readonly Page[], rootOf: RootOf): void {
    const isAlike = tiles.every(({ keys }) => isSame(keys.map(rootOf), page.keys))
    for (const [part, { kind, total, rows }] of page.counts) {
      if (kind === 'stock') continue
      const sum = tiles.map(({ counts }) => counts.get(part)?.total ?? null).reduce(plusOf, 0)
      const late = lateRange(minusOf(total, sum))
      for (const [at, key] of page.keys.entries()) {
        const shorter = tiles.map((tile) => rowsOf(tile, part, (own) => rootOf(own) === key))
        const isKnown = (key !== OTHER || isAlike) && shorter.every((own) => own.length > 0)
        if (isKnown) this.#bounds.tie([plus(rows[at]!), ...shorter.flat().map(minus)], ...late)
      }
    }
  }

  /** Open: what was open the day before + received + reopened − closed; overdue no longer: closed. */
  #tieToDayBefore(page: Page): void {
    const before = this.#pages.dayEnding(page, page.start)
    if (!before || !isSame(before.keys, page.keys)) return
    const was = (part: string) => before.counts.get(part)
    const is = (part: string) => page.counts.get(part)
    const [received, reopened, closed] = [is('received'), is('reopened'), is('closed')]
    this.#tieFlow([is('open'), closed], [was('open'), received, reopened], 'equal')
    this.#tieFlow([is('overdue'), closed], [was('overdue')], 'at least')
  }

  /** Row by row the first counts are, together, what the others are; but for what came late. */
  #tieFlow(
    added: readonly (Counts | undefined)[],
    taken: readonly (Counts | undefined)[],
    relation: 'equal' | 'at least',
  ): void {
    if (!areCounts(added) || !areCounts(taken)) return
    const sum = (counts: readonly Counts[]) => counts.map(({ total }) => total).reduce(plusOf, 0)
    const [low, high] = lateRange(minusOf(sum(added), sum(taken)))
    added[0]!.rows.forEach((_, at) => {
      const terms = [
        ...added.map(({ rows }) => plus(rows[at]!)),
        ...taken.map(({ rows }) => minus(rows[at]!)),
      ]
      this.#bounds.tie(terms, low, relation === 'equal' ? high : UNKNOWN)
    })
  }
}

/** A number of a page: which row, which part. */
export interface Place {
  key: number
  part: string
}

const plus = (variable: number): Term => ({ variable, sign: 1 })
const minus = (variable: number): Term => ({ variable, sign: -1 })

function plusOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b
}

function minusOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b
}

/**
 * What changed late, between two publications, changed the city's total by as much as anybody sees. The
 * most is known to who takes all of it to have gone one way; of surveys, to who takes it for nothing.
 */
function lateRange(late: number | null): [low: number, high: number] {
  return [Math.min(0, late ?? 0), Math.max(0, late ?? 0)]
}

function rowsOf({ keys, counts }: Page, part: string, isAsked: (key: string) => boolean): number[] {
  const rows = counts.get(part)?.rows ?? []
  return rows.filter((_, at) => isAsked(keys[at]!))
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((key, at) => key === b[at])

const areCounts = (all: readonly (Counts | undefined)[]): all is readonly Counts[] =>
  all.every((one) => one !== undefined)
