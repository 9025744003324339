import { contributionsVersion } from '#shared/measures/contributions.ts'
import { plainText } from '#shared/consultations/grouping/plain-text.ts'
import { searchWords } from '#shared/consultations/search-words.ts'
import type { Db } from '../db/connect.ts'
import { addGroup } from '../journal/comment-delta.ts'
import type { Delta } from '../journal/delta.ts'
import { pack } from '../journal/pack.ts'
import { appendToJournal, nextBatch } from '../journal/queries.ts'
import {
  type ChangedComment,
  changedComments,
  lockGrouped,
  nextBatches,
  setGrouped,
  setWorded,
} from './changed.ts'
import {
  firstComments,
  followMerges,
  groupsById,
  keepFirsts,
  lastTimes,
  writeGroups,
} from './groups.ts'
import { bandsAsHex, inTurns, type Near } from './near.ts'
import { emptyGroup, isCountedAlike, Tally } from './tally.ts'
import {
  addToWordings,
  hashOf,
  insertWordings,
  knownWordings,
  newWordingIds,
  saidIn,
  wordingsById,
} from './wordings.ts'

/** How far comments are grouped; undefined: another process does it just now, or there is nothing new. */
export type Grouped = { seq: number; comments: number } | undefined

/**
 * Groups what the next batches of the journal changed, in one transaction with the row of the journal that
 * says how many distinct comments there are now. What fails is done again from where it began.
 */
export async function groupComments(db: Db, near: Near): Promise<Grouped> {
  try {
    const grouped = await db.transaction().execute((trx) => groupNext(trx, near))
    if (grouped) near.end(grouped.seq)
    return grouped
  } catch (error) {
    near.forget()
    throw error
  }
}

async function groupNext(trx: Db, near: Near): Promise<Grouped> {
  const from = await lockGrouped(trx)
  if (from === undefined) return undefined
  near.begin(from)
  const next = await nextBatches(trx, from)
  if (!next) return undefined
  const changed = await changedComments(trx, next.batches)
  if (changed.length > 0) await groupChanged(trx, near, changed)
  await setGrouped(trx, next.seq)
  return { seq: next.seq, comments: changed.length }
}

interface Plain {
  comment: ChangedComment
  plain: string
  key: string
}

const keyOf = (consultation: number, hash: string) => `${consultation} ${hash}`

async function groupChanged(trx: Db, near: Near, changed: readonly ChangedComment[]) {
  const said = await inTurns(changed, (comment): Plain => {
    const plain = plainText(saidIn(comment))
    return { comment, plain, key: keyOf(comment.consultation, hashOf(plain)) }
  })
  const { wordings, merges, made } = await findWordings(trx, near, said)
  const into = new Map(merges.map(({ from, into }) => [from, into]))
  const nowOf = (group: number) => into.get(group) ?? group
  const earlier = await wordingsById(trx, [
    ...new Set(changed.flatMap(({ wasWording }) => wasWording ?? [])),
  ])
  const groupOf = new Map([...wordings.values(), ...earlier].map(({ id, group }) => [id, group]))
  const tally = await openTally(trx, { groups: [...groupOf.values()], merges, made })
  for (const { from, into } of merges) tally.merge(from, into)
  for (const { id } of made) tally.addWording(nowOf(groupOf.get(id)!))

  const counts = new Map<number, number>()
  const count = (wording: number, n: 1 | -1) => counts.set(wording, (counts.get(wording) ?? 0) + n)
  for (const { sourceId, id, wasWording, wasPublished, wasReceivedAt } of changed) {
    if (wasWording === null || !wasPublished) continue
    tally.take(nowOf(groupOf.get(wasWording)!), { sourceId, id, at: wasReceivedAt! })
    count(wasWording, -1)
  }
  for (const { comment, key } of said) {
    if (!comment.isPublished) continue
    const { id, group } = wordings.get(key)!
    tally.put(nowOf(group), { ...comment, firstAt: comment.receivedAt })
    count(id, 1)
  }
  await followMerges(trx, merges)
  await addToWordings(trx, counts)
  await setWorded(
    trx,
    said.map(({ comment: { sourceId, id, version, isPublished, receivedAt }, key }) => ({
      ...{ sourceId, id, version, isPublished, receivedAt },
      wording: wordings.get(key)!.id,
    })),
  )
  await writeTally(trx, tally)
}

interface Place {
  id: number
  group: number
}

interface Merge {
  from: number
  into: number
}

/** The wording of each comment, the new ones with the groups they came to, and groups that became one. */
async function findWordings(trx: Db, near: Near, said: readonly Plain[]) {
  const byKey = new Map(said.map((one) => [one.key, one]))
  const named = [...byKey.values()].map(({ comment: { consultation }, plain }) => ({
    consultation,
    hash: hashOf(plain),
  }))
  const stored = await knownWordings(trx, named)
  const wordings = new Map(
    stored.map(({ consultation, hash, ...one }): [string, Place] => [
      keyOf(consultation, hash),
      one,
    ]),
  )
  const unknown = [...byKey.values()].filter(({ key }) => !wordings.has(key))
  const ids = unknown.length > 0 ? await newWordingIds(trx, unknown.length) : []
  const numbers = new Map(unknown.map(({ key }, place) => [key, ids[place]!]))
  const reworded = new Set(said.flatMap((one) => (one.comment.isReworded ? [one.key] : [])))
  const came = [...byKey.values()]
    .filter(({ key }) => numbers.has(key) || reworded.has(key))
    .map((one) => ({ ...one, id: numbers.get(one.key) ?? wordings.get(one.key)!.id }))
  const merges: Merge[] = []
  const made: (Place & { consultation: number })[] = []
  for (const [consultation, own] of Map.groupBy(came, ({ comment }) => comment.consultation)) {
    const { fresh = [], again = [] } = Object.groupBy(own, ({ key }) =>
      numbers.has(key) ? 'fresh' : 'again',
    )
    const joined = await near.add(trx, consultation, { fresh, again })
    await insertWordings(
      trx,
      joined.found.map(({ id, sketch, group }, place) => ({
        ...{ id, consultation, group, bands: bandsAsHex(sketch.bands) },
        hash: hashOf(sketch.plain),
        words: searchWords(consultation, saidIn(fresh[place]!.comment)),
      })),
    )
    for (const [place, { id, group }] of joined.found.entries()) {
      wordings.set(fresh[place]!.key, { id, group })
      made.push({ id, group, consultation })
    }
    merges.push(...joined.merges)
  }
  return { wordings, merges, made }
}

interface Opening {
  groups: readonly number[]
  merges: readonly Merge[]
  made: readonly (Place & { consultation: number })[]
}

async function openTally(trx: Db, { groups, merges, made }: Opening): Promise<Tally> {
  const ids = new Set([...groups, ...merges.flatMap(({ from, into }) => [from, into])])
  const news = made.filter(({ id, group }) => id === group)
  for (const { id } of news) ids.delete(id)
  const stored = ids.size > 0 ? await groupsById(trx, [...ids]) : []
  return new Tally([...stored, ...news.map(({ id, consultation }) => emptyGroup(id, consultation))])
}

/** The groups as they are now, and what that changes in the journal. */
async function writeTally(trx: Db, tally: Tally): Promise<void> {
  const { withoutFirst, withoutLast } = tally
  if (withoutFirst.size > 0) tally.setFirsts(await firstComments(trx, [...withoutFirst]))
  if (withoutLast.size > 0) tally.setLasts(await lastTimes(trx, [...withoutLast]))
  const changes = tally.changes()
  const moved = changes.filter(({ before, after }) => !isCountedAlike(before, after))
  const batch = moved.length > 0 ? await nextBatch(trx) : 0
  for (const { after } of moved) after.batch = batch
  await writeGroups(
    trx,
    changes.map(({ after }) => after),
  )
  if (moved.length === 0) return
  await keepFirsts(
    trx,
    moved.flatMap(({ before }) => (before.firstAt === null ? [] : [before])),
    batch,
  )
  const delta: Delta = new Map()
  for (const { before, after } of moved) {
    addGroup(delta, before, -1)
    addGroup(delta, after, 1)
  }
  await appendToJournal(trx, {
    batch,
    kind: 'comments',
    contributions: contributionsVersion,
    events: 0,
    newestAt: null,
    delta: pack(delta),
  })
}
