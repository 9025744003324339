import { createHmac, randomUUID } from 'node:crypto'
import { storedToken } from '../../server/accounts/hashed-tokens.ts'
import { keptSecret } from '../../server/accounts/queries.ts'
import type { Db } from '../../server/db/connect.ts'

const DAY = 86_400_000

/** A person with a session and no way in; answers its cookie. */
export async function personInSession(
  db: Db,
  { id, name, email = `${id}@example.org` }: { id: string; name: string; email?: string },
): Promise<string> {
  await db.insertInto('person').values({ id, name, email, language: null, demo: null }).execute()
  const [token, now] = [randomUUID(), Date.now()]
  const stored = { token: storedToken(token), way: 'code' as const }
  const session = { id: randomUUID(), personId: id, ...stored }
  await db
    .insertInto('session')
    .values({ ...session, createdAt: now, updatedAt: now, expiresAt: now + DAY })
    .execute()
  return cookieOf(token, await keptSecret(db))
}

/** As better-auth signs it. */
export function cookieOf(token: string, secret: string): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return `clerestory.session_token=${encodeURIComponent(`${token}.${signature}`)}`
}
