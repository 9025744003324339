import { CamelCasePlugin, Kysely } from 'kysely'
import { PostgresJSDialect } from 'kysely-postgres-js'
import postgres from 'postgres'
import { modeOf } from './secure-socket.ts'
import { openSockets } from './sockets.ts'
import type { Database } from './schema.ts'

/** A connection or a transaction: query modules never need to know which. */
export type Db = Kysely<Database>
export type Sql = ReturnType<typeof openPool>

export interface Connections {
  db: Db
  sql: Sql
}

interface PoolOptions {
  /** The most connections this pool opens. */
  max?: number
  /** What `pg_stat_activity` calls these connections. */
  name?: string
  /** Milliseconds after which a connection that does not answer is closed. Without it: when TCP says so. */
  patience?: number
}

/** Opens nothing yet: the first query connects, and the pool reconnects by itself. */
export function connect(url: string, options: PoolOptions = {}): Connections {
  const sql = openPool(url, options)
  const db = new Kysely<Database>({
    dialect: new PostgresJSDialect({ postgres: sql }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { db, sql }
}

/**
 * Seconds until a lost connection is tried again. The driver's own wait grows with every connection
 * that is lost, so that a pool of ten would stay away for 20 s after one restart of PostgreSQL.
 */
const RETRY = 0.25
/**
 * Milliseconds after which PostgreSQL ends a transaction of a program that stopped in the middle of it:
 * it may hold the journal's counter, for which all others wait.
 */
const STUCK = 60_000
/**
 * Times its patience that a transaction takes at most. A program that died between announcing a statement and running it
 * is not idle to PostgreSQL, which would hold for ever what its transaction holds.
 */
const LONGEST = 4
/** Seconds of silence after which PostgreSQL asks whether a program is still there, from one question to the next, and how often. */
const [SILENT, ASK_EVERY, ASK] = [30, 10, 3]

/** The only place where Postgres types meet ours: counts are numbers, instants are milliseconds. */
function openPool(told: string, { max = 10, name = 'clerestory', patience }: PoolOptions) {
  const { url, path } = placeOf(told)
  return postgres(url, {
    max,
    ...(path && { path }),
    ...ownSockets(url, patience),
    onnotice: () => {},
    backoff: () => RETRY,
    // How times are written must not depend on what a database or a role is set to.
    connection: {
      application_name: name,
      TimeZone: 'UTC',
      DateStyle: 'ISO',
      idle_in_transaction_session_timeout: patience ?? STUCK,
      ...(patience !== undefined && { transaction_timeout: LONGEST * patience }),
      tcp_keepalives_idle: SILENT,
      tcp_keepalives_interval: ASK_EVERY,
      tcp_keepalives_count: ASK,
    },
    types: {
      bigint: { to: 20, from: [20], parse: Number, serialize: String },
      date: {
        to: 1184,
        from: [1184],
        parse: (text: string) => Date.parse(text),
        serialize: (at: number) => new Date(at).toISOString(),
      },
    },
  })
}

/** A URL may name the folder of a socket, as libpq has it: `?host=/run/postgresql`. The driver does not read that. */
function placeOf(told: string): { url: string; path?: string } {
  const url = new URL(told)
  const folder = url.searchParams.get('host')
  if (!folder?.startsWith('/')) return { url: told }
  url.searchParams.delete('host')
  return { url: url.href, path: `${folder}/.s.PGSQL.${url.port || 5432}` }
}

/** The driver knows these options, though its types do not. That it need not ask for TLS overrules the URL. */
function ownSockets(url: string, patience: number | undefined): object {
  const secure = modeOf(url)
  return {
    socket: openSockets({ patience, secure }),
    ...(secure && { ssl: false }),
    ...(patience !== undefined && { connect_timeout: patience / 1000 }),
  }
}
