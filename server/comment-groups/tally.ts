import { type CommentGroup, commentAxes } from '#shared/consultations/comment.ts'
import type { FirstComment, GroupRow } from './groups.ts'

/** A comment as a group counts it. */
export interface Counted extends CommentGroup {
  sourceId: number
  id: string
  firstAt: number
}

/** A group of one wording that nobody has said yet. */
export const emptyGroup = (id: number, consultation: number): GroupRow => ({
  ...{ id, consultation, mergedInto: null, wordings: 0, comments: 0 },
  ...nobody,
  lastAt: null,
  batch: 0,
})

const nobody = {
  ...{ firstAt: null, firstSource: null, firstId: null },
  ...{ area: 0, provision: 0, channel: 0, language: 0 },
}

/** What a batch makes of groups: their sums, and whose first or last comment must be looked up. */
export class Tally {
  readonly #groups: ReadonlyMap<number, GroupRow>
  readonly #before: ReadonlyMap<number, GroupRow>
  readonly withoutFirst = new Set<number>()
  readonly withoutLast = new Set<number>()

  constructor(groups: readonly GroupRow[]) {
    this.#before = new Map(groups.map((group) => [group.id, group]))
    this.#groups = new Map(groups.map((group) => [group.id, { ...group }]))
  }

  addWording(group: number): void {
    this.#of(group).wordings++
  }

  /** The later group goes on as the earlier. */
  merge(from: number, into: number): void {
    const [gone, kept] = [this.#of(from), this.#of(into)]
    if (gone.mergedInto !== null) return
    kept.wordings += gone.wordings
    kept.comments += gone.comments
    const first = firstOf(gone)
    if (first) this.#putFirst(kept, first)
    kept.lastAt = later(kept.lastAt, gone.lastAt)
    Object.assign(gone, { ...nobody, mergedInto: into, wordings: 0, comments: 0, lastAt: null })
  }

  /** A published comment is there no longer, or not as it was. */
  take(group: number, { sourceId, id, at }: { sourceId: number; id: string; at: number }): void {
    const one = this.#of(group)
    one.comments--
    if (one.firstSource === sourceId && one.firstId === id) this.withoutFirst.add(group)
    if (one.lastAt === at) this.withoutLast.add(group)
  }

  put(group: number, comment: Counted): void {
    const one = this.#of(group)
    one.comments++
    this.#putFirst(one, comment)
    one.lastAt = later(one.lastAt, comment.firstAt)
  }

  /** What was looked up, of all in `withoutFirst`. */
  setFirsts(firsts: readonly FirstComment[]): void {
    for (const group of this.withoutFirst) Object.assign(this.#of(group), nobody)
    for (const { group, ...first } of firsts) this.#putFirst(this.#of(group), first)
  }

  setLasts(lasts: readonly { group: number; lastAt: number | null }[]): void {
    for (const { group, lastAt } of lasts) this.#of(group).lastAt = lastAt
  }

  /** All groups, as they were and as they are now. */
  changes(): { before: GroupRow; after: GroupRow }[] {
    return [...this.#groups].map(([id, after]) => ({ before: this.#before.get(id)!, after }))
  }

  #of(group: number): GroupRow {
    const found = this.#groups.get(group)
    if (!found) throw new Error(`group ${group} was not read`)
    return found
  }

  #putFirst(group: GroupRow, { sourceId, id, firstAt, ...place }: Counted): void {
    if (group.firstAt !== null && !isBefore({ sourceId, id, firstAt }, group)) return
    const axes = Object.fromEntries(commentAxes.map((axis) => [axis, place[axis]]))
    Object.assign(group, { ...axes, firstAt, firstSource: sourceId, firstId: id })
  }
}

/** Whether two rows are counted alike. */
export const isCountedAlike = (one: CommentGroup, other: CommentGroup): boolean =>
  one.firstAt === other.firstAt && commentAxes.every((axis) => one[axis] === other[axis])

function firstOf(group: GroupRow): Counted | undefined {
  const { firstAt, firstSource, firstId, ...place } = group
  if (firstAt === null) return undefined
  return { ...place, firstAt, sourceId: firstSource!, id: firstId! }
}

const later = (one: number | null, other: number | null): number | null =>
  one === null || (other !== null && other > one) ? other : one

function isBefore(
  { sourceId, id, firstAt }: Omit<Counted, keyof CommentGroup> & { firstAt: number },
  group: GroupRow,
): boolean {
  if (firstAt !== group.firstAt) return firstAt < group.firstAt!
  if (sourceId !== group.firstSource) return sourceId < group.firstSource!
  return id < group.firstId!
}
