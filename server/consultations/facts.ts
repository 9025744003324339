import type { Comment, CommentGroup, Participation } from '#shared/consultations/comment.ts'
import {
  contributeComment,
  contributeGroup,
  contributeParticipation,
} from '#shared/measures/comments.ts'
import { MINUTE } from '#shared/time.ts'
import { earliest } from '#shared/events.ts'
import type { Add } from '#shared/measures/part.ts'
import { combinationOfComment, combinationOfParticipation } from '../journal/comment-delta.ts'
import type { Combination } from '../journal/delta.ts'
import type { Snapshot } from '../tickets/facts.ts'

const PAGE = 5000

/** Tells what a fact contributes, to `add`, under its combination of members. */
export type VisitFact = (combination: Combination, contribute: (add: Add) => void) => void

/** Visits every comment, participation and group that contributes anything from `minute` on. */
export async function eachCommentFactSince(
  snapshot: Snapshot,
  minute: number,
  visit: VisitFact,
): Promise<void> {
  const since = new Date(Math.max(minute * MINUTE, earliest))
  const comments = snapshot<Comment[]>`
    select consultation, area, provision, channel, language, received_at as "receivedAt",
      is_published as "isPublished", stance
    from comment where received_at >= ${since.toISOString()}::timestamptz`
  await visitComments(comments, visit)
  const participations = snapshot<Participation[]>`
    select consultation, provision, speaker, first_at as "firstAt"
    from participation where first_at >= ${since.toISOString()}::timestamptz`
  await visitParticipations(participations, visit)
  const groups = snapshot<CommentGroup[]>`
    select consultation, area, provision, channel, language, first_at as "firstAt"
    from comment_group where first_at >= ${since.toISOString()}::timestamptz`
  await visitGroups(groups, visit)
}

/** The same, of the comments as they were when the journal stood at `seq`, under today's merges. */
export async function eachCommentFactAt(
  snapshot: Snapshot,
  seq: number,
  visit: VisitFact,
): Promise<void> {
  await visitComments(
    snapshot<Comment[]>`${commentsAt(snapshot, seq)}
    select consultation, area, provision, channel, language, received_at as "receivedAt",
      is_published as "isPublished", stance from fact`,
    visit,
  )
  await visitParticipations(
    snapshot<Participation[]>`${commentsAt(snapshot, seq)}
    select consultation, lying.provision, speaker, min(received_at) as "firstAt"
    from fact, lateral (select 0 as provision
      union all select root_member(fact.provision) where fact.provision <> 0) as lying
    where is_published group by consultation, lying.provision, speaker, person`,
    visit,
  )
  await visitGroups(
    snapshot<CommentGroup[]>`
    with later as (select batch from journal where seq > ${seq})
    select consultation, area, provision, channel, language, first_at as "firstAt"
    from comment_group where first_at is not null and batch not in (select batch from later)
    union all
    select consultation, area, provision, channel, language, first_at
    from comment_group_history where until_batch in (select batch from later)
      and batch not in (select batch from later)`,
    visit,
  )
}

const commentsAt = (snapshot: Snapshot, seq: number) => snapshot`
  with later as (select batch from journal where seq > ${seq}), fact as (
    select ${counted(snapshot)} from comment where batch not in (select batch from later)
    union all
    select ${counted(snapshot)}
    from comment_history where fate = 'replaced' and until_batch in (select batch from later)
      and batch not in (select batch from later)
  )`

/** What counts depend on. */
const counted = (snapshot: Snapshot) => snapshot`
  consultation, provision, area, channel, language, received_at, is_published, stance, speaker, person`

interface Pages<T> {
  cursor(size: number): AsyncIterable<T[]>
}

async function visitComments(rows: Pages<Comment>, visit: VisitFact): Promise<void> {
  for await (const page of rows.cursor(PAGE)) {
    for (const one of page) visit(combinationOfComment(one), (add) => contributeComment(one, add))
  }
}

async function visitParticipations(rows: Pages<Participation>, visit: VisitFact): Promise<void> {
  for await (const page of rows.cursor(PAGE)) {
    for (const one of page) {
      visit(combinationOfParticipation(one), (add) => contributeParticipation(one, add))
    }
  }
}

async function visitGroups(rows: Pages<CommentGroup>, visit: VisitFact): Promise<void> {
  for await (const page of rows.cursor(PAGE)) {
    for (const one of page) visit(combinationOfComment(one), (add) => contributeGroup(one, add))
  }
}
