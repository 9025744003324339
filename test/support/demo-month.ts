import { DAY } from '#shared/time.ts'
import { connect, type Db } from '../../server/db/connect.ts'
import { foundCity } from '../../server/demo/found.ts'
import { playDemo } from '../../server/demo/play.ts'
import { openIntake } from '../../server/intake/intake.ts'
import { createLog } from '../../server/log.ts'
import { copyDatabase, databaseUrl, demoTemplate } from './database.ts'

/** Days of the past that it tells. */
export const MONTH = 32

/**
 * A private city of the demonstration with a month of its past, at rest. Most of the work is done once in a run, by
 * whoever asks first; what has come due since is told to each copy.
 */
export async function demoMonth() {
  await foundOnce()
  const database = await copyDatabase(demoTemplate())
  await tellPast(database.db)
  return database
}

async function foundOnce(): Promise<void> {
  const { sql: admin } = connect(databaseUrl('postgres'), { max: 1 })
  // Held by this connection: it falls with it.
  await admin`select pg_advisory_lock(hashtext(${demoTemplate()}))`
  const [there] = await admin`select from pg_database where datname = ${demoTemplate()}`
  if (!there) await found(admin)
  await admin.end()
}

/** Under its name stands only what is whole. */
async function found(admin: ReturnType<typeof connect>['sql']): Promise<void> {
  const name = `${demoTemplate()}_begun`
  await admin`create database ${admin(name)} template ${admin(process.env.TEST_TEMPLATE!)} strategy file_copy`
  const { db, sql } = connect(databaseUrl(name))
  await tellPast(db)
  await sql.end({ timeout: 5 })
  await admin`alter database ${admin(name)} rename to ${admin(demoTemplate())}`
}

async function tellPast(db: Db): Promise<void> {
  const sources = (await foundCity(db))!
  const intake = await openIntake({ db })
  const log = createLog('silent')
  const demo = playDemo({ db, sources, intake, log, history: MONTH * DAY })
  await demo.caughtUp
  await demo.stop()
  await intake.close()
}
