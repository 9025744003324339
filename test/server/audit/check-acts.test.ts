import { expect, test } from 'vitest'
import { perform } from '../../../server/acts/perform.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { withholdingNoun } from '../../../server/withholdings/noun.ts'
import { removeTexts } from '../../../server/withholdings/queries.ts'
import { actingDatabase, appointed, asked, decision } from '../../support/acts.ts'
import { commandProcess } from '../import/command-process.ts'

/** The first secretariat is act 1; `mei` is appointed in 2, suspended in 3 and resumed in 4. */
async function place() {
  const place = await actingDatabase()
  const id = await appointed(place.db, 'mei')
  await perform(place.db, asked('ines', decision('appointment.suspended'), { id }))
  await perform(place.db, asked('ines', decision('appointment.resumed'), { id }))
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

const resealed = (text: string) =>
  `update act set canonical = ${text}, hash = sha256(convert_to(${text}, 'UTF8'))`

test.each([
  [
    `update act set body = body || '{"until": "2100-01-01"}' where id = 2`,
    'act 2 (appointment:2): its row is not what its canonical text says',
  ],
  [
    `update act set at = at + interval '1 second' where id = 3`,
    'act 3 (appointment:2): its row is not what its canonical text says',
  ],
  [
    `${resealed(`replace(canonical, 'suspended', 'revoked')`)} where id = 3`,
    'act 3 (appointment:2): its row is not what its canonical text says',
  ],
  [
    `${resealed(`'not JSON'`)} where id = 3`,
    'act 3 (appointment:2): its row is not what its canonical text says',
  ],
  [
    `update act_text set text = 'Nobody' where act_id = 3`,
    'act 3 (appointment:2): its reason is not what it committed to',
  ],
  ['delete from act_text where act_id = 3', 'act 3 (appointment:2): its reason is missing'],
  [
    'update act_text set text = null, salt = null where act_id = 3',
    'act 3 (appointment:2): its reason was taken down, and no act says so',
  ],
  [
    `update act set person_id = 'mei' where id = 4`,
    'act 4 (appointment:2): its person is not the one who was appointed',
  ],
  [
    'delete from act where id = 3',
    'appointment:2: what was done between versions 1 and 3 is missing',
  ],
  ['delete from act where id = 4', 'appointment:2: it is version 3, its acts make 2'],
  ['delete from act where id = 4', 'the journal, row 4: it tells of 1 acts, and there are 0'],
  [
    `update appointment set state = state || '{"until": "2100-01-01"}' where id = 2`,
    'appointment:2: its state is not what its acts make of it',
  ],
  ['delete from appointment where id = 2', 'appointment:2: it has acts, but no state'],
  [
    'insert into appointment (id, version, state) select 77, version, state from appointment where id = 2',
    'appointment:77: it has a state, but no acts',
  ],
])('an audit finds %s', async (alteration, difference) => {
  await using city = await place()

  await city.alter(alteration)

  expect((await checkActs(city.sql)).differences).toContain(difference)
})

test('an altered act makes npm run audit fail, and is named', async () => {
  await using city = await place()
  const audit = () =>
    commandProcess('server/audit/cli.ts', [], { cwd: '.', env: { DATABASE_URL: city.url } }).ended
  const exact = await audit()
  expect(exact.output).toContain('the acts: 4, folded again')
  expect(exact).toMatchObject({ code: 0 })

  await city.alter(`update appointment set version = 9 where id = 2`)

  const altered = await audit()
  expect(altered.output).toContain('appointment:2: it is version 9, its acts make 3')
  expect(altered.code).toBe(1)
}, 60_000)
