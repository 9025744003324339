import type { PollEvent } from '#shared/polls/events.ts'
import { choiceCode } from '#shared/polls/names.ts'
import type { Taken } from '../consultations/take-consultation.ts'
import { digestOf } from '../consultations/row.ts'
import type { Db } from '../db/connect.ts'
import { noteInJournal } from '../journal/note.ts'
import { lockPoll, nameChoices, type PollRow, upsertPoll } from './poll-queries.ts'

interface From {
  sourceId: number
  members: Pick<PollRow, 'id' | 'agency' | 'area' | 'category'>
}

/**
 * Writes one poll in a transaction of its own, with the names of its choices, and a row of the journal by
 * which every process reads names again. Answers what became of it; a fault changes nothing.
 */
export function takePoll(
  db: Db,
  event: PollEvent,
  { sourceId, members }: From,
): Promise<{ taken: Taken; seq: number | undefined }> {
  const digest = digestOf(event)
  return db.transaction().execute(async (trx) => {
    const stored = await lockPoll(trx, members.id)
    if (stored && stored.sourceId !== sourceId) return refused('id', 'belongs to another source')
    if (stored && event.version < stored.version) return { taken: 'stale', seq: undefined }
    if (stored && event.version === stored.version) {
      const isSame = digest.equals(stored.digest)
      return { taken: isSame ? 'unchanged' : 'conflicting', seq: undefined }
    }
    const path = stored && changedPart(stored, event)
    if (path !== undefined) return refused(path, 'stays as it was told first: answers depend on it')
    await upsertPoll(trx, rowOf(event, { sourceId, members }, digest))
    await nameChoices(trx, choicesOf(event))
    return { taken: 'accepted', seq: await noteInJournal(trx, 'members') }
  })
}

const refused = (path: string, error: string) => ({ taken: { path, error }, seq: undefined })

/** The first part that another version may not change. */
function changedPart(stored: PollRow, event: PollEvent): string | undefined {
  const parts = ['kind', 'opensAt', 'closesAt', 'isSealed'] as const
  const changed = parts.find((one) => stored[one] !== event[one])
  if (changed) return changed
  if (shapeOf(stored.questions) !== shapeOf(event.questions)) return 'questions'
  return shapeOf(stored.groups) === shapeOf(event.groups) ? undefined : 'groups'
}

/** All but the texts. */
const shapeOf = (part: unknown): string =>
  JSON.stringify(part, (key, value: unknown) => (key === 'texts' ? undefined : inOrder(value)))

/** PostgreSQL keeps the names of an object in an order of its own. */
function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function rowOf(event: PollEvent, { sourceId, members }: From, digest: Buffer): PollRow {
  const { type: _, id: code, agency: __, area: ___, category: ____, ...told } = event
  const takesStatements = event.takesStatements ?? false
  return { ...told, ...members, takesStatements, code, sourceId, digest }
}

const choicesOf = ({ id: poll, questions }: PollEvent) =>
  questions.flatMap(({ id, choices }) =>
    choices.map((choice) => ({ code: choiceCode(poll, id, choice.id), names: choice.texts })),
  )
