import path from 'node:path'
import { z } from 'zod'
import { readVerifier, type Verifier } from '#shared/ledger/key.ts'
import { networkIn, type TrustProxy } from './http/address.ts'

const OnOff = z.enum(['on', 'off'], 'is either on or off')

/** 0 is none. */
const Limit = z.coerce.number('is a number').int().min(0)

const Proxies = z
  .string()
  .transform((text) =>
    /^\d$/.test(text) ? Number(text) : text.split(',').map((one) => one.trim()),
  )
  .refine(
    (trust) => typeof trust === 'number' || trust.every(networkIn),
    'is how many proxies are before the server, or their networks, as 10.0.0.0/8,127.0.0.1',
  )

/** Verifier lines with commas between them. */
const Witnesses = z
  .string()
  .default('')
  .transform((text) => text.split(',').filter((line) => line.trim() !== ''))
  .pipe(z.array(z.string().transform((line) => readVerifier(line.trim()))))
  .refine(
    (keys) => keys.every((key) => key?.algorithm === 'cosignature'),
    'are keys of witnesses, as name+id+base64',
  )
  .transform((keys) => keys.filter((key) => key !== undefined))

/** With commas between them. */
const Addresses = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((one) => one.trim() || []))
  .pipe(
    z.array(
      z.url({ protocol: /^https?$/, hostname: /.*/, error: 'looks like https://witness.example' }),
    ),
  )

const Env = z.object({
  PORT: z.coerce.number('is a port number').int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).optional(),
  DATABASE_URL: z
    .url({
      protocol: /^postgres(ql)?$/,
      hostname: /.*/,
      error: 'looks like postgres://user:password@host:5432/name',
    })
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DEMO: OnOff.default('on'),
  GROUPING: OnOff.default('on'),
  CLOCK: z.enum(['database', 'events'], 'is either database or events').default('database'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  TRUST_PROXY: Proxies.default(0),
  REQUESTS_PER_MINUTE: Limit.default(1200),
  INTAKE_EVENTS_PER_MINUTE: Limit.default(600_000),
  COMMENTS_PER_MINUTE: Limit.default(10),
  SOCKETS_PER_ADDRESS: Limit.default(200),
  VIEWS_PER_ADDRESS: Limit.default(500),
  DATABASE_TIMEOUT: z.coerce.number('is a number of seconds').min(1).max(3600).default(10),
  SOURCE_URL: z
    .url({ protocol: /^https?$/, hostname: /.*/, error: 'looks like https://example.org/source' })
    .optional(),
  METRICS_TOKEN: z.string().min(8, 'has at least 8 characters').optional(),
  PUBLIC_URL: z
    .url({
      protocol: /^https?$/,
      hostname: /.*/,
      error: 'looks like https://dashboard.example.org',
    })
    .optional(),
  LEDGER_KEY: z.string().min(1).optional(),
  LEDGER_WITNESSES: Witnesses,
  LEDGER_WITNESS_URLS: Addresses,
  AUTH_SECRET: z.string().min(32, 'has at least 32 characters').optional(),
  SESSION_IDLE_MINUTES: z.coerce.number('is a number of minutes').min(1).max(1440).default(30),
  SESSION_HOURS: z.coerce.number('is a number of hours').min(0.1).max(168).default(12),
  SIGN_INS_PER_MINUTE: Limit.default(30),
  OIDC_ISSUER: z.url('looks like https://identity.example.org').optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, hostname: /.*/, error: 'looks like smtps://user:password@host' })
    .optional(),
  MAIL_FROM: z.string().min(3).optional(),
})

export interface Config {
  port: number
  /**
   * Undefined: every interface, with IPv6 where there is one. `localhost` may mean ::1 or
   * 127.0.0.1, a container's port is published from outside, and what the page shows is public.
   */
  host: string | undefined
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  /** Absolute. */
  dataDir: string
  demo: boolean
  /** Whether this process groups comments; of several, one at a time does. */
  grouping: boolean
  clock: 'database' | 'events'
  logLevel: string
  /** Whose word is taken for the address of a visitor. */
  trustProxy: TrustProxy
  /** Of one address, to the public API. */
  requestsPerMinute: number
  /** Of one source. */
  intakeEventsPerMinute: number
  /** Of one address, by the form of a consultation; ten times as many an hour. */
  commentsPerMinute: number
  socketsPerAddress: number
  /** Different views that one address watches. */
  viewsPerAddress: number
  /** Milliseconds after which a database that does not answer is given up. */
  databaseTimeout: number
  /** Undefined: everybody may read the metrics. */
  metricsToken: string | undefined
  /** Where the source of this program is had; undefined: the operator does not say. */
  sourceUrl: string | undefined
  /** What signs the ledger; undefined: a key in `dataDir`. */
  ledgerKey: string | undefined
  /** Whose signatures under it are shown. */
  ledgerWitnesses: Verifier[]
  /** Where they are asked to sign. */
  ledgerWitnessUrls: string[]
  accounts: AccountConfig
}

export interface AccountConfig {
  /** The origin under which browsers know this server; undefined: whatever they call it, and `localhost` for passkeys. */
  publicUrl: string | undefined
  /** Undefined: the one that the database keeps. */
  secret: string | undefined
  /** Milliseconds without use after which a session ends. */
  idle: number
  /** Milliseconds after which it ends in any case. */
  longest: number
  /** Of one address. */
  signInsPerMinute: number
  /** Undefined: no single sign-on. */
  oidc: { issuer: string; clientId: string; clientSecret: string } | undefined
  /** Undefined: invitations are handed over as links. */
  mail: { smtpUrl: string; from: string } | undefined
}

/** Throws an error that names every variable it cannot read. A variable set to nothing is not set. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = Env.safeParse(set)
  if (!result.success) throw new Error(explain(result.error))
  const read = result.data
  return {
    port: read.PORT,
    host: read.HOST,
    databaseUrl: read.DATABASE_URL,
    dataDir: path.resolve(read.DATA_DIR),
    demo: read.DEMO === 'on',
    grouping: read.GROUPING === 'on',
    clock: read.CLOCK,
    logLevel: read.LOG_LEVEL,
    trustProxy: read.TRUST_PROXY,
    requestsPerMinute: read.REQUESTS_PER_MINUTE,
    intakeEventsPerMinute: read.INTAKE_EVENTS_PER_MINUTE,
    commentsPerMinute: read.COMMENTS_PER_MINUTE,
    socketsPerAddress: orNone(read.SOCKETS_PER_ADDRESS),
    viewsPerAddress: orNone(read.VIEWS_PER_ADDRESS),
    databaseTimeout: read.DATABASE_TIMEOUT * 1000,
    metricsToken: read.METRICS_TOKEN,
    sourceUrl: read.SOURCE_URL,
    ledgerKey: read.LEDGER_KEY,
    ledgerWitnesses: read.LEDGER_WITNESSES,
    ledgerWitnessUrls: read.LEDGER_WITNESS_URLS,
    accounts: accountsIn(read),
  }
}

function accountsIn(read: z.infer<typeof Env>): AccountConfig {
  return {
    publicUrl: read.PUBLIC_URL === undefined ? undefined : new URL(read.PUBLIC_URL).origin,
    secret: read.AUTH_SECRET,
    idle: read.SESSION_IDLE_MINUTES * 60_000,
    longest: read.SESSION_HOURS * 3_600_000,
    signInsPerMinute: read.SIGN_INS_PER_MINUTE,
    oidc: oidcIn(read),
    mail: mailIn(read),
  }
}

function oidcIn(read: z.infer<typeof Env>): AccountConfig['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = read
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined
  const isWhole = issuer !== undefined && clientId !== undefined && clientSecret !== undefined
  if (isWhole && read.PUBLIC_URL !== undefined) return { issuer, clientId, clientSecret }
  throw new Error('OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and PUBLIC_URL go together.')
}

function mailIn({
  SMTP_URL: smtpUrl,
  MAIL_FROM: from,
}: z.infer<typeof Env>): AccountConfig['mail'] {
  if (smtpUrl === undefined) return undefined
  if (from === undefined) throw new Error('SMTP_URL needs MAIL_FROM: whose name stands on e-mail.')
  return { smtpUrl, from }
}

const orNone = (limit: number): number => (limit === 0 ? Infinity : limit)

function explain(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')
}
