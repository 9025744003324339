import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { CommentAxis } from '#shared/consultations/comment.ts'
import type { CommentEvent } from '#shared/consultations/events.ts'
import type { Database } from '../db/schema.ts'

/** A stored comment as its source told it, less the batch that wrote it. */
export type CommentRow = Omit<
  Selectable<Database['comment']>,
  'batch' | 'withheldAs' | 'moderation'
>

/** The code of a provision's member: a provision is called by its draft's number and its id there. */
export function provisionCode(consultation: string, draft: number, provision: string): string {
  return `${consultation}/${draft}/${provision}`
}

export function rowOfComment(
  event: CommentEvent,
  { sourceId, members }: { sourceId: number; members: Record<CommentAxis, number> },
): CommentRow {
  return {
    sourceId,
    id: event.id,
    version: event.version,
    digest: digestOf(event),
    ...members,
    draft: event.draft,
    receivedAt: event.receivedAt,
    isPublished: event.status === 'published',
    reason: event.reason,
    stance: event.stance,
    speaker: event.speaker,
    // Who is not named stands alone.
    person: event.person ?? `${sourceId}/${event.id}`,
    text: event.text,
    proposal: event.proposal,
    organisation: event.organisation ?? null,
  }
}

/** Tells whether two events of one version say the same: over what the source said. */
export function digestOf(event: object): Buffer {
  return hash('sha256', JSON.stringify(event), 'buffer').subarray(0, 16)
}
