import { expect, test } from 'vitest'
import { createApp } from '../../../server/app.ts'
import { readConfig } from '../../../server/config.ts'
import { invite } from '../../../server/accounts/invite.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import type { Connections } from '../../../server/db/connect.ts'
import { createLog } from '../../../server/log.ts'
import { appointed } from '../../support/acts.ts'
import { runningApp } from '../../support/app.ts'
import { serverProcess } from '../../support/server-process.ts'
import { freshDatabase } from '../../support/database.ts'
import { fromQuotedPrintable, mailServer } from '../../support/mail-server.ts'
import { bodyOf, codeOf, visitorOf } from './visitor.ts'

const PASSWORD = 'tide tables and lanterns'
const accounts = { ...readConfig({}).accounts, signInsPerMinute: 0 }
const noor = { name: 'Noor Haddad', email: 'noor@example.org' }

const FIRST_LINK = /\/welcome#([\w-]{43})/

/** Chooses a password and an app with the invitation behind this token. */
async function accept(app: { origin: string }, token: string) {
  const visitor = visitorOf(app)
  await visitor.post('/welcome/password', { token, password: PASSWORD })
  const { uri } = await bodyOf(visitor.post('/code', { password: PASSWORD }))
  await visitor.post('/code/confirm', { code: codeOf(uri) })
  return visitor
}

/** Of a server that starts and ends again. */
async function tokenOfStart(database: Connections & { url: string }) {
  const config = readConfig({ DEMO: 'off' })
  const app = createApp({ ...database, config, log: createLog('silent') })
  await app.ready
  const { firstToken } = app
  await app.close()
  return firstToken
}

test('the first start prints a link that makes the first account, and no start after it', async () => {
  await using database = await freshDatabase()
  const earlier = await tokenOfStart(database)
  await using server = serverProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'trace' })
  const origin = await server.origin()
  await expect.poll(() => server.output).toMatch(FIRST_LINK)
  const [, token] = FIRST_LINK.exec(server.output)!
  const tokens = [earlier!, token!]

  const stranger = visitorOf({ origin })
  expect((await stranger.post('/welcome', { token: earlier })).status).toBe(410)
  expect(await bodyOf(stranger.post('/welcome', { token }))).toEqual({ isFirst: true })
  const early = await stranger.post('/welcome/password', { token, password: PASSWORD })
  expect(early.status).toBe(410)
  await stranger.post('/welcome/first', { token, ...noor })
  const first = await accept({ origin }, token!)
  expect(await bodyOf(first.ask(''))).toMatchObject({ person: noor })

  const other = { name: 'Emeka Obi', email: 'emeka@example.org' }
  const { link } = await bodyOf(first.post('/invitations', other))
  const second = await accept({ origin }, link.split('#')[1])
  expect((await second.post('/invitations', noor)).status).toBe(403)
  expect((await stranger.post('/invitations', noor)).status).toBe(401)
  expect((await first.post('/invitations', other)).status).toBe(409)
  const { personId, link: again } = await bodyOf(
    first.post('/invitations', {
      name: 'Ama',
      email: 'ama@example.org',
    }),
  )
  const recovered = await bodyOf(first.post('/recoveries', { personId }))
  expect((await stranger.post('/welcome', { token: again.split('#')[1] })).status).toBe(410)
  expect((await stranger.post('/welcome', { token: recovered.link.split('#')[1] })).status).toBe(
    200,
  )
  tokens.push(link.split('#')[1], ...secretsOf(first), ...secretsOf(second))
  await server.stop('SIGTERM')
  expect(await tokenOfStart(database)).toBeUndefined()

  // The link itself is printed, once a start; nothing else that lets anybody in stands in what was written.
  const written = server.output.replace(/^.*\/welcome#.*$/m, '')
  for (const secret of [...tokens, PASSWORD, noor.email, 'emeka@example.org']) {
    expect(written).not.toContain(secret)
  }
})

const secretsOf = (visitor: { cookie(): string }): string[] =>
  visitor
    .cookie()
    .split('; ')
    .map((one) => decodeURIComponent(one.split('=')[1]!).split('.')[0]!)

test('an invitation goes by e-mail where a server takes it, and is answered only where none does', async () => {
  await using post = await mailServer()
  const mail = { smtpUrl: post.url, from: 'secretariat@example.org' }
  await using app = await runningApp({ accounts: { ...accounts, mail } })
  const { token, personId } = await invite(app.db, { ...noor, by: null })
  await app.sql`delete from invitation where is_first`
  await app.sql`update invitation set is_first = true where person_id = ${personId}`
  const first = await accept(app, token)
  const answer = await bodyOf(
    first.post('/invitations', { name: 'Emeka Obi', email: 'Emeka@Example.org', language: 'zh' }),
  )
  expect(answer).toEqual({ personId: expect.any(String), sent: true })
  const letter = fromQuotedPrintable(post.letters[0]!)
  expect(post.letters[0]).toContain('To: Emeka Obi <emeka@example.org>')
  expect(letter).toContain('诚邀您使用 Clerestory')
  const link = /http\S+\/welcome#([\w-]{43})/.exec(letter)!
  expect(await bodyOf(visitorOf(app).post('/welcome', { token: link[1] }))).toMatchObject({
    name: 'Emeka Obi',
  })

  // A link that is given is an act, in which neither name nor address stands; a lost answer is mended by its key.
  const { personId: invitee } = answer
  const renewing = { headers: { 'idempotency-key': '0b9c0f5e-8a57-4a5e-9d1f-2a4f5e6d7c8b' } }
  for (const again of [false, true]) {
    const renewed = await first.post('/recoveries', { personId: invitee }, renewing)
    expect([again, renewed.status]).toEqual([again, 201])
  }
  const tokenIn = (letter: string) => /\/welcome#([\w-]{43})/.exec(fromQuotedPrintable(letter))![1]!
  const [lost, mended] = post.letters.slice(-2).map(tokenIn)
  expect((await visitorOf(app).post('/welcome', { token: lost })).status).toBe(410)
  const emeka = await accept(app, mended!)
  expect((await first.post('/recoveries', { personId: invitee }, renewing)).status).toBe(409)
  // A session that was left open is no way in for good.
  expect((await first.post('/recoveries', { personId })).status).toBe(403)

  // Whoever has a session of theirs is out, by an act.
  const isIn = async () => (await bodyOf(emeka.ask(''))).person !== null
  expect(await isIn()).toBe(true)
  expect((await emeka.post('/sign-outs', { personId })).status).toBe(403)
  expect((await first.post('/sign-outs', { personId: 'nobody' })).status).toBe(404)
  expect((await first.post('/sign-outs', { personId: invitee })).status).toBe(200)
  expect(await isIn()).toBe(false)
  expect((await bodyOf(first.ask(''))).person).toMatchObject({ id: personId })

  const acts = await app.sql`
    select kind, role, person_id, canonical from act where kind like 'account.%' order by id`
  expect(acts.map(({ kind, role }) => [kind, role])).toEqual([
    ['account.invited', null],
    ['account.invited', 'secretariat'],
    ['account.recovered', 'secretariat'],
    ['account.signed-out', 'secretariat'],
  ])
  const [, ...byFirst] = acts.map(({ person_id }) => person_id)
  expect(byFirst).toEqual([personId, personId, personId])
  for (const word of [invitee, 'Emeka', 'example.org']) {
    expect(JSON.stringify(acts.map(({ canonical }) => canonical))).not.toContain(word)
  }
  expect((await checkActs(app.sql)).differences).toEqual([])

  // The register tells them on one page of their person, so that no two are known to be one's.
  const ids = [await appointed(app.db, invitee), await appointed(app.db, invitee)]
  const histories = await Promise.all(
    ids.map(async (id) => (await bodyOf(app.get(`/api/v1/observers/${id}`))).history),
  )
  const kinds = histories.map((acts) => acts.map(({ kind }: { kind: string }) => kind))
  expect(kinds).toEqual([
    ['account.invited', 'account.recovered', 'account.signed-out', 'appointment.made'],
    ['appointment.made'],
  ])
  expect(histories[0][0]).toMatchObject({ by: expect.any(Number) })

  const lines = { name: 'Emeka\r\nBcc: thief@example.org\r\n\r\nBegone', email: 'e@example.org' }
  expect((await first.post('/invitations', lines)).status).toBe(201)
  const [head] = post.letters.at(-1)!.split('\r\n\r\n')
  expect(head).toContain('Subject: ')
  expect(head).not.toMatch(/^bcc:/im)

  // What no server takes is handed over.
  await post[Symbol.asyncDispose]()
  const refused = await bodyOf(first.post('/recoveries', { personId: invitee }))
  expect(refused).toEqual({ personId: invitee, link: expect.any(String) })
  const given = refused.link.split('#')[1]
  expect((await visitorOf(app).post('/welcome', { token: given })).status).toBe(200)
})
