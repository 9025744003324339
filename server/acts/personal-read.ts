import type { Db } from '../db/connect.ts'

interface PersonalRead {
  /** Who read. */
  personId: string
  /** Of which list or page. */
  what: string
  /** Whose data, by account; of comments and statements that are not published which, as `SOURCE/ID` and `POLL/ID`. */
  of: string[]
}

/** Kept for ever: who read what, of whom. Before it is answered, so that nothing is read unnoted. */
export async function notePersonalRead(db: Db, read: PersonalRead): Promise<void> {
  await db.insertInto('personalRead').values(read).execute()
}
