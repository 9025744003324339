import { createHmac } from 'node:crypto'
import type { Db } from '../db/connect.ts'

/** What stands for a ticket's source in public: another one for each ticket, so that it tells nothing. */
export type MarkOf = (sourceId: number, id: string) => string

const LENGTH = 10

export async function loadMarks(db: Db): Promise<MarkOf> {
  const { secret } = await db.selectFrom('ticketMark').select('secret').executeTakeFirstOrThrow()
  return (sourceId, id) =>
    createHmac('sha256', secret).update(`${sourceId} ${id}`).digest('base64url').slice(0, LENGTH)
}
