import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Db } from '../../../server/db/connect.ts'
import { perform } from '../../../server/acts/perform.ts'
import { auditCommand } from '../../../server/audit/cli.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { withholdingNoun } from '../../../server/withholdings/noun.ts'
import { removeTexts } from '../../../server/withholdings/queries.ts'
import { actingDatabase, appointed, asked, decision } from '../../support/acts.ts'
import { commandOn } from '../../support/command.ts'

/** What was done about an appointment, by the ids of its acts. */
async function standing(db: Db, person: string): Promise<Done> {
  const id = await appointed(db, person)
  const suspension = await perform(db, asked('ines', decision('appointment.suspended'), { id }))
  const { act } = await perform(db, asked('ines', decision('appointment.resumed'), { id }))
  return { id, suspended: suspension.act.id, resumed: act.id, seq: act.seq }
}

/** The first secretariat is act 1; `mei` is appointed in 2, suspended in 3 and resumed in 4. */
async function place() {
  const place = await actingDatabase()
  await standing(place.db, 'mei')
  // Past the triggers, as only who owns the database can.
  const alter = (query: string) =>
    place.sql.begin(async (trx) => {
      await trx`set local session_replication_role = replica`
      await trx.unsafe(query)
    })
  return { ...place, alter, [Symbol.asyncDispose]: () => place[Symbol.asyncDispose]() }
}

test('acts that nobody altered are found whole, also when a text was taken down', async () => {
  await using city = await place()
  expect(await checkActs(city.sql)).toEqual({ acts: 4, differences: [] })

  await perform(city.db, {
    ...{ person: 'ines', key: null, noun: withholdingNoun },
    deed: {
      kind: 'text.withheld',
      body: { act: 3, of: 'appointment:2', texts: ['reason'], ground: 'personal-data' },
      texts: { reason: null },
    },
    also: (trx) => removeTexts(trx, { act: 3, texts: ['reason'] }),
  })

  expect(await checkActs(city.sql)).toEqual({ acts: 5, differences: [] })
})

test('a file that is gone without an act, and one that is there though an act took it down, are named', async () => {
  await using city = await place()
  const [file, other] = [Buffer.from('one'), Buffer.from('other')].map((body) => ({
    body,
    hash: createHash('sha256').update(body).digest(),
  }))
  const naming = (id: number, hash: Buffer) =>
    `update act set body = jsonb_build_object('attachments', array['${hash.toString('hex')}']) where id = ${id}`
  await city.alter(naming(3, file!.hash))
  await city.alter(naming(4, other!.hash))
  await city.sql`insert into attachment (hash, kind, type, body) values
    (${other!.hash}, 'file', 'image/png', ${other!.body})`
  await city.sql`insert into withholding (id, version, state) values
    (9, 1, ${city.sql.json({ act: 4, file: other!.hash.toString('hex') })})`

  const { differences } = await checkActs(city.sql)

  const files = differences.filter((one) => one.includes('file'))
  expect(files).toEqual([
    `act 3: its file ${file!.hash.toString('hex').slice(0, 12)} is gone, and no act says that it was taken down`,
    `act 4: its file ${other!.hash.toString('hex').slice(0, 12)} is there, and an act says that it was taken down`,
  ])
})

test('evidence that an act names is found whole, and named where it was edited or taken away', async () => {
  await using city = await place()
  const [edited, removed, whole] = ['{"n":1}', '{"n":2}', '{"n":3}'].map((text) =>
    createHash('sha256').update(text).digest('hex'),
  ) as [string, string, string]
  await city.sql`insert into evidence (hash, canonical, body)
    select sha256(convert_to(text, 'UTF8')), text, text::jsonb
    from unnest(array['{"n":1}', '{"n":2}', '{"n":3}']) as text`
  await city.alter(`
    update act set body = '{"evidence": "${edited}"}' where id = 3;
    update act set body = '{"evidence": ["${whole}", "${removed}"]}' where id = 4`)
  const named = async () =>
    (await checkActs(city.sql)).differences.filter((one) => one.includes('its evidence'))
  expect(await named()).toEqual([])

  await city.alter(`
    alter table evidence drop constraint evidence_check, drop constraint evidence_check1;
    update evidence set canonical = '{"n":9}', body = '{"n":9}' where encode(hash, 'hex') = '${edited}';
    delete from evidence where encode(hash, 'hex') = '${removed}'`)

  expect(await named()).toEqual([
    `act 3: its evidence ${edited.slice(0, 12)} is not what its hash says`,
    `act 4: its evidence ${removed.slice(0, 12)} is not there`,
  ])
})

const resealed = (text: string) =>
  `update act set canonical = ${text}, hash = sha256(convert_to(${text}, 'UTF8'))`

interface Done {
  id: number
  suspended: number
  resumed: number
  /** Of the last one in the journal. */
  seq: number
}

const alterations: ((done: Done) => [query: string, difference: string])[] = [
  ({ id }) => [
    `update act set body = body || '{"until": "2100-01-01"}' where id = ${id}`,
    `act ${id} (appointment:${id}): its row is not what its canonical text says`,
  ],
  ({ id, suspended }) => [
    `update act set at = at + interval '1 second' where id = ${suspended}`,
    `act ${suspended} (appointment:${id}): its row is not what its canonical text says`,
  ],
  ({ id, suspended }) => [
    `${resealed(`replace(canonical, 'suspended', 'revoked')`)} where id = ${suspended}`,
    `act ${suspended} (appointment:${id}): its row is not what its canonical text says`,
  ],
  ({ id, suspended }) => [
    `${resealed(`'not JSON'`)} where id = ${suspended}`,
    `act ${suspended} (appointment:${id}): its row is not what its canonical text says`,
  ],
  ({ id, suspended }) => [
    `update act_text set text = 'Nobody' where act_id = ${suspended}`,
    `act ${suspended} (appointment:${id}): its reason is not what it committed to`,
  ],
  ({ id, suspended }) => [
    `delete from act_text where act_id = ${suspended}`,
    `act ${suspended} (appointment:${id}): its reason is missing`,
  ],
  ({ id, suspended }) => [
    `update act_text set text = null, salt = null where act_id = ${suspended}`,
    `act ${suspended} (appointment:${id}): its reason was taken down, and no act says so`,
  ],
  ({ id, resumed }) => [
    `update act set person_id = 'mei' where id = ${resumed}`,
    `act ${resumed} (appointment:${id}): its person is not the one who was appointed`,
  ],
  ({ id, suspended }) => [
    `delete from act where id = ${suspended}`,
    `appointment:${id}: what was done between versions 1 and 3 is missing`,
  ],
  ({ id, resumed }) => [
    `delete from act where id = ${resumed}`,
    `appointment:${id}: it is version 3, its acts make 2`,
  ],
  ({ resumed, seq }) => [
    `delete from act where id = ${resumed}`,
    `the journal, row ${seq}: it tells of 1 acts, and there are 0`,
  ],
  ({ id }) => [
    `update appointment set state = state || '{"until": "2100-01-01"}' where id = ${id}`,
    `appointment:${id}: its state is not what its acts make of it`,
  ],
  ({ id }) => [
    `delete from appointment where id = ${id}`,
    `appointment:${id}: it has acts, but no state`,
  ],
  ({ id }) => [
    `insert into appointment (id, version, state) select 9999, version, state from appointment where id = ${id}`,
    'appointment:9999: it has a state, but no acts',
  ],
]

test('an audit finds and names whatever was altered, taken away or added', async () => {
  await using city = await place()
  const expected: string[] = []
  for (const [n, alteration] of alterations.entries()) {
    const [query, difference] = alteration(await standing(city.db, `observer ${n}`))
    await city.alter(query)
    expected.push(difference)
  }

  const { differences } = await checkActs(city.sql)

  for (const difference of expected) expect(differences).toContain(difference)
})

test('an altered act makes npm run audit fail, and is named', async () => {
  await using city = await place()
  const audit = commandOn(city.url, auditCommand)
  const exact = await audit()
  expect(exact.output).toContain('the acts: 4, folded again')
  expect(exact).toMatchObject({ code: 0 })

  await city.alter(`update appointment set version = 9 where id = 2`)

  const altered = await audit()
  expect(altered.output).toContain('appointment:2: it is version 9, its acts make 3')
  expect(altered.code).toBe(1)
}, 60_000)
