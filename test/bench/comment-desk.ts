import type { ReplyDeed } from '#shared/oversight/reply.ts'
import { perform } from '../../server/acts/perform.ts'
import { called } from '../../server/consultations/called.ts'
import type { ConsultationRow } from '../../server/consultations/consultation-queries.ts'
import { loadDirectory } from '../../server/dimensions/directory.ts'
import { commentsToModerate } from '../../server/moderation/comments-to-moderate.ts'
import { groupsOf } from '../../server/moderation/queries.ts'
import { currentPolicy } from '../../server/policies/queries.ts'
import { commentsIn } from '../../server/replies/answered-queries.ts'
import { replyDeed } from '../../server/replies/deed.ts'
import { replyNoun } from '../../server/replies/noun.ts'
import { owedPage, owingIn } from '../../server/replies/owed.ts'
import { writersIn } from '../../server/replies/queries.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import { wordAt } from './said.ts'
import type { Stage } from './stage.ts'

const [ROUNDS, FEW, PAGE] = [100, 5, 51]

/** The largest letter is answered, so that what lies in it is counted. */
export async function answerLetter({ db }: Stage): Promise<void> {
  const terms = { directory: await loadDirectory(db), policy: await currentPolicy(db) }
  const row = await called(db, 'bench')
  const form = { verdict: 'partly', text: 'The last boat stays.', language: 'en' } as const
  const about = { group: 1 }
  const deed: ReplyDeed = replyDeed({ about, provision: 0 }, form, { row, drafts: [], terms })
  await perform(db, { person: null, key: null, noun: replyNoun, deed })
}

/**
 * What the secretariat and officials wait for, and what the desks count now and then, asked of the database as their
 * routes ask: who is signed in is not what is measured.
 */
export async function benchCommentDesk(stage: Stage, of: string): Promise<Figure[]> {
  const { db } = stage
  const terms = { directory: await loadDirectory(db), policy: await currentPolicy(db) }
  const row = await called(db, 'bench')
  const moderate = (own: { q?: string; withheld?: boolean; group?: number }) => async () => {
    const asked = { q: '', withheld: false, limit: PAGE, ...own }
    await groupsOf(db, await commentsToModerate(db, row, asked))
  }
  const pages = [
    ['moderation: the newest', moderate({})],
    ['moderation: those withheld', moderate({ withheld: true })],
    ['moderation: what all say', moderate({ q: 'ferry' })],
    ['moderation: what few say', moderate({ q: wordAt(39_000) })],
    ['moderation: a letter with 500 wordings', moderate({ group: 1 })],
    ['the queue of who answers', () => queue(stage, row, terms)],
  ] as const
  const counted = [
    ['comments in an answered letter, counted anew', () => commentsIn(db, [1])],
    ['who wrote how much, counted anew', () => writersIn(db, row.id)],
  ] as const
  const figures: Figure[] = []
  for (const [name, ask] of pages) {
    const measured = await p95(ask, ROUNDS)
    figures.push({ name: `${name}, ${of}, p95`, unit: 'ms', measured, wanted: { most: 100 } })
  }
  for (const [name, ask] of counted) {
    figures.push({ name: `${name}, ${of}`, unit: 'ms', measured: await p95(ask, FEW) })
  }
  return figures
}

type Terms = Parameters<typeof owingIn>[2]

async function queue({ db }: Stage, row: ConsultationRow, terms: Terms): Promise<void> {
  const owing = await owingIn(db, [row], terms)
  await owedPage(db, owing, { after: undefined, limit: PAGE })
}

async function p95(ask: () => Promise<unknown>, rounds: number): Promise<number | null> {
  const took: number[] = []
  for (let round = -1; round < rounds; round++) {
    const startedAt = performance.now()
    await ask()
    if (round >= 0) took.push(performance.now() - startedAt)
  }
  return percentile(took, 0.95)
}
