import type { Claim, ProvisionEvidence, Told } from '#shared/oversight/evidence.ts'
import { withClauses } from '#shared/consultations/provision.ts'
import type { ProvisionNow } from '#shared/oversight/evidence-of-opinions.ts'
import { type At, NONE } from '#shared/view.ts'
import { called } from '../consultations/called.ts'
import {
  type ConsultationRow,
  draftsOf,
  type DraftRow,
} from '../consultations/consultation-queries.ts'
import { daysOf } from '../consultations/days-of.ts'
import { provisionCode } from '../consultations/row.ts'
import { HttpError } from '../http/errors.ts'
import type { Answer } from '../views/answer.ts'
import type { Asking } from '../views/facts-desk.ts'
import { askView, basisOf, cellsOf, versionsIn } from './counts-of-view.ts'
import { commonOf, type EvidenceDesk, type Weighed, type Weighing } from './desk.ts'
import { requireSeen } from './not-shown.ts'
import { lyingAt } from './place.ts'
import { tellToday } from './today.ts'

type ProvisionClaim = Extract<Claim, { kind: 'provision' }>

/**
 * A provision as the draft read that the page showed, and what was said on it and its clauses at that point of the
 * journal; of one that is in no draft, what was said alone. Throws a 404 for what is not there, a 409 where something else was counted.
 */
export async function weighProvision(
  desk: EvidenceDesk,
  { claim, asking }: Weighing<ProvisionClaim>,
): Promise<Weighed<ProvisionEvidence>> {
  const { at, saw, draft: number, provision } = claim
  const row = await called(desk.db, claim.consultation)
  const drafts = await shownDrafts(desk, row)
  const draft = drafts.find((one) => one.number === number)
  if (number !== null && !draft) throw notThere(`There is no draft ${number}.`, 'draft')
  const { keys, texts } = readsIn(desk, { row, draft, provision })
  const { answer, counts } = await countOn(desk, { row, keys, at }, asking)
  const basis = basisOf(answer)
  if (basis === 'past') {
    requireSeen(saw, { was: (name) => counts[name as keyof typeof counts], at })
  }
  const { members, about } = lyingAt(row, desk.engine.terms)
  const evidence: ProvisionEvidence = {
    kind: 'provision',
    ...(await commonOf(desk, claim)),
    ...{ asOf: answer.asOf, members, consultation: row.code, titles: { ...row.titles } },
    ...{ provision, draft: number, texts, keys, window: answer.window, basis, counts, saw },
    definitions: versionsIn(answer),
  }
  return { evidence, about }
}

async function shownDrafts({ db }: EvidenceDesk, { id }: ConsultationRow): Promise<DraftRow[]> {
  return (await draftsOf(db, id)).filter(({ confirmedAt }) => confirmedAt !== null)
}

interface Read {
  row: ConsultationRow
  draft: DraftRow | undefined
  provision: string
}

/** A provision, with its clauses, in every language of the draft, and the keys of their rows. */
function readsIn(desk: EvidenceDesk, { row, draft, provision }: Read) {
  if (provision === NONE) return { keys: [NONE], texts: {} }
  if (!draft && isNamed(provision, row, desk)) return { keys: [provision], texts: {} }
  const { directory } = desk.engine.terms
  const keyOf = (id: string) => {
    const code = provisionCode(row.code, draft?.number ?? 0, id)
    return directory.codeOf(directory.find('provision', code) ?? 0)
  }
  const [main = []] = Object.values(draft?.texts ?? {})
  const named = main.find(({ id }) => keyOf(id) === provision)
  if (!named) throw notThere(`There is no provision ${provision} in this draft.`, 'provision')
  const texts = Object.entries(draft!.texts).map(([language, all]) => [
    language,
    withClauses(all, named.id).map(({ id, label, heading, text }) => ({
      id,
      label,
      heading,
      text,
    })),
  ])
  return {
    keys: withClauses(main, named.id).map(({ id }) => keyOf(id)),
    texts: Object.fromEntries(texts) as ProvisionEvidence['texts'],
  }
}

/** By comments, under a name of its own. */
function isNamed(provision: string, { code }: ConsultationRow, { engine }: EvidenceDesk): boolean {
  const { directory } = engine.terms
  const known = directory.codeOf(directory.find('provision', provision) ?? 0)
  return known === provision && provision.startsWith(`${code}/`)
}

const notThere = (why: string, path: string): HttpError => new HttpError(404, why, { path })

interface Counting {
  row: ConsultationRow
  keys: readonly string[]
  at: At | undefined
}

async function countOn(desk: EvidenceDesk, { row, keys, at }: Counting, asking: Asking) {
  const spec = {
    measures: ['commentsPublished', 'stance'] as const,
    by: 'provision' as const,
    window: daysOf(row, desk.engine.terms),
    filters: { consultation: [row.code] },
  }
  const answer = await askView(desk, { spec, at }, asking)
  return { answer, counts: countsIn(answer, keys) }
}

/** The counts of several rows together. */
function countsIn(answer: Answer, keys: readonly string[]): ProvisionEvidence['counts'] {
  const rows = keys.map((key) => cellsOf(answer, key))
  const sum = (name: string) => rows.reduce((total, cell) => total + cell(name), 0)
  return {
    comments: sum('commentsPublished'),
    support: sum('stance.support'),
    oppose: sum('stance.oppose'),
    amend: sum('stance.amend'),
  }
}

/** What is said on the same rows now, and which draft is shown. */
export function provisionNow(
  desk: EvidenceDesk,
  { consultation, keys }: ProvisionEvidence,
  asking: Asking,
): Promise<Told<ProvisionNow>> {
  return tellToday<ProvisionNow>(async () => {
    const row = await called(desk.db, consultation)
    const draft = (await shownDrafts(desk, row)).at(-1)?.number ?? null
    const { directory } = desk.engine.terms
    const keysNow = keys.map((key) => directory.codeOf(directory.find('provision', key) ?? 0))
    const { answer, counts } = await countOn(desk, { row, keys: keysNow, at: undefined }, asking)
    return { state: 'told', asOf: answer.asOf, counts, draft }
  })
}
