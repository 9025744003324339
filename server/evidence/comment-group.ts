import { measures } from '#shared/measures/all.ts'
import { plainText } from '#shared/consultations/grouping/plain-text.ts'
import type { Claim, CommentGroupEvidence, Told } from '#shared/oversight/evidence.ts'
import type { CommentGroupNow } from '#shared/oversight/evidence-of-opinions.ts'
import { groupCalled, type ListedGroup } from '../comment-groups/reading-queries.ts'
import { hashOf, saidIn } from '../comment-groups/wordings.ts'
import { called } from '../consultations/called.ts'
import { countWithin } from '../explorer/groups.ts'
import { HttpError } from '../http/errors.ts'
import { asOfPast } from '../views/past.ts'
import {
  changedSince,
  firstWith,
  type SaidFirst,
  type WordingThen,
  wordingsAt,
} from './comment-group-queries.ts'
import { commonOf, type EvidenceDesk, iso, type Weighed, type Weighing } from './desk.ts'
import { notShown, requireSeen } from './not-shown.ts'
import { lyingAt } from './place.ts'
import { saltedText } from './texts.ts'
import { tellToday } from './today.ts'

type GroupClaim = Extract<Claim, { kind: 'comment-group' }>

/**
 * The published comments of a group as they stood when the page was told of it, by groups as they are now. Throws a
 * 404 where there is no such group, a 409 where it had another size.
 */
export async function weighCommentGroup(
  desk: EvidenceDesk,
  { claim, asking: { signal } }: Weighing<GroupClaim>,
): Promise<Weighed<CommentGroupEvidence>> {
  const { at, saw } = claim
  const { db, engine } = desk
  const row = await called(db, claim.consultation)
  const group = await groupNamed(desk, row.id, claim.id)
  const asOf = Math.floor(await asOfPast(desk, at))
  const [seq] = at
  const then = await desk.counting(signal, () =>
    countWithin(db, async (trx) => {
      const wordings = await wordingsAt(trx, { group: group.id, seq })
      addChanged(wordings, await changedSince(trx, { consultation: row.id, seq }))
      const most = mostSaid(wordings)
      const first = most && (await firstWith(trx, { wording: most.id, seq }))
      return { wordings, most, first }
    }),
  )
  const { wordings, most, first } = then
  const said = wordings.filter(({ comments }) => comments > 0)
  const comments = said.reduce((sum, one) => sum + one.comments, 0)
  requireSeen(saw, { was: () => comments, at })
  if (!most || !first) throw notShown(at, 'Nobody says so any more.')
  const { directory } = engine.terms
  const codeOf = (id: number) => directory.codeOf(directory.rootOf(id))
  const { members, about } = lyingAt(row, engine.terms)
  const [text, proposal] = await committed(desk, first, `${row.code}/${group.id}`)
  const evidence: CommentGroupEvidence = {
    kind: 'comment-group',
    ...(await commonOf(desk, claim)),
    ...{ asOf: iso(asOf), members, consultation: row.code, titles: { ...row.titles } },
    ...{ id: claim.id, provision: codeOf(group.provision), comments, wordings: said.length },
    firstAt: iso(Math.min(...said.map((one) => one.firstAt!))),
    lastAt: iso(Math.max(...said.map((one) => one.lastAt!))),
    definitions: { commentsDistinct: measures.commentsDistinct.version },
    representative: {
      comments: most.comments,
      language: first.language === 0 ? null : codeOf(first.language),
      text: { commitment: text!.commitment },
      proposal: proposal ? { commitment: proposal.commitment } : null,
    },
    saw,
  }
  return { evidence, about, texts: proposal ? [text!, proposal] : [text!] }
}

async function groupNamed({ db }: EvidenceDesk, consultation: number, id: number) {
  const group: ListedGroup | undefined = await groupCalled(db, consultation, id)
  if (group) return group
  throw new HttpError(404, 'There is no such group of comments.', { path: 'id' })
}

/** Comments that were changed since count with the text that they had. */
function addChanged(
  wordings: readonly WordingThen[],
  changed: readonly { text: string; proposal: string | null; receivedAt: number }[],
): void {
  const byHash = new Map(wordings.map((one) => [one.hash, one]))
  for (const comment of changed) {
    const wording = byHash.get(hashOf(plainText(saidIn(comment))))
    if (!wording) continue
    wording.comments++
    wording.firstAt = Math.min(wording.firstAt ?? Infinity, comment.receivedAt)
    wording.lastAt = Math.max(wording.lastAt ?? -Infinity, comment.receivedAt)
  }
}

const mostSaid = (wordings: readonly WordingThen[]): WordingThen | undefined =>
  wordings
    .filter(({ comments }) => comments > 0)
    .sort((one, other) => other.comments - one.comments || one.id - other.id)[0]

function committed({ db }: EvidenceDesk, first: SaidFirst, of: string) {
  const { text, proposal, sourceId, id: commentId } = first
  const words = proposal === null ? { text } : { text, proposal }
  return Promise.all(
    Object.entries(words).map(([name, said]) =>
      saltedText(db, { name, text: said, of, sourceId, commentId }),
    ),
  )
}

/** How many say so now, under the number as which the group goes on. */
export function commentGroupNow(
  desk: EvidenceDesk,
  { consultation, id: asked }: CommentGroupEvidence,
): Promise<Told<CommentGroupNow>> {
  return tellToday<CommentGroupNow>(async () => {
    const { id: consultationId } = await called(desk.db, consultation)
    const { id, comments } = await groupNamed(desk, consultationId, asked)
    return { state: 'told', asOf: iso(desk.engine.asOf), id, comments }
  })
}
