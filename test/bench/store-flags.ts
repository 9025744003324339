import { sql } from 'kysely'
import type { Act } from '#shared/oversight/act.ts'
import { type Flag, flagKinds, type FlagDeed, severities } from '#shared/oversight/flag.ts'
import { nextFlag } from '#shared/oversight/next-flag.ts'
import { DAY } from '#shared/time.ts'
import { randomFrom } from '../../server/demo/random.ts'
import type { Stage } from './stage.ts'

export const AGENCIES = 12
const BATCH = 5000
/** Of the flags, so many are still owed an answer, and so many the secretariat's word. */
const OWED = 0.08
const DISPUTED = 0.01
const YEARS = 3 * 365 * DAY

interface Storing {
  flags: number
  /** An observer's appointment. */
  observer: number
  /** Of whom answers are. */
  official: { person: string; appointment: number }
}

/** Flags as acts would have made them, with their texts; answers how many are owed an answer. */
export async function storeFlags({ db, sql: pool }: Stage, { flags, observer, official }: Storing) {
  const random = randomFrom(512)
  const now = Date.now()
  const { rows } = await sql<{ seq: number; last: number }>`
    select (select max(seq) from journal) as seq, nextval('act_id') as last
  `.execute(db)
  let { last } = rows[0]!
  let owed = 0
  for (let stored = 0; stored < flags; stored += BATCH) {
    const lives = Array.from({ length: BATCH }, () => {
      const life = lifeOf({ id: last + 1, now, observer, official }, random)
      last += life.acts.length
      if (['open', 'acknowledged'].includes(life.state.standing)) owed++
      return life
    })
    await insertLives(db, lives, rows[0]!.seq)
  }
  await sql`select setval('act_id', ${last})`.execute(db)
  await pool`vacuum (analyze) flag, act, act_text`
  return { owed }
}

interface Life {
  id: number
  acts: Act<FlagDeed>[]
  state: Flag
}

interface Beginning extends Omit<Storing, 'flags'> {
  id: number
  now: number
}

function lifeOf({ id, now, observer, official }: Beginning, random: () => number): Life {
  const share = random()
  const isOwed = share < OWED
  const at = now - random() * (isOwed ? 10 * DAY : YEARS)
  const by = { person: 'mei', appointment: observer, role: 'observer' as const }
  const acts: Act<FlagDeed>[] = [{ ...openedBy(random, at), id, at: Math.floor(at), by }]
  const follow = (deed: FlagDeed, days: number, who: NonNullable<Act['by']> = by) =>
    acts.push({ ...deed, id: id + acts.length, at: Math.floor(at + days * DAY), by: who })
  if (!isOwed) follow(answer(at), random() * 9, { ...official, role: 'official' })
  if (share >= OWED && share < OWED + DISPUTED) {
    follow(
      {
        kind: 'flag.disputed',
        body: { settleBy: Math.floor(now + DAY), policyVersion: 0 },
        texts: { reason: 'Not so.' },
      },
      10,
    )
  }
  if (share >= OWED + DISPUTED)
    follow({ kind: 'flag.accepted', body: {}, texts: { text: null } }, 10)
  const state = acts.reduce<Flag | undefined>((before, act) => nextFlag(before, act), undefined)!
  return { id, acts, state }
}

function openedBy(random: () => number, at: number): FlagDeed {
  const pick = <One>(all: readonly One[]) => all[Math.floor(random() * all.length)]!
  const agency = 1 + Math.floor(random() * AGENCIES)
  return {
    kind: 'flag.opened',
    body: {
      evidence: '0'.repeat(64),
      evidenceKind: 'number',
      on: pick(['number:open', 'number:onTimeRate', 'number:timeToClose']),
      kind: pick(flagKinds),
      severity: pick(severities),
      language: 'en',
      attachments: [],
      acknowledgeBy: Math.floor(at + DAY),
      answerBy: Math.floor(at + 7 * DAY),
      policyVersion: 0,
    },
    texts: {
      text: `The lamp ${Math.floor(random() * 10_000)} is dark since the storm, and nobody came to look at it.`,
      place: JSON.stringify({ agency, area: null, category: null }),
    },
  }
}

const answer = (at: number): FlagDeed => ({
  kind: 'flag.answered',
  body: {
    links: [],
    attachments: [],
    template: null,
    language: 'en',
    wordBy: Math.floor(at + 20 * DAY),
    policyVersion: 0,
    workingDays: 3,
  },
  texts: { text: 'Two crews are out since this morning.', done: 'The lamp was changed.' },
})

/** As `perform` writes them, many at once; their hashes are of what stands there, which is no seal. */
async function insertLives(db: Stage['db'], lives: readonly Life[], seq: number): Promise<void> {
  const states = lives.map(({ id, acts, state }) => ({ id, version: acts.length, state }))
  const acts = lives.flatMap(({ id, acts }) =>
    acts.map(({ by, texts: _, at, ...act }, place) => ({
      ...act,
      at: new Date(at).toISOString(),
      subject: `flag:${id}`,
      version: place + 1,
      person: by!.person,
      appointment: by!.appointment,
      role: by!.role,
    })),
  )
  const texts = lives
    .flatMap((life) => life.acts)
    .flatMap(({ id, texts }) =>
      Object.entries(texts).flatMap(([name, text]) => (text ? [{ id, name, text }] : [])),
    )
  await sql`
    with told as (
      insert into act_text (act_id, name, salt, text)
      select id, name, decode('00', 'hex'), text
      from jsonb_to_recordset(${texts}::jsonb) as one (id bigint, name text, text text)
    ), done as (
      insert into act (id, at, person_id, appointment_id, role, kind, subject, version, body, canonical, hash, seq)
      select id, at, person, appointment, role, kind, subject, version, body, '', sha256(''), ${seq}::bigint
      from jsonb_to_recordset(${acts}::jsonb) as one (id bigint, at timestamptz, person text,
        appointment bigint, role text, kind text, subject text, version int, body jsonb)
    )
    insert into flag (id, version, state)
    select id, version, state
    from jsonb_to_recordset(${states}::jsonb) as one (id bigint, version int, state jsonb)
  `.execute(db)
}
