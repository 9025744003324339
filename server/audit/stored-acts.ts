import type { Role } from '#shared/oversight/act.ts'
import type { NounName } from '../acts/noun.ts'
import type { Snapshot } from '../tickets/facts.ts'

const PAGE = 1000

/** An act as it lies in the database, with its texts. */
export interface StoredAct {
  id: number
  at: number
  person: string | null
  appointment: number | null
  /** Who holds the appointment; null of the system's acts. */
  appointee: string | null
  role: Role | null
  kind: string
  subject: string
  version: number
  body: object
  canonical: string
  hash: Buffer
  /** By name; both null: taken down. */
  texts: Record<string, { salt: string | null; text: string | null }>
  /** Names of those that an act says were taken down. */
  withheld: string[]
}

/** Every act, by subject, in the order in which they were done to it. */
export async function eachAct(snapshot: Snapshot, visit: (act: StoredAct) => void): Promise<void> {
  const acts = snapshot<StoredAct[]>`
    select act.id, at, act.person_id as person, appointment_id as appointment,
      appointment.person_id as appointee, act.role, kind, subject, act.version, body, canonical, hash,
      (select coalesce(jsonb_object_agg(name,
          jsonb_build_object('salt', encode(salt, 'hex'), 'text', text)), '{}')
        from act_text where act_id = act.id) as texts,
      array(select jsonb_array_elements_text(state -> 'texts') from withholding
        where withholding.act_id = act.id) as withheld
    from act left join appointment on appointment.id = appointment_id
    order by subject, act.version
  `
  for await (const page of acts.cursor(PAGE)) for (const act of page) visit(act)
}

interface StoredState {
  id: number
  version: number
  state: unknown
}

export async function eachState(
  snapshot: Snapshot,
  noun: NounName,
  visit: (state: StoredState) => void,
): Promise<void> {
  const states = snapshot<
    StoredState[]
  >`select id, version, state from ${snapshot(noun)} order by id`
  for await (const page of states.cursor(PAGE)) for (const state of page) visit(state)
}

/** Files that acts name and that are not there, though no act took them down; and whose act did, though they are. */
export async function unevenFiles(
  snapshot: Snapshot,
): Promise<{ file: string; act: number; isHere: boolean }[]> {
  return snapshot`
    select file, act.id as act, attachment.body is not null as "isHere"
    from act, jsonb_array_elements_text(body -> 'attachments') as named (file)
      left join attachment on attachment.hash = decode(file, 'hex')
      left join withholding using (file)
    where (attachment.body is null) <> (withholding.id is not null)
    order by act.id
  `
}

/** Evidence that acts name and that is not there as its hash says, or not at all. */
export async function unevenEvidence(
  snapshot: Snapshot,
): Promise<{ evidence: string; act: number; isHere: boolean }[]> {
  return snapshot`
    with named as (
      select act.id as act, named.evidence from act, lateral (
        select body ->> 'evidence' where jsonb_typeof(body -> 'evidence') = 'string'
        union all
        select jsonb_array_elements_text(body -> 'evidence') where jsonb_typeof(body -> 'evidence') = 'array'
      ) as named (evidence)
    )
    select named.evidence, named.act, kept.hash is not null as "isHere"
    from named left join evidence as kept on encode(kept.hash, 'hex') = named.evidence
    where kept.hash is null or kept.hash <> sha256(convert_to(kept.canonical, 'UTF8'))
      or kept.body <> kept.canonical::jsonb
    order by named.act
  `
}

/** Tickets that are said to stand corrected by an act that there is not, or not as it says. */
export async function unevenCorrections(
  snapshot: Snapshot,
): Promise<{ act: number; ticket: string }[]> {
  return snapshot`
    with corrected as (
      select id, correction, jsonb_build_object('status', status, 'closeReason', close_reason,
        'respondedAt', (extract(epoch from responded_at) * 1000)::bigint,
        'closedAt', (extract(epoch from closed_at) * 1000)::bigint, 'reopenings', reopenings,
        'agency', agency, 'area', area, 'category', category, 'channel', channel,
        'language', language) as fields
      from ticket where correction is not null
    )
    select correction as act, corrected.id as ticket
    from corrected left join correction on correction.id = corrected.correction
    where correction.id is null or exists (
      select from jsonb_to_recordset(state -> 'changes') as change (field text, "to" jsonb)
      where fields -> field is distinct from coalesce("to", 'null'))
    order by act
  `
}

/** Rows of the journal that tell of another number of acts than there are. */
export async function unevenSeqs(
  snapshot: Snapshot,
): Promise<{ seq: number; told: number; found: number }[]> {
  return snapshot`
    with found as (select seq, count(*) as n from act group by seq),
      told as (select seq, events from journal where kind = 'act')
    select seq, coalesce(events, 0) as told, coalesce(n, 0) as found
    from found full join told using (seq)
    where events is distinct from n
    order by seq
  `
}
