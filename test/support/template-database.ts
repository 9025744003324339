import { connect } from '../../server/db/connect.ts'
import { migrate } from '../../server/db/migrate.ts'
import { databaseUrl, demoTemplate } from './database.ts'
import { startTestCluster } from './test-cluster.ts'

/**
 * One PostgreSQL for the whole run, with one migrated template database; every test works on its own
 * copy. With TEST_DATABASE_URL, that server is used instead.
 */
export default async function setup(): Promise<() => Promise<void>> {
  if (process.env.TEST_DATABASE_URL) return useGiven()
  const { url, unused, template, stop } = await startTestCluster()
  process.env.TEST_DATABASE_URL = url
  process.env.TEST_DATA_DIR = unused
  process.env.TEST_TEMPLATE = template
  return stop
}

async function useGiven(): Promise<() => Promise<void>> {
  const template = `clerestory_template_${process.pid}`
  process.env.TEST_TEMPLATE = template
  await makeTemplate(template)
  return () => dropDatabases([template, demoTemplate(), `${demoTemplate()}_begun`])
}

async function makeTemplate(name: string): Promise<void> {
  const { sql: admin } = connect(databaseUrl('postgres'), { max: 1 })
  await admin`drop database if exists ${admin(name)} with (force)`
  await admin`create database ${admin(name)}`
  await admin.end()
  const { db, sql } = connect(databaseUrl(name), { max: 1 })
  await migrate(db)
  await sql.end()
}

async function dropDatabases(names: readonly string[]): Promise<void> {
  const { sql: admin } = connect(databaseUrl('postgres'), { max: 1 })
  for (const name of names) await admin`drop database if exists ${admin(name)} with (force)`
  await admin.end()
}
