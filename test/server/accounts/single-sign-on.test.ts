import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { invite } from '../../../server/accounts/invite.ts'
import { listen } from '../../../server/listen.ts'
import { runningApp } from '../../support/app.ts'
import { bodyOf, codeOf, type Visitor, visitorOf } from './visitor.ts'

const PASSWORD = 'tide tables and lanterns'
const ines = { name: 'Inês Cardoso', email: 'ines@example.org', by: null }

let provider: Awaited<ReturnType<typeof identityProvider>>
let app: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => {
  provider = await identityProvider()
  const oidc = { issuer: provider.origin, clientId: 'clerestory', clientSecret: 'shared' }
  app = await runningApp({ accounts: { ...readConfig({}).accounts, signInsPerMinute: 0, oidc } })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** What the browser brings back to us. */
const returning = (state: string) => `/sso/callback/sso?code=abc&state=${encodeURIComponent(state)}`

async function begin() {
  const visitor = visitorOf(app)
  const { url } = await bodyOf(visitor.post('/sign-in/sso'))
  const asked = new URL(url).searchParams
  return { visitor, nonce: asked.get('nonce')!, state: asked.get('state')! }
}

async function come(email: string, forged: Forged = {}) {
  const { visitor, nonce, state } = await begin()
  provider.say(email, nonce, forged)
  const answer = await visitor.ask(returning(state))
  expect(answer.status).toBe(302)
  return { visitor, to: answer.headers.get('location') ?? '', state }
}

/** Nobody came in: whoever brought that back is told of an error, and is nobody. */
async function expectNobody({ visitor, to }: { visitor: Visitor; to: string }, why: string) {
  expect(to, why).toContain('error=')
  expect(await bodyOf(visitor.ask('')), why).toMatchObject({ person: null, sso: true })
}

test('the single sign-on lets in who was invited and has come before, and makes nobody', async () => {
  await expectNobody(await come('stranger@example.org'), 'a stranger')
  const { token } = await invite(app.db, ines)
  // Whoever names an address is not yet known to be who was invited.
  expect((await come(ines.email)).to).toContain('error=')

  const visitor = visitorOf(app)
  await visitor.post('/welcome/password', { token, password: PASSWORD })
  const { uri } = await bodyOf(visitor.post('/code', { password: PASSWORD }))
  await visitor.post('/code/confirm', { code: codeOf(uri) })
  const back = await come(ines.email)
  expect(back.to).toMatch(/\/account$/)
  expect(await bodyOf(back.visitor.ask(''))).toMatchObject({
    person: { name: ines.name, needsCode: false },
  })
  // Nothing of what it gave is kept: whoever reads the database could use it.
  const [stored] = await app.sql`
    select access_token, refresh_token, id_token from credential where provider_id = 'sso'`
  expect(stored).toEqual({ access_token: null, refresh_token: null, id_token: null })
  const [{ people }] = (await app.sql`select count(*)::int as people from person`) as unknown as [
    { people: number },
  ]
  expect(people).toBe(1)
})

const now = () => Math.floor(Date.now() / 1000)

test('a press begins the single sign-on, it leads back to us alone, and our own limits hold', async () => {
  const visitor = visitorOf(app)
  expect((await visitor.ask('/sign-in/sso')).status).toBe(404)
  const elsewhere = {
    callbackURL: 'https://elsewhere.example',
    errorCallbackURL: '//elsewhere.example',
  }
  const { url } = await bodyOf(visitor.post('/sign-in/sso', elsewhere))
  const asked = new URL(url).searchParams
  provider.say(ines.email, asked.get('nonce')!)
  const back = await visitor.ask(returning(asked.get('state')!))
  expect(back.headers.get('location')).toMatch(/^(http:\/\/localhost)?\/account$/)
  expect((await bodyOf(visitor.ask('/events'))).events[0]).toMatchObject({
    ...{ kind: 'signed-in', way: 'sso' },
  })
  const refused =
    await app.sql`select kind, person_id from account_event where way = 'sso' and kind = 'refused'`
  expect(refused[0]).toEqual({ kind: 'refused', person_id: null })
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 60_000 })
  expect((await bodyOf(visitor.ask(''))).person).toBeNull()
  vi.useRealTimers()
})

test('a token that is forged, of another time, place or visit, and one that is brought twice, let in nobody', async () => {
  const forgeries: Record<string, Forged> = {
    'signed by another key': { signedBy: 'another' },
    'not signed': { signedBy: 'nobody' },
    'of another issuer': { claims: { iss: 'https://elsewhere.example' } },
    'for another audience': { claims: { aud: 'another' } },
    'for no audience': { claims: { aud: undefined } },
    expired: { claims: { iat: now() - 7200, exp: now() - 3600 } },
    'of another visit': { claims: { nonce: 'of another visit' } },
    'of no visit': { claims: { nonce: undefined } },
  }
  for (const [why, forged] of Object.entries(forgeries)) {
    await expectNobody(await come(ines.email, forged), why)
  }

  const { visitor, state } = await come(ines.email)
  expect((await bodyOf(visitor.ask(''))).person).toMatchObject({ name: ines.name })
  const again = async (who: Visitor, brought: string) => ({
    visitor: who,
    to: (await who.ask(returning(brought))).headers.get('location') ?? 'error=',
  })
  await visitor.post('/sign-out')
  await expectNobody(await again(visitor, state), 'a state that was used')
  const other = await begin()
  provider.say(ines.email, other.nonce)
  await expectNobody(await again(visitorOf(app), other.state), 'a state of another browser')
  await expectNobody(await again(other.visitor, `${other.state}x`), 'a state that nobody gave')
})

interface Forged {
  /** Instead of the provider's key. */
  signedBy?: 'another' | 'nobody'
  claims?: Record<string, unknown>
}

/** Signs for whatever it is told to. */
async function identityProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const another = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  let claims = {}
  let signedBy: Forged['signedBy']
  let origin = ''
  const http = createServer((req, res) => {
    const answers: Record<string, object> = {
      '/.well-known/openid-configuration': {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        jwks_uri: `${origin}/keys`,
        id_token_signing_alg_values_supported: ['RS256'],
      },
      '/keys': {
        keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }],
      },
      '/token': {
        access_token: 'access',
        refresh_token: 'refresh',
        token_type: 'Bearer',
        expires_in: 60,
        id_token: idToken(),
      },
    }
    res.setHeader('content-type', 'application/json').end(JSON.stringify(answers[req.url!] ?? {}))
  })
  origin = `http://127.0.0.1:${await listen(http, { port: 0, host: '127.0.0.1' })}`

  function idToken(): string {
    const now = Math.floor(Date.now() / 1000)
    const body = { iss: origin, aud: 'clerestory', iat: now, exp: now + 60, ...claims }
    const alg = signedBy === 'nobody' ? 'none' : 'RS256'
    const parts = [{ alg, kid: 'one', typ: 'JWT' }, body].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    if (signedBy === 'nobody') return [...parts, ''].join('.')
    const key = signedBy === 'another' ? another : privateKey
    const signature = createSign('RSA-SHA256').update(parts.join('.')).sign(key, 'base64url')
    return [...parts, signature].join('.')
  }

  return {
    origin,
    say(email: string, nonce: string, forged: Forged = {}) {
      const told = { sub: `sub-${email}`, email, email_verified: true, name: 'Somebody', nonce }
      claims = { ...told, ...forged.claims }
      signedBy = forged.signedBy
    },
    async [Symbol.asyncDispose]() {
      http.close()
      http.closeAllConnections()
    },
  }
}
