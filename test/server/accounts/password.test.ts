import { argon2Sync, createHash } from 'node:crypto'
import { symmetricEncrypt } from 'better-auth/crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { AccountConfig } from '../../../server/config.ts'
import { readConfig } from '../../../server/config.ts'
import { openAccounts } from '../../../server/accounts/accounts.ts'
import { invite, recover } from '../../../server/accounts/invite.ts'
import { isPassword } from '../../../server/accounts/password.ts'
import { keptSecret } from '../../../server/accounts/queries.ts'
import type { Db } from '../../../server/db/connect.ts'
import { createLog } from '../../../server/log.ts'
import { runningApp } from '../../support/app.ts'
import { cookieOf } from '../../support/session.ts'
import { member as aMember, PASSWORD } from './member.ts'
import { bodyOf, codeOf, nextCodeOf, visitorOf } from './visitor.ts'

const MINUTE = 60_000
const accounts = { ...readConfig({}).accounts, signInsPerMinute: 0 }

const cityWith = (more: Partial<AccountConfig> = {}) =>
  runningApp({ accounts: { ...accounts, ...more } })

let app: Awaited<ReturnType<typeof cityWith>>
/** Each test's own: all are in one city. */
let ines = { name: 'Inês Cardoso', email: '', by: null }
let tests = 0

beforeAll(async () => {
  app = await cityWith()
})
beforeEach(() => {
  ines = { ...ines, email: `ines-${++tests}@example.org` }
})
afterEach(() => vi.useRealTimers())
afterAll(() => app[Symbol.asyncDispose]())

const member = (app: { origin: string; db: Db }, person = ines) => aMember(app, person)

const readersOf = (app: { db: Db; config: { accounts: AccountConfig } }) =>
  openAccounts({
    db: app.db,
    config: app.config.accounts,
    demo: false,
    log: createLog('silent'),
    addressOf: () => '',
    onRefused: () => {},
  })

test('an invited person chooses a password, and may act when the code of the app is confirmed', async () => {
  const { personOf } = await readersOf(app)
  const { token } = await invite(app.db, ines)
  const visitor = visitorOf(app)
  const who = () => personOf({ headers: { cookie: visitor.cookie() } })
  const look = await visitor.post('/welcome', { token })
  expect(await look.json()).toEqual({ name: ines.name, email: ines.email })

  expect((await visitor.post('/welcome/password', { token, password: PASSWORD })).status).toBe(200)
  expect(await who()).toBeUndefined()
  const { uri, spare } = await bodyOf(visitor.post('/code', { password: PASSWORD }))
  expect(spare).toHaveLength(10)
  expect((await visitor.post('/code/confirm', { code: '000000' })).status).toBe(400)
  expect(await who()).toBeUndefined()
  expect((await visitor.post('/code/confirm', { code: codeOf(uri) })).status).toBe(200)
  expect(await who()).toMatchObject({ name: ines.name })
})

test('a password alone lets nobody act, before and after there is an app', async () => {
  const { personOf } = await readersOf(app)
  const { token } = await invite(app.db, ines)
  await visitorOf(app).post('/welcome/password', { token, password: PASSWORD })
  const early = visitorOf(app)
  const first = await early.post('/sign-in/password', { email: ines.email, password: PASSWORD })
  expect(await first.json()).toEqual({ needs: 'setUp' })
  expect(await personOf({ headers: { cookie: early.cookie() } })).toBeUndefined()
  const { uri } = await bodyOf(early.post('/code', { password: PASSWORD }))
  await early.post('/code/confirm', { code: codeOf(uri) })

  const later = visitorOf(app)
  const again = await later.post('/sign-in/password', { email: ines.email, password: PASSWORD })
  expect(await again.json()).toEqual({ needs: 'code' })
  expect(await bodyOf(later.ask(''))).toMatchObject({ person: null })
  expect((await later.post('/sign-in/code', { code: '123456' })).status).toBe(401)
  expect((await later.post('/sign-in/code', { code: nextCodeOf(uri) })).status).toBe(200)
  expect(await personOf({ headers: { cookie: later.cookie() } })).toMatchObject({ name: ines.name })
})

test('a password never makes a second factor for who has another way in', async () => {
  const other = {
    passkey: (personId: string) =>
      app.sql`insert into passkey (id, person_id, public_key, credential_id, counter, device_type, backed_up)
        values (${personId}, ${personId}, '', ${personId}, 0, 'singleDevice', false)`,
    sso: (personId: string) =>
      app.sql`insert into credential (id, person_id, account_id, provider_id)
        values (${`sso ${personId}`}, ${personId}, ${personId}, 'sso')`,
  }
  for (const [name, add] of Object.entries(other)) {
    const person = { ...ines, email: `${name}-${ines.email}` }
    const { token, personId } = await invite(app.db, person)
    await visitorOf(app).post('/welcome/password', { token, password: PASSWORD })
    await add(personId)
    const thief = visitorOf(app)
    const enter = { email: person.email, password: PASSWORD }
    const answer = await thief.post('/sign-in/password', enter)
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'sign-in.other' }])
    expect(thief.cookie()).toBe('')
    expect((await thief.post('/code', { password: PASSWORD })).status).toBe(401)
    expect((await thief.post('/passkeys/options')).status).toBe(401)
  }
})

test('a spare code signs in once', async () => {
  const { spare, email } = await member(app)
  const enter = async () => {
    const visitor = visitorOf(app)
    await visitor.post('/sign-in/password', { email, password: PASSWORD })
    return (await visitor.post('/sign-in/code', { code: spare[0] })).status
  }
  expect(await enter()).toBe(200)
  expect(await enter()).toBe(401)
})

test('a code of the app signs in once', async () => {
  const { uri, email } = await member(app)
  const enter = async (code: string) => {
    const visitor = visitorOf(app)
    await visitor.post('/sign-in/password', { email, password: PASSWORD })
    return (await visitor.post('/sign-in/code', { code })).status
  }
  const code = nextCodeOf(uri)
  expect(await enter(code)).toBe(200)
  expect(await enter(code)).toBe(401)
})

test('a code counts in its own half minute and those beside it, and a password that nobody changed for ever', async () => {
  const { uri, email } = await member(app)
  const enter = async (...codes: string[]) => {
    const visitor = visitorOf(app)
    expect((await visitor.post('/sign-in/password', { email, password: PASSWORD })).status).toBe(
      200,
    )
    const answers = []
    for (const code of codes) answers.push((await visitor.post('/sign-in/code', { code })).status)
    return answers
  }
  // The clock stands still, or a half minute could end between the code and its check.
  const later = Date.now() + 400 * 24 * 60 * MINUTE
  vi.useFakeTimers({ toFake: ['Date'], now: later })
  const beside = [-60_000, 60_000, -30_000].map((off) => codeOf(uri, later + off))
  expect(await enter(...beside)).toEqual([401, 401, 200])
  expect(await enter(codeOf(uri, later + 30_000))).toEqual([200])
})

test('what an app shares is encrypted and sealed, and spare codes are long, random and only hashed', async () => {
  const { uri, spare, personId, email } = await member(app)
  const other = await member(app, { ...ines, email: `other-${ines.email}` })
  const codes = [...spare, ...other.spare]
  expect(new Set(codes).size).toBe(20)
  // 24 signs of 5 bits each.
  for (const code of codes) expect(code).toMatch(/^([a-km-np-z2-9]{6}-){3}[a-km-np-z2-9]{6}$/)
  const shared = new URL(uri).searchParams.get('secret')!
  expect(shared.length).toBeGreaterThanOrEqual(32)

  const [kept] =
    await app.sql`select secret, backup_codes from two_factor where person_id = ${personId}`
  expect(JSON.parse(kept!.backup_codes)).toEqual(
    spare.map((code: string) =>
      createHash('sha256').update(code.replaceAll('-', '')).digest('hex'),
    ),
  )
  expect(kept!.secret).not.toContain(shared)
  const { secret } = kept as unknown as { secret: string }
  const altered = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0')
  await app.sql`update two_factor set secret = ${altered} where person_id = ${personId}`
  const visitor = visitorOf(app)
  await visitor.post('/sign-in/password', { email, password: PASSWORD })
  const sealed = await visitor.post('/sign-in/code', { code: nextCodeOf(uri) })
  expect(sealed.status).toBeGreaterThanOrEqual(400)
  // As a person types it.
  const typed = spare[0].toUpperCase().replaceAll('-', ' ')
  expect((await visitor.post('/sign-in/code', { code: typed })).status).toBe(200)
})

test('spare codes that were kept by an earlier version count, once', async () => {
  const { personId, email } = await member(app)
  const secret = await keptSecret(app.db)
  const old = await symmetricEncrypt({ key: secret, data: JSON.stringify(['aBcDe-12345']) })
  await app.sql`update two_factor set backup_codes = ${old} where person_id = ${personId}`
  const enter = async () => {
    const visitor = visitorOf(app)
    await visitor.post('/sign-in/password', { email, password: PASSWORD })
    return (await visitor.post('/sign-in/code', { code: 'aBcDe-12345' })).status
  }
  expect([await enter(), await enter()]).toEqual([200, 401])
})

test('an invitation is used once, whoever else tries at the same moment', async () => {
  const { token } = await invite(app.db, ines)
  const tries = Array.from({ length: 4 }, () =>
    visitorOf(app).post('/welcome/password', { token, password: PASSWORD }),
  )
  const statuses = (await Promise.all(tries)).map(({ status }) => status)
  expect(statuses.sort()).toEqual([200, 410, 410, 410])
  expect((await visitorOf(app).post('/welcome', { token })).status).toBe(410)
})

test('an invitation that is a week old does not count', async () => {
  const { token } = await invite(app.db, ines)
  await app.sql`update invitation set expires_at = clock_timestamp()`
  expect((await visitorOf(app).post('/welcome', { token })).status).toBe(410)
})

test('recovery lets nothing count that was there before', async () => {
  const before = await member(app)
  const { token } = await recover(app.db, before.personId, { by: null })
  expect(await bodyOf(before.ask(''))).toMatchObject({ person: { name: ines.name } })

  const after = visitorOf(app)
  await after.post('/welcome/password', { token, password: 'another long password' })
  expect(await bodyOf(before.ask(''))).toMatchObject({ person: null })
  const old = await visitorOf(app).post('/sign-in/password', {
    email: ines.email,
    password: PASSWORD,
  })
  expect(old.status).toBe(401)
  expect(await bodyOf(after.ask(''))).toMatchObject({ person: { needsCode: true } })
})

test('an unknown address and a wrong password are answered alike, and cost as much work', async () => {
  await member(app)
  const wrong = (email: string) =>
    visitorOf(app).post('/sign-in/password', { email, password: 'not this one at all' })
  const answers = await Promise.all([wrong(ines.email), wrong('nobody@example.org')])
  const [known, unknown] = await Promise.all(answers.map((answer) => answer.text()))
  expect(answers.map(({ status }) => status)).toEqual([401, 401])
  expect(known).toBe(unknown)

  // Work, not time: how long it takes depends on who else uses the machine.
  const work = async (email: string) => {
    const before = process.cpuUsage()
    for (let i = 0; i < 4; i++) await wrong(email)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const ratio = (await work('nobody@example.org')) / (await work(ines.email))
  // One hash apart they would differ by a factor of five and more.
  expect(ratio).toBeGreaterThan(0.4)
  expect(ratio).toBeLessThan(2.5)
})

test('nobody can be asked whether they have an account by signing up or by their passkeys', async () => {
  const { personId } = await member(app)
  const visitor = visitorOf(app)
  for (const path of ['/sign-up/email', '/sso/sign-up/email', '/sso/get-session']) {
    expect(
      (await visitor.post(path, { name: 'X', email: 'x@example.org', password: PASSWORD })).status,
    ).toBe(404)
  }
  const options = await bodyOf(visitor.post('/sign-in/passkey/options'))
  expect(options.allowCredentials ?? []).toEqual([])
  expect(JSON.stringify(options)).not.toContain(personId)
})

test('an account and an address are asked to wait after too many attempts', async () => {
  const tries = async (visitor = visitorOf(app)) =>
    visitor.post('/sign-in/password', { email: 'Somebody@example.org ', password: 'x' })
  for (let i = 0; i < 10; i++) expect((await tries()).status).toBe(401)
  const refused = await tries()
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600)
  // Nobody is locked out by tries of others.
  expect((await visitorOf(app).post('/sign-in/passkey/options')).status).toBe(200)

  await using strict = await cityWith({ signInsPerMinute: 3 })
  const visitor = visitorOf(strict)
  for (let i = 0; i < 3; i++)
    expect((await visitor.post('/sign-in/passkey/options')).status).toBe(200)
  expect((await visitor.post('/sign-in/passkey/options')).status).toBe(429)
  expect((await visitor.post('/welcome', { token: 'x' })).status).toBe(429)
})

test('a session ends after half an hour without use, and after twelve hours in any case', async () => {
  const visitor = await member(app)
  const { personOf } = await readersOf(app)
  const who = () => personOf({ headers: { cookie: visitor.cookie() } })
  const start = Date.now()
  const at = (minutes: number) => {
    vi.useFakeTimers({ toFake: ['Date'], now: start + minutes * MINUTE })
    return who()
  }
  for (let minutes = 29; minutes < 12 * 60; minutes += 29) expect(await at(minutes)).toBeDefined()
  expect(await at(12 * 60 + 1)).toBeUndefined()

  vi.useRealTimers()
  await app.sql`update session set updated_at = ${start}, expires_at = ${start + 720 * MINUTE}`
  expect(await at(29)).toBeDefined()
  expect(await at(60)).toBeUndefined()
  expect(await at(29)).toBeDefined()
})

test('a session that somebody ends is nobody at the next request, and is no act', async () => {
  const acts = () => app.db.selectFrom('act').selectAll().execute()
  const before = await acts()
  const here = await member(app)
  const there = visitorOf(app)
  await there.post('/sign-in/password', { email: here.email, password: PASSWORD })
  await there.post('/sign-in/code', { code: nextCodeOf(here.uri) })
  const { sessions } = await bodyOf(here.ask('/ways'))
  const other = sessions.find((one: { isThis: boolean }) => !one.isThis)
  expect(sessions).toHaveLength(2)

  await here.ask(`/sessions/${other.id}`, undefined, { method: 'DELETE' })
  expect(await bodyOf(there.ask(''))).toMatchObject({ person: null })
  expect((await there.ask('/ways')).status).toBe(401)
  expect(await bodyOf(here.ask(''))).toMatchObject({ person: { name: ines.name } })
  await here.post('/sign-out')
  expect(await bodyOf(here.ask(''))).toMatchObject({ person: null })
  // Only that of who was invited.
  expect(await acts()).toHaveLength(before.length + 1)
})

test('nobody ends a session of somebody else', async () => {
  const mine = await member(app)
  const other = await member(app, { ...ines, name: 'Tomas', email: 'tomas@example.org' })
  const { sessions } = await bodyOf(mine.ask('/ways'))
  const answer = await other.ask(`/sessions/${sessions[0].id}`, undefined, { method: 'DELETE' })
  expect(answer.status).toBe(404)
  expect((await mine.ask('/ways')).status).toBe(200)
})

test('a changed password is none that anybody would try first, and ends all other sessions', async () => {
  const here = await member(app)
  const there = visitorOf(app)
  await there.post('/sign-in/password', { email: here.email, password: PASSWORD })
  await there.post('/sign-in/code', { code: nextCodeOf(here.uri) })
  const wrong = await here.post('/password', { current: 'x', password: 'a longer password' })
  expect(wrong.status).toBe(403)
  for (const password of ['password1234', 'Cardoso.2026!', ines.email]) {
    const answer = await here.post('/password', { current: PASSWORD, password })
    expect(await answer.json()).toMatchObject({ code: 'password.guessable', path: 'password' })
  }
  // Any characters, and as many as are taken.
  const longest = ' 潮汐表🏮é"\\'.repeat(20).slice(0, 128)
  await here.post('/password', { current: PASSWORD, password: longest })
  expect((await there.ask('/ways')).status).toBe(401)
  expect((await here.ask('/ways')).status).toBe(200)
  const enter = { email: here.email, password: longest }
  expect((await visitorOf(app).post('/sign-in/password', enter)).status).toBe(200)
})

test('who signed in long ago signs in again before changing how, or ending a session elsewhere', async () => {
  const visitor = await member(app)
  const { sessions } = await bodyOf(visitor.ask('/ways'))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16 * MINUTE })
  const answers = await Promise.all([
    visitor.post('/passkeys/options'),
    visitor.post('/sessions/end-others'),
    visitor.ask(`/sessions/${sessions[0].id}`, undefined, { method: 'DELETE' }),
  ])
  for (const answer of answers) {
    expect(answer.status).toBe(403)
    expect(await answer.json()).toMatchObject({ code: 'sign-in.again' })
  }
  expect((await visitor.ask('/ways')).status).toBe(200)
})

test('a password counts to its last sign as it was typed, however a keyboard composes it, and is kept by Argon2id', async () => {
  const here = await member(app)
  const other = await member(app, { ...ines, email: `other-${ines.email}` })
  const password = ` ${'Gezeitentafel und Lampions im März. '.repeat(4)}`.slice(0, 127) + 'x'
  await here.post('/password', { current: PASSWORD, password })
  await other.post('/password', { current: PASSWORD, password })
  const enter = async (typed: string) =>
    (await visitorOf(app).post('/sign-in/password', { email: here.email, password: typed })).status
  expect(password).toHaveLength(128)
  const others = [`${password.slice(0, 127)}y`, password.slice(0, 127), password.toLowerCase()]
  for (const typed of [...others, password.trim()]) expect(await enter(typed)).toBe(401)
  expect(await enter(password)).toBe(200)
  // A deviation, so that the same signs are the same password.
  const short = 'Gezeitentafel im März 2'
  await here.post('/password', { current: password, password: short })
  expect(await enter(short.normalize('NFD').replace('2', '２'))).toBe(200)

  const kept =
    await app.sql`select password from credential where person_id in (${here.personId}, ${other.personId})`
  const hashes = kept.map((row) => row.password as string)
  // 19 MiB, two passes; a salt of 128 bits and a tag of 256.
  const argon = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/
  for (const hash of hashes) expect(hash).toMatch(argon)
  expect(new Set(hashes).size).toBe(2)
  // Each hash carries its cost: one of another cost counts on.
  const [nonce, message] = [Buffer.alloc(16, 7), Buffer.from('of another cost')]
  const cost = { memory: 64, passes: 1, parallelism: 1, tagLength: 32, nonce, message }
  const [salt, tag] = [nonce, argon2Sync('argon2id', cost)].map((part) =>
    part.toString('base64').replaceAll('=', ''),
  )
  expect(await isPassword('of another cost', `$argon2id$v=19$m=64,t=1,p=1$${salt}$${tag}`)).toBe(
    true,
  )
})

test('another site can make a browser write nothing', async () => {
  const visitor = await member(app)
  const from = (headers: Record<string, string>) => visitor.post('/sign-out', {}, { headers })
  expect((await from({ origin: 'https://elsewhere.example' })).status).toBe(403)
  expect((await from({ origin: 'null' })).status).toBe(403)
  expect((await from({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await from({ 'sec-fetch-site': 'same-site' })).status).toBe(403)
  const silent = await app.post('/api/v1/account/sign-out', {}, { cookie: visitor.cookie() })
  expect(silent.status).toBe(403)
  expect((await visitor.ask('/ways')).status).toBe(200)
})

test('cookies are for this site alone and out of the reach of scripts, and for https where it is', async () => {
  const { setCookies } = await member(app)
  const kept = setCookies.filter((line) => !/max-age=0/i.test(line))
  expect(kept.length).toBeGreaterThan(1)
  for (const line of kept) expect(line).toMatch(/HttpOnly.*SameSite=(Lax|Strict)/i)
  expect(kept.at(-1)).toMatch(/^clerestory\.session_token=.*SameSite=Strict/i)

  const publicUrl = 'https://dashboard.example.org'
  await using secure = await cityWith({ publicUrl })
  const { token } = await invite(secure.db, ines)
  const answer = await secure.post(
    '/api/v1/account/welcome/password',
    { token, password: PASSWORD },
    { origin: publicUrl },
  )
  const [cookie] = answer.headers.getSetCookie()
  expect(cookie).toMatch(/^__Host-clerestory\.session_token=.*Path=\/.*Secure/)
  expect(answer.headers.get('strict-transport-security')).toContain('max-age')
  expect(answer.headers.get('cache-control')).toBe('no-store')
})

/** What a session's cookie carries, without its signature. */
const tokenIn = (cookie: string): string =>
  /clerestory\.session_token=([^.;]+)\./.exec(decodeURIComponent(cookie))![1]!

test('a session is stored under the hash of its token: what the database holds lets nobody in', async () => {
  const { db, config, sql } = app
  const visitor = await member(app)
  const token = tokenIn(visitor.cookie())
  const [{ token: stored }] = await sql<[{ token: string }]>`
    select token from session where person_id = ${visitor.personId}`
  expect(stored).toBe(createHash('sha256').update(token).digest('hex'))
  const { personOf } = await readersOf({ db, config })
  const [{ secret }] = await sql<[{ secret: string }]>`select secret from account_secret`
  const forged = cookieOf(stored, secret)
  expect(await personOf({ headers: { cookie: visitor.cookie() } })).toBeDefined()
  expect(await personOf({ headers: { cookie: forged } })).toBeUndefined()
  expect((await visitorOf(app).post('/sign-out', {}, { headers: { cookie: forged } })).status).toBe(
    200,
  )
  expect(await personOf({ headers: { cookie: visitor.cookie() } })).toBeDefined()

  expect((await visitor.post('/sign-out')).status).toBe(200)
  expect(await sql`select from session where person_id = ${visitor.personId}`).toHaveLength(0)
})

test('a cookie that we did not sign is nobody', async () => {
  const visitor = await member(app)
  const { personOf } = await readersOf(app)
  const token = tokenIn(visitor.cookie())
  const forged = `clerestory.session_token=${token}.${Buffer.alloc(32).toString('base64')}`
  expect(await personOf({ headers: { cookie: visitor.cookie() } })).toBeDefined()
  for (const cookie of [
    forged,
    `clerestory.session_token=${token}`,
    'clerestory.session_token=%',
  ]) {
    expect(await personOf({ headers: { cookie } })).toBeUndefined()
  }
})
