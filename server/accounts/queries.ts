import { sql } from 'kysely'
import { endNoted } from '../account-events/queries.ts'
import type { Db } from '../db/connect.ts'
import { TAKEN_FOR } from './credential-queries.ts'

/** What ended by itself, and what was begun and never finished. */
export async function sweep(db: Db, { now, idle }: { now: number; idle: number }): Promise<void> {
  await endNoted(db, sql`expires_at < ${now} or updated_at < ${now - idle}`, 'clock')
  await db.deleteFrom('verification').where('expiresAt', '<', now).execute()
  await db
    .deleteFrom('usedCode')
    .where('at', '<', now - TAKEN_FOR)
    .execute()
}

export async function keptSecret(db: Db): Promise<string> {
  const { secret } = await db.selectFrom('accountSecret').select('secret').executeTakeFirstOrThrow()
  return secret
}
