import { setTimeout as delay } from 'node:timers/promises'
import type postgres from 'postgres'
import type { Sql } from './connect.ts'

/** How often the database is told to stop: a word may come before the statement it is meant for. */
const AGAIN = 200

interface Wanted {
  snapshot: postgres.TransactionSql<Record<string, unknown>>
  signal: AbortSignal
}

/**
 * Runs what asks one connection. When the signal is aborted, the database is told to stop what it does
 * there, and this rejects with the signal's reason.
 */
export async function whileWanted<T>(
  sql: Sql,
  { snapshot, signal }: Wanted,
  run: () => Promise<T>,
): Promise<T> {
  const [backend] = await snapshot<{ pid: number }[]>`select pg_backend_pid() as pid`
  signal.throwIfAborted()
  let isOver = false
  let stopping: Promise<void> | undefined
  const stop = () => void (stopping = stopUntil(backend!.pid, { sql, isOver: () => isOver }))

  signal.addEventListener('abort', stop)
  try {
    return await run()
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    isOver = true
    signal.removeEventListener('abort', stop)
    // A word that comes later would stop whoever has the connection next.
    await stopping
  }
}

async function stopUntil(
  pid: number,
  { sql, isOver }: { sql: Sql; isOver: () => boolean },
): Promise<void> {
  while (!isOver()) {
    await sql`select pg_cancel_backend(${pid})`.catch(() => {})
    await delay(AGAIN)
  }
}
