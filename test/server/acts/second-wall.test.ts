import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { perform } from '../../../server/acts/perform.ts'
import type { Sql } from '../../../server/db/connect.ts'
import { actingDatabase, appointed, asked, decision, madeFor } from '../../support/acts.ts'

interface Forged {
  as: string
  person?: string
  appointment: number
  kind?: string
  subject?: string
}

/** Writes an act as the role of appointees does, past the whole program. */
async function forge(sql: Sql, { as, person = as, appointment, ...rest }: Forged): Promise<void> {
  const { kind = 'appointment.made', subject = 'appointment:999' } = rest
  const hash = createHash('sha256').update('{}').digest()
  await sql.begin(async (trx) => {
    await trx`select set_config('clerestory.person', ${as}, true)`
    await trx`set local role clerestory_actor`
    await trx`
      insert into act (id, at, person_id, appointment_id, role, kind, subject, version, body, canonical, hash, seq)
      values (999, now(), ${person}, ${appointment}, 'secretariat', ${kind}, ${subject}, 1, '{}', '{}', ${hash}, 1)`
  })
}

const refused = 'new row violates row-level security policy for table "act"'

test('I9: an act written past the program is refused by the database, unless its appointment allows it', async () => {
  await using place = await actingDatabase()
  const { db, sql, first } = place
  const observer = await appointed(db, 'mei')
  const ended = await appointed(db, 'olu', { role: 'secretariat', until: '2024-12-31' })
  const upcoming = await appointed(db, 'uma', { role: 'secretariat', from: '2098-01-01' })
  const suspended = await appointed(db, 'sam', { role: 'secretariat' })
  await perform(db, asked('ines', decision('appointment.suspended'), { id: suspended }))
  const revoked = await appointed(db, 'rui', { role: 'secretariat' })
  await perform(db, asked('ines', decision('appointment.revoked'), { id: revoked }))

  const forgeries: Forged[] = [
    { as: 'mei', appointment: observer },
    { as: 'olu', appointment: ended },
    { as: 'uma', appointment: upcoming },
    { as: 'sam', appointment: suspended },
    { as: 'rui', appointment: revoked },
    { as: 'mei', appointment: first },
    { as: 'mei', person: 'ines', appointment: first },
    { as: 'ines', appointment: 12_345 },
    { as: 'ines', appointment: first, kind: 'appointment.crowned' },
    { as: 'ines', appointment: first, subject: `appointment:${first}` },
    {
      as: 'mei',
      appointment: observer,
      kind: 'appointment.named',
      subject: `appointment:${first}`,
    },
    { as: 'mei', appointment: observer, kind: 'flag.opened', subject: `appointment:${observer}` },
  ]
  for (const forged of forgeries) {
    await expect(forge(sql, forged), JSON.stringify(forged)).rejects.toThrow(refused)
  }
  // Let through by the wall: there is a first version already.
  const own = { kind: 'appointment.named', subject: `appointment:${observer}` }
  await expect(forge(sql, { as: 'mei', appointment: observer, ...own })).rejects.toThrow('subject')
  await forge(sql, { as: 'ines', appointment: first })
})

test('who writes as the role of appointees can neither read nor change what lies around', async () => {
  await using place = await actingDatabase()
  const as = (query: string) =>
    place.sql.begin(async (trx) => {
      await trx`set local role clerestory_actor`
      await trx.unsafe(query)
    })

  for (const query of [
    'select from act',
    'select from appointment',
    'select from act_text',
    'select from ticket',
    `update appointment set state = '{}'`,
    'update journal_head set seq = 7',
    `insert into act_kind values ('x', '{observer}', false)`,
  ]) {
    await expect(as(query), query).rejects.toThrow(/permission denied/)
  }
})

test('nobody updates, deletes or truncates acts, and a text is only taken down', async () => {
  await using place = await actingDatabase()
  await appointed(place.db, 'mei')

  for (const query of [
    `update act set kind = 'appointment.made'`,
    'delete from act',
    'truncate act',
    'delete from act_text',
    'truncate act_text',
  ]) {
    await expect(place.sql.unsafe(query), query).rejects.toThrow('append-only')
  }
  await expect(place.sql`update act_text set text = 'other'`).rejects.toThrow('not changed')
  await expect(place.sql`update act_text set act_id = act_id + 1000`).rejects.toThrow('not changed')
  await place.sql`update act_text set text = null, salt = null where name = 'name'`
})

test('a role and an extension that may not be made are asked of the administrator in so many words', async () => {
  const { migrate } = await import('../../../server/db/migrate.ts')
  const { connect } = await import('../../../server/db/connect.ts')
  const { emptyDatabase } = await import('../../support/database.ts')
  await using database = await emptyDatabase()
  const url = new URL(database.url)
  const user = `plain_${url.pathname.slice(-12)}`
  await database.sql.unsafe(`create role ${user} login password 'plain'`)
  await database.sql.unsafe(`grant all on schema public to ${user}`)
  url.username = user
  url.password = 'plain'
  const plain = connect(url.href, { max: 2 })

  const sentence = `grant clerestory_actor to ${user} with inherit false, set true;`
  await expect(migrate(plain.db)).rejects.toThrow(sentence)
  await database.sql.unsafe(sentence)
  const extension = 'create extension if not exists pg_trgm;'
  await expect(migrate(plain.db)).rejects.toThrow(extension)
  await database.sql.unsafe(extension)
  await migrate(plain.db)

  expect(await appointed(plain.db, 'mei')).toBe(1)
  await appointed(plain.db, 'ines', { role: 'secretariat' })
  const { act } = await perform(plain.db, asked('ines', madeFor('olu')))
  expect(act).toMatchObject({ kind: 'appointment.made', version: 1 })
  await plain.sql.end({ timeout: 5 })
  await database.sql.unsafe(`drop owned by ${user} cascade`)
  await database.sql.unsafe(`drop role ${user}`)
})
