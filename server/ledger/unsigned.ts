import type { Unsigned } from '#shared/server-status.ts'
import type { Db } from '../db/connect.ts'
import { lastSigned, waitingSince } from './queries.ts'

/** Milliseconds within which what was added is signed, whoever has the key. */
const PATIENCE = 10_000

/** Undefined: all is signed, by this process or by another one. `isChanged`: it is not what was signed. */
export async function unsignedNow(
  db: Db,
  isChanged: boolean,
  patience = PATIENCE,
): Promise<Unsigned | undefined> {
  const since = await lastSigned(db)
  const told = { since: since === undefined ? null : new Date(since).toISOString() }
  if (isChanged) return { why: 'changed', ...told }
  const waiting = await waitingSince(db)
  return waiting !== undefined && waiting > patience ? { why: 'waiting', ...told } : undefined
}
