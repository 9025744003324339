import { randomUUID } from 'node:crypto'
import { passkey } from '@better-auth/passkey'
import { betterAuth, type GenericEndpointContext, type Session } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import { twoFactor } from 'better-auth/plugins/two-factor'
import { deviceName } from '#shared/device-name.ts'
import { insertAccountEvent } from '../account-events/queries.ts'
import { whose } from '../account-events/whose.ts'
import type { AccountConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import type { Way } from '../db/account-tables.ts'
import { type Log, describeError } from '../log.ts'
import { AuthDates } from './auth-dates.ts'
import { HashedTokens } from './hashed-tokens.ts'
import { demoSignIn } from './demo-sign-in.ts'
import { hashPassword, isPassword, LONGEST, SHORTEST } from './password.ts'
import { registration, requireVerified } from './passkeys.ts'
import { hasOtherWay, useCode } from './credential-queries.ts'
import { cookiePrefix } from './session-cookie.ts'
import { makeSpareCodes, spareCodeStore } from './spare-codes.ts'
import { SSO, SSO_PATH } from './sso.ts'

export interface AuthParts {
  db: Db
  config: AccountConfig
  demo: boolean
  secret: string
  log: Log
  /** Called inside the acceptance of the first account's invitation; may be called again for the same person. */
  onFirst: (personId: string) => Promise<void>
}

export type Auth = ReturnType<typeof openAuth>

/**
 * better-auth as a library: none of its routes is mounted but the one to which the single sign-on
 * returns, and it neither makes people nor keeps sessions alive. Limits, origins and idle sessions are ours.
 */
export const openAuth = (parts: AuthParts) => betterAuth(authOptions(parts))

export function authOptions(parts: AuthParts) {
  const { db, config, secret, log } = parts
  const isSecure = config.publicUrl?.startsWith('https:') ?? false
  return {
    appName: 'Clerestory',
    baseURL: config.publicUrl ?? 'http://localhost',
    basePath: SSO_PATH,
    secret,
    database: {
      db: db.withPlugin(new AuthDates()).withPlugin(new HashedTokens()),
      type: 'postgres',
      transaction: true,
    },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: logTo(log) },
    advanced: {
      cookiePrefix: cookiePrefix(config.publicUrl),
      // It would put `__Secure-` before the name.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: isSecure },
      // The single sign-on's way back comes from another site; all else is asked by our own page.
      cookies: { session_token: { attributes: { sameSite: 'strict' } } },
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => randomUUID() },
    },
    user: {
      modelName: 'person',
      additionalFields: {
        language: { type: 'string', required: false, input: false },
        demo: { type: 'string', required: false, input: false, returned: false },
      },
    },
    session: {
      expiresIn: config.longest / 1000,
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
      fields: { userId: 'personId' },
      additionalFields: { way: { type: 'string', required: true, input: false } },
    },
    account: {
      modelName: 'credential',
      fields: { userId: 'personId' },
      accountLinking: { trustedProviders: [SSO] },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST,
      maxPasswordLength: LONGEST,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(password, hash) },
    },
    databaseHooks: {
      // People come by invitation alone, whatever a plugin would do.
      user: { create: { before: async () => false } },
      // Who came is known: what the single sign-on gave to learn it is of no more use but to a thief.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
        update: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
      },
      session: {
        create: {
          async before(session, ctx) {
            await requireUnused(db, session.userId, ctx)
            const way = wayOf(ctx?.path)
            if (way === 'password') await requireOnlyWay(db, session.userId)
            return { data: { ...session, way } }
          },
          after: (session, ctx) => noteSignedIn(db, session, ctx),
        },
      },
    },
    plugins: [
      passkey({
        rpName: 'Clerestory',
        rpID: new URL(config.publicUrl ?? 'http://localhost').hostname,
        // Without one, that of the request, which was compared with the host.
        origin: config.publicUrl ?? null,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        registration: registration(parts),
        authentication: { afterVerification: requireVerified },
        schema: { passkey: { fields: { userId: 'personId', credentialID: 'credentialId' } } },
      }),
      twoFactor({
        issuer: 'Clerestory',
        backupCodeOptions: {
          customBackupCodesGenerate: makeSpareCodes,
          storeBackupCodes: spareCodeStore(secret),
        },
        schema: { twoFactor: { fields: { userId: 'personId' } } },
      }),
      genericOAuth({ config: ssoOf(config) }),
      demoSignIn(parts),
    ],
  } satisfies Parameters<typeof betterAuth>[0]
}

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null }

const BY_CODE = '/two-factor/verify-totp'
const BY_SPARE = '/two-factor/verify-backup-code'

/** Who reads a code over a shoulder, or off a false page, cannot use it after its owner has. */
async function requireUnused(db: Db, personId: string, ctx: GenericEndpointContext | null) {
  if (ctx?.path !== BY_CODE) return
  const { code } = ctx.body as { code: string }
  if (!(await useCode(db, { personId, code, now: Date.now() }))) throw new APIError('UNAUTHORIZED')
}

/** A password alone may set an app up, but for who has no other way in: whoever stole it would set up their own. */
async function requireOnlyWay(db: Db, personId: string) {
  if (await hasOtherWay(db, personId)) throw new APIError('PRECONDITION_REQUIRED')
}

type Made = Pick<Session, 'id' | 'userId' | 'userAgent'>

/** Who has no second factor yet has only begun. */
async function noteSignedIn(db: Db, made: Made, ctx: GenericEndpointContext | null) {
  const way = ctx?.path === BY_SPARE ? 'spare' : wayOf(ctx?.path)
  if (way === 'password') return
  const device = deviceName(made.userAgent ?? null) ?? null
  const said = { kind: 'signed-in', sessionId: made.id, way, device } as const
  await insertAccountEvent(db, whose.person(made.userId), said)
}

const WAYS: Readonly<Record<string, Way>> = {
  '/passkey/verify-authentication': 'passkey',
  '/passkey/verify-registration': 'passkey',
  [BY_CODE]: 'code',
  [BY_SPARE]: 'code',
  '/callback/:id': 'sso',
  '/demo/sign-in': 'demo',
}

/** What else makes a session has asked for no second factor. */
const wayOf = (path: string | undefined): Way => WAYS[path ?? ''] ?? 'password'

function ssoOf({ oidc }: AccountConfig) {
  if (!oidc) return []
  const { issuer, clientId, clientSecret } = oidc
  const discoveryUrl = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const scopes = ['openid', 'email', 'profile']
  const keep = { requireIdTokenVerification: true, disableSignUp: true, pkce: true }
  return [{ providerId: SSO, clientId, clientSecret, discoveryUrl, scopes, ...keep }]
}

/** What it says, without what it was given: that may be somebody's. */
function logTo(log: Log) {
  return (_level: string, message: string, ...said: unknown[]) => {
    const error = said.find((one) => one instanceof Error)
    log.warn({ part: 'accounts', ...(error && { err: describeError(error) }) }, message)
  }
}
