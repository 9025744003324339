import os from 'node:os'
import type { Sql } from '../../server/db/connect.ts'
import { mostOpenFiles } from './open-files.ts'

const SETTINGS = [
  'server_version',
  'fsync',
  'synchronous_commit',
  'full_page_writes',
  'shared_buffers',
  'max_wal_size',
  'wal_compression',
]

/** What the figures were measured on. The load at the start tells whether others were at work. */
export async function describeMachine(sql: Sql) {
  const settings = await sql<{ name: string; setting: string }[]>`
    select name, current_setting(name) as setting from pg_settings where name in ${sql(SETTINGS)}
    order by name
  `
  const cpus = os.cpus()
  return {
    at: new Date().toISOString(),
    cores: cpus.length,
    cpu: cpus[0]?.model ?? 'unknown',
    memoryGb: Math.round(os.totalmem() / 2 ** 30),
    load: os.loadavg()[0]!,
    openFiles: await mostOpenFiles(),
    node: process.version,
    postgres: Object.fromEntries(settings.map(({ name, setting }) => [name, setting])),
  }
}
