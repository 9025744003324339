import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Db } from '../db/connect.ts'

/** Between two looks; a second look later, whoever has no current appointment is known to have none. */
const EVERY = 1000

interface Options {
  db: Db
  log: Logger
  /** Called once for each person whose last current appointment has ended, whatever ended it. */
  ended: (personId: string) => void
  /** Milliseconds; without it the database's clock. */
  now?: () => number
  every?: number
}

/**
 * Who has a current appointment, kept current: looks for acts of any process, and for the midnight at which
 * terms begin and end. Resolves when it is known.
 */
export async function watchStanding({ db, log, ended, now, every = EVERY }: Options) {
  let known = { seq: -1, today: '' }
  let persons = new Set<string>()
  let looking = Promise.resolve()
  await look()
  const timer = setInterval(() => void ring(), every)

  async function look(): Promise<void> {
    const at = now?.()
    const { seq, today } = await stateOfThings(db, at)
    if (seq === known.seq && today === known.today) return
    const current = await currentPersons(db, at)
    // Who was appointed and lost it since the last look was never known as current.
    const since = known.seq === -1 ? [] : await personsEndedSince(db, known.seq, at)
    const before = new Set([...persons, ...since])
    const gone = [...before].filter((person) => !current.has(person))
    known = { seq, today }
    persons = current
    for (const person of gone) ended(person)
  }

  /** Looks at once; one look at a time. */
  function ring(): Promise<void> {
    looking = looking
      .then(look)
      .catch((error) => log.error({ err: error }, 'cannot look who is appointed'))
    return looking
  }

  return {
    hasCurrent: (personId: string): boolean => persons.has(personId),
    ring,
    async close(): Promise<void> {
      clearInterval(timer)
      await looking
    },
  }
}

const instant = (at: number | undefined) =>
  at === undefined ? sql`clock_timestamp()` : sql`to_timestamp(${at}::bigint / 1000.0)`

/** The last act in the order of commits, and the local date. */
async function stateOfThings(
  db: Db,
  at: number | undefined,
): Promise<{ seq: number; today: string }> {
  const { rows } = await sql<{ seq: number; today: string }>`
    select coalesce((select max(seq) from act), 0) as seq, local_date(${instant(at)}) as today
  `.execute(db)
  return rows[0]!
}

async function currentPersons(db: Db, at: number | undefined): Promise<Set<string>> {
  const { rows } = await sql<{ personId: string }>`
    select distinct person_id from appointment
    where standing_at(appointment, ${instant(at)}) = 'current'
  `.execute(db)
  return new Set(rows.map(({ personId }) => personId))
}

/** Of appointments that an act after a `seq` made current, and which are over: nobody else lost anything by an act. */
async function personsEndedSince(db: Db, seq: number, at: number | undefined): Promise<string[]> {
  const { rows } = await sql<{ personId: string }>`
    select distinct held.person_id
    from act join appointment as held on act.subject = 'appointment:' || held.id
    where act.seq > ${seq}::bigint
      and act.kind in ('appointment.made', 'appointment.renewed', 'appointment.resumed')
      and local_date(act.at) >= held.from_on and local_date(act.at) <= coalesce(held.until_on, 'infinity')
      and standing_at(held, ${instant(at)}) in ('ended', 'suspended', 'revoked')
  `.execute(db)
  return rows.map(({ personId }) => personId)
}
