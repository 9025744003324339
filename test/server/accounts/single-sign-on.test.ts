import { createSign, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { readConfig } from '../../../server/config.ts'
import { invite } from '../../../server/accounts/invite.ts'
import { listen } from '../../../server/listen.ts'
import { runningApp } from '../../support/app.ts'
import { bodyOf, codeOf, visitorOf } from './visitor.ts'

const PASSWORD = 'tide tables and lanterns'
const ines = { name: 'Inês Cardoso', email: 'ines@example.org', by: null }

test('the single sign-on lets in who was invited and has come before, and makes nobody', async () => {
  await using provider = await identityProvider()
  const oidc = { issuer: provider.origin, clientId: 'clerestory', clientSecret: 'shared' }
  await using app = await runningApp({
    accounts: { ...readConfig({}).accounts, signInsPerMinute: 0, oidc },
  })
  const come = async (email: string) => {
    const visitor = visitorOf(app)
    const { url } = await bodyOf(visitor.post('/sign-in/sso'))
    provider.say(email, new URL(url).searchParams.get('nonce')!)
    const state = new URL(url).searchParams.get('state')!
    const answer = await visitor.ask(
      `/sso/callback/sso?code=abc&state=${encodeURIComponent(state)}`,
    )
    expect(answer.status).toBe(302)
    return { visitor, to: answer.headers.get('location') ?? '' }
  }

  const stranger = await come('stranger@example.org')
  expect(stranger.to).toContain('error=')
  expect(await bodyOf(stranger.visitor.ask(''))).toMatchObject({ person: null, sso: true })
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
  const [{ people }] = (await app.sql`select count(*)::int as people from person`) as unknown as [
    { people: number },
  ]
  expect(people).toBe(1)
})

/** Signs for whatever it is told to. */
async function identityProvider() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let claims = {}
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
    const parts = [{ alg: 'RS256', kid: 'one', typ: 'JWT' }, body].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    )
    const signature = createSign('RSA-SHA256').update(parts.join('.')).sign(privateKey, 'base64url')
    return [...parts, signature].join('.')
  }

  return {
    origin,
    say(email: string, nonce: string) {
      claims = { sub: `sub-${email}`, email, email_verified: true, name: 'Somebody', nonce }
    },
    async [Symbol.asyncDispose]() {
      http.close()
      http.closeAllConnections()
    },
  }
}
