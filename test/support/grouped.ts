import { setTimeout as delay } from 'node:timers/promises'
import { journalHead } from '../../server/journal/queries.ts'
import type { Db } from '../../server/db/connect.ts'

interface Server {
  db: Db
  get: (path: string) => Promise<Response>
}

/** Resolves when all comments up to a row of the journal are grouped, and the server has followed. */
export async function grouped({ db, get }: Server, seq: number): Promise<void> {
  for (;;) {
    const row = await db.selectFrom('grouped').select('seq').executeTakeFirstOrThrow()
    if (row.seq >= seq) break
    await delay(10)
  }
  await followed({ db, get })
}

/** Resolves when the server knows all that was written before. */
export async function followed({ db, get }: Server): Promise<void> {
  const { seq: head } = await journalHead(db)
  const followedTo = async () => ((await (await get('/readyz')).json()) as { seq: number }).seq
  while ((await followedTo()) < head) await delay(10)
}
