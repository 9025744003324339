import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Act, Actor, Deed, Role } from '#shared/oversight/act.ts'
import { type AppointmentDeed, nextAppointment } from '#shared/oversight/appointment.ts'
import type { FlagDeed } from '#shared/oversight/flag.ts'
import { nextFlag } from '#shared/oversight/next-flag.ts'
import { nextSuggestion, type SuggestionDeed } from '#shared/oversight/suggestion.ts'
import { nextTemplate, type TemplateDeed } from '#shared/oversight/template.ts'
import { decision, madeFor } from '../../support/acts.ts'
import { type City, idsOf } from './place.ts'
import type { GroundName } from './rules.ts'

interface Wanted {
  kind: string
  ground: GroundName
  /** Who will ask. */
  person: string
}

export interface Subject extends Wanted {
  id: number
}

/** Beyond all ids that acts will give. */
let lastId = 1_000_000

/** Stores for each what its act can be done to, as the rules make it, and in one statement for each noun. */
export async function storeSubjects(city: City, wanted: readonly Wanted[]): Promise<Subject[]> {
  const own = await ownAppointments(city)
  const subjects = wanted.map((one) => ({
    ...one,
    id: one.kind === 'appointment.named' ? own(one.person) : ++lastId,
  }))
  for (const noun of ['appointment', 'flag', 'suggestion', 'template'] as const) {
    const rows = subjects
      .filter(({ kind }) => kind.startsWith(`${noun}.`))
      .map((one) => ({ id: one.id, state: stateFor(city, one) }))
      .filter(({ state }) => state !== undefined)
    await sql`
      insert into ${sql.table(noun)} (id, version, state)
      select id, 1, state from jsonb_to_recordset(${rows}::jsonb) as one (id bigint, state jsonb)
    `.execute(city.db)
  }
  await storeWritten(
    city,
    subjects.filter(({ kind }) => isTakenDown(kind)),
  )
  await storeDrafts(
    city,
    subjects.filter(({ kind }) => isOfDrafts(kind)),
  )
  await storeStatements(
    city,
    subjects.filter(({ kind }) => kind === 'statement.moderated'),
  )
  await storeTickets(
    city,
    subjects.filter(({ kind }) => kind === 'ticket.corrected'),
  )
  return subjects
}

/** What one may be called in: the appointment as observer, if there is one; of nobody's own, somebody's. */
async function ownAppointments({ db }: City): Promise<(person: string) => number> {
  const { rows } = await sql<{ id: number; personId: string }>`
    select id, person_id from appointment order by role = 'observer', id desc`.execute(db)
  const ids = new Map(rows.map(({ id, personId }) => [personId, id]))
  return (person) => ids.get(person) ?? rows.at(-1)!.id
}

const isOfDrafts = (kind: string) =>
  ['draft', 'reply', 'form', 'comment'].includes(kind.split('.')[0]!)
const isTakenDown = (kind: string) => ['text.withheld', 'file.withheld'].includes(kind)
/** A poll each, to which somebody added a statement. */
async function storeStatements(city: City, wanted: readonly Subject[]): Promise<void> {
  const rows = wanted.map(({ id, ground }) => ({ id, ...idsOf(city, ground) }))
  await sql`
    with one as (
      select * from jsonb_to_recordset(${rows}::jsonb) as one (id int, agency int, area int, category int)
    ), member as (
      insert into member (id, dimension, code, spelling, names) overriding system value
      select id, 'poll', 'poll-' || id, 'poll-' || id, '{}'::jsonb from one
      union all
      select id + 1000000, 'statement', 'poll-' || id || '/added', 'poll-' || id || '/added', '{}'::jsonb from one
    ), poll as (
      insert into poll (id, source_id, code, version, digest, kind, agency, area, category, titles,
        opens_at, closes_at, is_sealed, has_form, questions, groups)
      select id, 0, 'poll-' || id, 1, '', 'agreement', coalesce(agency, 0), coalesce(area, 0),
        coalesce(category, 0), '{}', now(), now() + interval '1 day', false, false, '[]', '[]'
      from one
    )
    insert into statement (id, poll, code, source_id, version, digest, received_at, texts, is_seed, is_published)
    select id + 1000000, id, 'added', 0, 1, '', now(), '{}', false, false from one
  `.execute(city.db)
}

async function storeTickets(city: City, wanted: readonly Subject[]): Promise<void> {
  const rows = wanted.map(({ id, ground }) => ({ id, ...idsOf(city, ground) }))
  await sql`
    insert into ticket (source_id, id, version, digest, batch, status, precision, received_at, agency, area,
      category, channel, language, transfers, policy_version)
    select 0, 'ticket-' || id, 1, '', 0, 'open', 'instant', '2026-03-01', coalesce(agency, 0), coalesce(area, 0),
      coalesce(category, 0), 0, 0, 0, 1
    from jsonb_to_recordset(${rows}::jsonb) as one (id int, agency int, area int, category int)
  `.execute(city.db)
}

/** A consultation each; where no draft is to be brought, with one that waits. */
async function storeDrafts(city: City, drafts: readonly Subject[]): Promise<void> {
  const rows = drafts.map(({ id, kind, ground }) => ({
    ...{ id, waits: kind !== 'draft.brought' },
    ...idsOf(city, ground),
  }))
  await sql`
    with one as (
      select *, 'draft-' || id as code
      from jsonb_to_recordset(${rows}::jsonb) as one (id int, waits boolean, agency int, area int,
        category int)
    ), member as (
      insert into member (id, dimension, code, spelling, names) overriding system value
      select id, 'consultation', code, code, '{}' from one
    ), consultation as (
      insert into consultation (id, source_id, code, version, digest, agency, area, category, titles,
        opens_at, closes_at, has_form)
      select id, 0, code, 1, '', coalesce(agency, 0), coalesce(area, 0), coalesce(category, 0), '{}',
        now(), now() + interval '1 day', false
      from one
    )
    insert into draft (consultation, number, published_at, texts) select id, 1, now(), '{}' from one where waits
  `.execute(city.db)
  await storeComments(
    city,
    drafts.filter(({ kind }) => kind.startsWith('comment.')),
  )
}

/** One on each consultation; what is to be published again is withheld by the secretariat. */
async function storeComments({ db }: City, subjects: readonly Subject[]): Promise<void> {
  const rows = subjects.map(({ id, kind }) => ({ id, isWithheld: kind === 'comment.published' }))
  await sql`
    with one as (
      select * from jsonb_to_recordset(${rows}::jsonb) as one (id int, "isWithheld" boolean)
    ), ruled as (
      insert into moderation (id, version, state)
      select id, 1, jsonb_build_object('consultation', 'draft-' || id, 'reason', 'abuse', 'at', 0)
      from one where "isWithheld"
    )
    insert into comment (source_id, id, version, digest, batch, consultation, draft, provision, area, channel,
      language, received_at, is_published, speaker, person, text, withheld_as, moderation)
    select 0, 'said-' || id, 1, '', 0, id, 1, 0, 0, 0, 0, now(), not "isWithheld", 'person', 'p' || id, 'a',
      case when "isWithheld" then 'abuse' end, case when "isWithheld" then id end
    from one
  `.execute(db)
}

/** What each act brought: no two alike. */
export function fileOf(id: number): { hash: string; body: string } {
  const body = `file ${id}`
  return { hash: createHash('sha256').update(body).digest('hex'), body }
}

/** Acts with a text and a file each, as nobody did them. */
async function storeWritten({ db }: City, acts: readonly Subject[]): Promise<void> {
  const ids = acts.map(({ id }) => id)
  const files = ids.map(fileOf)
  await sql`
    insert into act (id, at, kind, subject, version, body, canonical, hash, seq)
    select id, clock_timestamp(), 'note.made', 'note:' || id, 1,
      jsonb_build_object('attachments', jsonb_build_array(file)), '{}', sha256('{}'), 0
    from unnest(${ids}::bigint[], ${files.map(({ hash }) => hash)}::text[]) as brought (id, file)
  `.execute(db)
  await sql`
    insert into act_text (act_id, name, salt, text)
    select id, 'text', '\\x00', 'a' from unnest(${ids}::bigint[]) as id
  `.execute(db)
  await sql`
    insert into attachment (hash, kind, type, body, published_at)
    select sha256(body), 'file', 'application/pdf', body, now()
    from unnest(${files.map(({ body }) => body)}::text[]) as text,
      convert_to(text, 'UTF8') as body
  `.execute(db)
}

/** Of all of them together: they are 1 each as long as nothing was done. */
export async function versionsOf({ db }: City): Promise<number[]> {
  const { rows } = await sql<{ version: number }>`
    select distinct version from (
      select id, version from appointment union all select id, version from flag
      union all select id, version from suggestion union all select id, version from template
    ) as subject where id > 1000000
  `.execute(db)
  return rows.map(({ version }) => version)
}

/** Undefined: the act itself opens its subject. */
function stateFor(city: City, { kind, ground, person }: Wanted): unknown {
  if (isTakenDown(kind) || isOfDrafts(kind)) return undefined
  if (['statement.moderated', 'appointment.named', 'ticket.corrected'].includes(kind)) {
    return undefined
  }
  if (kind.startsWith('appointment.')) return appointmentFor(kind)
  const place = idsOf(city, ground)
  if (kind.startsWith('flag.')) return flagFor(kind, { place, person })
  if (kind.startsWith('template.')) return templateFor(kind, place.agency)
  return suggestionFor(kind, { place, person })
}

/** Deeds of others come first, then what the one who asks must have done. */
function folded<State, D extends Deed>(
  next: (state: State | undefined, act: Act<D>) => State,
  steps: readonly [D, Actor][],
): State {
  let state: State | undefined
  const now = Date.now()
  for (const [deed, by] of steps) state = next(state, { ...deed, id: 1, at: now, by })
  return state!
}

const as = (person: string, role: Role): Actor => ({ person, role, appointment: 1 })

function appointmentFor(kind: string) {
  if (kind === 'appointment.made') return undefined
  const steps: [AppointmentDeed, Actor][] = [[madeFor('somebody'), as('system', 'secretariat')]]
  const suspended = decision('appointment.suspended')
  if (kind === 'appointment.resumed') steps.push([suspended, as('system', 'secretariat')])
  return folded(nextAppointment, steps)
}

const later = () => Date.now() + 86_400_000
const ofAuthors = ['flag.accepted', 'flag.disputed', 'flag.withdrawn']
const afterAnswer = ['flag.accepted', 'flag.disputed', 'flag.settled']

function flagFor(
  kind: string,
  { place, person }: { place: ReturnType<typeof idsOf>; person: string },
) {
  if (kind === 'flag.opened') return undefined
  const author = as(ofAuthors.includes(kind) ? person : 'author', 'observer')
  const policyVersion = 1
  const opened: FlagDeed = {
    kind: 'flag.opened',
    body: {
      ...{ evidence: 'a'.repeat(64), evidenceKind: 'number', on: 'number:open', kind: 'slow' },
      ...{ severity: 'normal', language: 'en', attachments: [] },
      ...{ acknowledgeBy: later(), answerBy: later(), policyVersion },
    },
    texts: { text: 'a', place: JSON.stringify(place) },
  }
  const answered: FlagDeed = {
    kind: 'flag.answered',
    body: {
      ...{ links: [], attachments: [], template: null, language: null },
      ...{ wordBy: later(), workingDays: 1, policyVersion },
    },
    texts: { text: 'a', done: null },
  }
  const disputed: FlagDeed = {
    kind: 'flag.disputed',
    body: { settleBy: later(), policyVersion },
    texts: { reason: 'a' },
  }
  const steps: [FlagDeed, Actor][] = [[opened, author]]
  const answerer = as('answerer', place.agency === null ? 'secretariat' : 'official')
  if (afterAnswer.includes(kind)) steps.push([answered, answerer])
  if (kind === 'flag.settled') steps.push([disputed, author])
  return folded(nextFlag, steps)
}

function templateFor(kind: string, agency: number | null) {
  if (kind === 'template.made') return undefined
  const texts = { name: 'a', text: 'a', done: null }
  const made: TemplateDeed = { kind: 'template.made', body: { agency, language: 'en' }, texts }
  return folded(nextTemplate, [[made, as('b', agency === null ? 'secretariat' : 'official')]])
}

const underReview = ['suggestion.adopted', 'suggestion.partly', 'suggestion.declined']

function suggestionFor(
  kind: string,
  { place, person }: { place: ReturnType<typeof idsOf>; person: string },
) {
  if (kind === 'suggestion.submitted') return undefined
  const author = as(kind === 'suggestion.withdrawn' ? person : 'author', 'observer')
  const submitted: SuggestionDeed = {
    kind: 'suggestion.submitted',
    body: {
      ...place,
      ...{ target: 'service', language: 'en', evidence: [], flags: [], attachments: [] },
      ...{ reviewBy: later(), decideBy: later() },
    },
    texts: { title: 'a', text: 'a', why: 'a' },
  }
  const reviewed: SuggestionDeed = { kind: 'suggestion.reviewed', body: {}, texts: {} }
  const adopted: SuggestionDeed = {
    kind: 'suggestion.adopted',
    body: { links: [] },
    texts: { reason: 'a' },
  }
  const endorsed: SuggestionDeed = { kind: 'suggestion.endorsed', body: {}, texts: { note: null } }
  const steps: [SuggestionDeed, Actor][] = [[submitted, author]]
  const isDecided = kind === 'suggestion.implemented'
  if (isDecided || underReview.includes(kind)) steps.push([reviewed, as('b', 'official')])
  if (isDecided) steps.push([adopted, as('b', 'official')])
  if (kind === 'suggestion.unendorsed') steps.push([endorsed, as(person, 'observer')])
  return folded(nextSuggestion, steps)
}
