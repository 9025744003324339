import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { ToldAccountEvent } from '#shared/account-event.ts'
import { signInsCommand } from '../../../server/account-events/cli.ts'
import { accountEventsOf } from '../../../server/account-events/queries.ts'
import { recover } from '../../../server/accounts/invite.ts'
import { sweep } from '../../../server/accounts/queries.ts'
import { signOut } from '../../../server/accounts/sign-out.ts'
import { appointFirst } from '../../../server/appointments/appoint-first.ts'
import { readConfig } from '../../../server/config.ts'
import { runningApp } from '../../support/app.ts'
import { commandOn } from '../../support/command.ts'
import { member, PASSWORD } from './member.ts'
import { bodyOf, nextCodeOf, visitorOf, type Visitor } from './visitor.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const from = { headers: { 'user-agent': FIREFOX } }

let app: Awaited<ReturnType<typeof runningApp>>
let ines = { name: 'Inês Cardoso', email: '', by: null }
let tests = 0

beforeAll(async () => {
  app = await runningApp({ accounts: { ...readConfig({}).accounts, signInsPerMinute: 0 } })
})
beforeEach(() => {
  ines = { ...ines, email: `ines-${++tests}@example.org` }
})
afterAll(() => app[Symbol.asyncDispose]())

const inWords = ({ kind, way, why, route }: ToldAccountEvent) =>
  [kind, way, why, route].filter((one) => one !== null).join(' ')

/** The oldest first. */
const told = async (visitor: Visitor): Promise<string[]> =>
  (await bodyOf(visitor.ask('/events'))).events.map(inWords).reverse()

test('whoever comes in or is refused is told to the owner of the account, and nothing that was typed is kept', async () => {
  const here = await member(app, ines)
  const { email } = ines
  const there = visitorOf(app)
  await there.post('/sign-in/password', { email, password: 'lanterns and tide tables' }, from)
  await there.post('/sign-in/password', { email: `  ${email.toUpperCase()}`, password: PASSWORD })
  await there.post('/sign-in/code', { code: '000000' }, from)
  await there.post('/sign-in/code', { code: nextCodeOf(here.uri) }, from)
  const again = visitorOf(app)
  await again.post('/sign-in/password', { email, password: PASSWORD })
  await again.post('/sign-in/code', { code: here.spare[0] })
  const { sessions } = await bodyOf(here.ask('/ways'))
  const firefox = sessions.find(({ userAgent }: { userAgent: string }) => userAgent === FIREFOX)
  await here.ask(`/sessions/${firefox.id}`, undefined, { method: 'DELETE' })
  await here.post('/password', { current: 'not mine', password: 'another long password' })
  await here.post('/password', { current: PASSWORD, password: 'lanterns, tables and tides' })
  await here.post('/sign-out')
  const last = visitorOf(app)
  await last.post('/sign-in/password', { email, password: 'lanterns, tables and tides' })
  await last.post('/sign-in/code', { code: here.spare[1] })

  const { events } = await bodyOf(last.ask('/events'))
  expect(events.map(inWords).reverse()).toEqual([
    ...['link-used invitation', 'signed-in code'],
    ...['refused password password.wrong', 'begun password', 'refused code code.wrong'],
    ...['signed-in code', 'begun password', 'signed-in spare', 'ended code elsewhere'],
    ...['forbidden password.not-yours POST /account/password', 'ended code password'],
    ...['ended code signed-out', 'begun password', 'signed-in spare'],
  ])
  // Of a session that ended that of whoever began it.
  const ofFirefox = events.filter(({ device }: ToldAccountEvent) => device === 'Firefox, Linux')
  expect(ofFirefox.map(inWords).reverse()).toEqual([
    ...['refused password password.wrong', 'refused code code.wrong', 'signed-in code'],
    'ended code elsewhere',
  ])
  const kept = JSON.stringify(await app.sql`select * from account_event`)
  for (const typed of ['lanterns', 'not mine', 'ines', '000000', here.spare[0], 'Mozilla']) {
    expect(kept).not.toContain(typed)
  }
})

const NOTHING = { id: 'none', rawId: 'none', type: 'public-key', clientExtensionResults: {} }
const SAID = { clientDataJSON: 'e30', authenticatorData: 'e30', signature: 'e30' }
const usedPasskey = (id: string) => ({ response: { ...NOTHING, id, response: SAID } })

test('of who is unknown only that they are, and of a passkey or a link that we know whose it is', async () => {
  const { personId } = await member(app, ines)
  await app.sql`insert into passkey (id, person_id, public_key, credential_id, counter, device_type, backed_up)
    values ('theirs', ${personId}, '', 'theirs', 0, 'singleDevice', false)`
  const [{ last }] = await app.sql<
    [{ last: number }]
  >`select max(id)::int as last from account_event`
  const stranger = visitorOf(app)
  const unknown = { email: 'my password by mistake', password: PASSWORD }
  expect((await stranger.post('/sign-in/password', unknown)).status).toBe(401)
  for (const id of ['none', 'theirs']) {
    expect((await stranger.post('/sign-in/passkey', usedPasskey(id))).status).toBe(401)
  }
  expect((await stranger.post('/sign-in/code', { code: '123456' })).status).toBe(401)
  expect((await stranger.post('/welcome', { token: 'none' })).status).toBe(410)
  const noted = await app.sql`select person_id, way, why from account_event where id > ${last}`
  expect(noted.map(({ person_id, way, why }) => [person_id, way, why])).toEqual([
    [null, 'password', 'password.wrong'],
    [null, 'passkey', 'passkey.unknown'],
    [personId, 'passkey', 'passkey.unknown'],
    [null, 'code', 'code.wrong'],
    [null, 'invitation', 'used-up'],
  ])
})

test('recovery, the secretariat and the clock end sessions by name', async () => {
  const lost = await member(app, ines)
  const { token } = await recover(app.db, lost.personId, { by: null })
  const found = visitorOf(app)
  await found.post('/welcome/password', { token, password: PASSWORD })
  expect((await found.post('/welcome', { token })).status).toBe(410)
  expect((await told(found)).slice(2)).toEqual([
    ...['link-used recovery', 'ended code recovery', 'refused invitation used-up'],
  ])

  const out = await member(app, { ...ines, email: `out-${ines.email}` })
  await signOut(app.db, out.personId, { by: null })
  const idle = await member(app, { ...ines, email: `idle-${ines.email}` })
  await sweep(app.db, { now: Date.now() + 3_600_000, idle: 1_800_000 })
  const lastOf = async (personId: string) =>
    (await accountEventsOf(app.db, { personId, limit: 1 })).map(inWords)
  expect(await lastOf(out.personId)).toEqual(['ended code secretariat'])
  expect(await lastOf(idle.personId)).toEqual(['ended code clock'])
  // Half a session had never begun.
  expect(await lastOf(lost.personId)).toEqual(['refused invitation used-up'])
})

test('what is forbidden is noted once a minute, and the secretariat’s reading of it too', async () => {
  const [head, observer] = [ines, { ...ines, email: `seen-${ines.email}` }]
  const [first, seen] = [await member(app, head), await member(app, observer)]
  await appointFirst(app.db, first.personId)
  const ask = (who: Visitor, path: string) =>
    app.get(`/api/v1${path}`, { headers: { cookie: who.cookie(), ...from.headers } })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  for (let time = 0; time < 2; time++) expect((await ask(seen, '/people')).status).toBe(403)
  vi.useRealTimers()
  const forbidden = 'forbidden forbidden GET /people'
  expect((await told(seen)).slice(2)).toEqual([forbidden])

  const path = `/people/${seen.personId}/events`
  expect((await ask(seen, path)).status).toBe(403)
  const { events } = await bodyOf(ask(first, path))
  expect(events[1]).toMatchObject({ kind: 'forbidden', device: 'Firefox, Linux' })
  expect(events.map(inWords)[0]).toBe('forbidden forbidden GET /people/:id/events')
  const [read] = await app.sql`select person_id, what, "of" from personal_read order by id desc`
  expect(read).toEqual({ person_id: first.personId, what: 'sign-ins', of: [seen.personId] })

  const command = commandOn(app.url, signInsCommand)
  const { code, output } = await command()
  expect([code, output]).toEqual([0, expect.stringContaining(`${seen.personId}  forbidden  -`)])
  expect((await command('--before', '1')).output).toBe('')
  expect((await command('--before', 'x')).code).not.toBe(0)
})

test('what cannot be noted stays forbidden', async () => {
  const seen = await member(app, { ...ines, email: `unnoted-${ines.email}` })
  await app.sql`alter table account_event rename to account_event_away`
  const { status } = await app.get('/api/v1/people', { headers: { cookie: seen.cookie() } })
  await app.sql`alter table account_event_away rename to account_event`
  expect(status).toBe(403)
})

test('what was noted of signing in can be neither changed nor taken away', async () => {
  await expect(app.sql`update account_event set kind = 'signed-in'`).rejects.toThrow()
  await expect(app.sql`delete from account_event`).rejects.toThrow()
  await expect(app.sql`truncate account_event`).rejects.toThrow()
})
