import { randomUUID } from 'node:crypto'
import { connect, type Sql } from '../../server/db/connect.ts'

/** A database of the test run's PostgreSQL. */
export function databaseUrl(name: string): string {
  const url = new URL(process.env.TEST_DATABASE_URL!)
  url.pathname = name
  return url.href
}

/** The same database over a port, where the run's PostgreSQL is asked over a socket in the file system. */
export function overPort(url: string): string {
  const place = new URL(url)
  place.searchParams.delete('host')
  return place.href
}

/** A private, migrated, empty database. `await using` drops it. */
export function freshDatabase() {
  return copyDatabase(process.env.TEST_TEMPLATE!)
}

/** A private database without any table. `await using` drops it. */
export function emptyDatabase() {
  return copyDatabase('template1')
}

/** The name of a database that is made when somebody asks for it first: `demo-month.ts`. */
export const demoTemplate = (): string => `${process.env.TEST_TEMPLATE!}_demo`

/** The connection that makes and drops all databases of a worker, and ends with it. */
let keeper: Sql | undefined

/** A private copy. `await using` drops it. */
export async function copyDatabase(template: string) {
  const name = `clerestory_${randomUUID().replaceAll('-', '')}`
  const admin = (keeper ??= connect(databaseUrl('postgres'), { max: 1 }).sql)
  // A tenth of what is written otherwise: nothing of a copy goes through the log.
  await admin`create database ${admin(name)} template ${admin(template)} strategy file_copy`
  const url = databaseUrl(name)
  const { db, sql } = connect(url)

  return {
    url,
    db,
    sql,
    async [Symbol.asyncDispose]() {
      await sql.end({ timeout: 5 })
      await admin`drop database ${admin(name)} with (force)`
    },
  }
}
