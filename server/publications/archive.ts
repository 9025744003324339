import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { type Kind, partsOf, publishedMeasures } from './publishable.ts'
import { Knowledge } from './knowledge.ts'
import type { Frame } from './pages.ts'
import { type Publication, publicationsAfter } from './queries.ts'
import { rootKeys } from './rows.ts'
import type { Subject } from './subjects.ts'

/** What was published of one subject last. */
interface Newest {
  endsOn: string
  /** UTC minute. */
  end: number
  keys: readonly string[]
}

/** What ended longer ago than two windows of 90 days, and more, is not reckoned with any more; in minutes. */
const HELD = 200 * 1440

/** What was published of one scope, in the order in which it was, and what follows from it. */
export class Archive {
  readonly knowledge = new Knowledge()
  readonly #newest = new Map<string, Newest>()
  readonly #ends = new Map<string, number>()
  #id = 0
  #first = Infinity
  #last = -Infinity

  /** Takes in what was published since the last call, by whatever process. */
  async catchUp(db: Db, subject: Subject, directory: Directory): Promise<void> {
    for (const publication of await publicationsAfter(db, subject, { id: this.#id, held: HELD })) {
      const frame = frameOf(publication)
      this.knowledge.open(frame, rootKeys(directory, publication.dimension))
      publication.told.rows.forEach(({ cells }, key) =>
        cells.forEach((cell, at) =>
          this.knowledge.learn(frame, { key, part: publication.told.parts[at]! }, cell),
        ),
      )
      this.note(publication)
    }
  }

  /** Notes what was published; its cells are known already. */
  note({ id, days, endsOn, endMinute: end, told, ...subject }: Publication): void {
    const keys = told.rows.map(({ key }) => key)
    this.#id = id
    this.#first = Math.min(this.#first, end)
    this.#last = Math.max(this.#last, end)
    this.#newest.set(nameOf(subject), { endsOn, end, keys })
    this.#ends.set(`${nameOf(subject)} ${days}`, end)
  }

  /** It holds much more than it has to: one that is read in afresh holds less. */
  get isLong(): boolean {
    return this.#last - this.#first > 1.5 * HELD
  }

  newest(subject: Pick<Subject, 'kind' | 'dimension'>): Newest | undefined {
    return this.#newest.get(nameOf(subject))
  }

  /** Where the newest window of a length ends, in UTC minutes. */
  endOf(subject: Pick<Subject, 'kind' | 'dimension'>, days: number): number {
    return this.#ends.get(`${nameOf(subject)} ${days}`) ?? -Infinity
  }
}

const nameOf = ({ kind, dimension }: Pick<Subject, 'kind' | 'dimension'>): string =>
  `${kind} ${dimension}`

/** A part that no measure counts any more is of no use to anybody, and left out. */
function frameOf({ kind, dimension, days, startMinute, endMinute, told }: Publication): Frame {
  const parts = partsNamed(kind, told.parts)
  return {
    kind,
    dimension,
    days,
    start: startMinute,
    end: endMinute,
    keys: told.rows.map(({ key }) => key),
    parts,
    totals: parts.map(({ id }) => told.totals[told.parts.indexOf(id)]!),
  }
}

const partsNamed = (kind: Kind, ids: readonly string[]) =>
  partsOf(publishedMeasures(kind)).filter(({ id }) => ids.includes(id))
