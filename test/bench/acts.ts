import { randomUUID } from 'node:crypto'
import type { Role } from '#shared/oversight/act.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { appointmentNoun } from '../../server/appointments/noun.ts'
import { perform } from '../../server/acts/perform.ts'
import { type Connections, connect, type Db } from '../../server/db/connect.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import type { Setting } from './setting.ts'

const CONNECTIONS = 16
/** Seconds before it counts: code is compiled as it runs. */
const WARM = 2

/** Acts through `perform`, each with its text, its hash and its row of the journal, by as many people as connections. */
export async function benchActs({ stage, seconds }: Setting): Promise<Figure[]> {
  const pool = connect(stage.url, { max: CONNECTIONS })
  try {
    await appointFirst(pool.db, 'ines')
    const people = Array.from({ length: CONNECTIONS }, (_, i) => `person-${i}`)
    for (const person of people) await appoint(pool.db, { by: 'ines', person, role: 'secretariat' })

    const took: number[] = []
    const act = async (by: string) => {
      const startedAt = performance.now()
      await appoint(pool.db, { by, person: randomUUID(), role: 'observer' })
      took.push(performance.now() - startedAt)
    }
    await many(people, WARM, act)
    took.length = 0
    const acts = await many(people, seconds, act)
    const limit = {
      of: 'rows of one column, one commit each',
      value: await plainRows(pool, seconds),
    }
    return [
      { name: 'acts', unit: '/s', measured: acts, wanted: { least: 500 }, limit },
      { name: 'an act, p50', unit: 'ms', measured: percentile(took, 0.5) },
      { name: 'an act, p95', unit: 'ms', measured: percentile(took, 0.95) },
    ]
  } finally {
    await pool.sql.end({ timeout: 5 })
  }
}

/** How often a second everybody together does it. */
async function many(
  people: readonly string[],
  seconds: number,
  work: (person: string) => Promise<unknown>,
): Promise<number> {
  const startedAt = performance.now()
  let done = 0
  await Promise.all(
    people.map(async (person) => {
      while (performance.now() - startedAt < seconds * 1000) {
        await work(person)
        done++
      }
    }),
  )
  return done / ((performance.now() - startedAt) / 1000)
}

/** What the disk allows: a commit each, over the same connections. */
async function plainRows({ sql }: Connections, seconds: number): Promise<number> {
  await sql`create table plain_row (id uuid primary key)`
  const people = Array.from({ length: CONNECTIONS }, () => '')
  const insert = () => sql`insert into plain_row values (${randomUUID()})`
  return many(people, Math.min(seconds, 10), insert)
}

interface Appointing {
  by: string
  person: string
  role: Role
}

const appoint = (db: Db, { by, person, role }: Appointing) =>
  perform(db, {
    person: by,
    key: randomUUID(),
    noun: appointmentNoun,
    deed: {
      kind: 'appointment.made',
      body: {
        role,
        from: '2020-01-01',
        until: '2099-12-31',
        jurisdiction: { agencies: null, areas: null, categories: null },
        languages: ['en'],
        isPseudonym: false,
      },
      texts: {
        person,
        name: person,
        title: 'Observer',
        appointingBody: 'City Council',
        instrument: 'CC-1',
      },
    },
  })
