import type { Sql } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { inTime } from '../http/in-time.ts'
import type { Engine } from '../live/engine.ts'
import { type Complaint, reasonOf } from './complaint.ts'
import type { Writing } from './writing.ts'

/** Whoever asks is answered within this time. */
const PATIENCE = 1000
/** A cube that has not looked at the journal for so long is not ready, whatever the database answers. */
const MAX_BEHIND = 10_000

interface Parts {
  engine: Engine
  /** A pool that gives up connections which do not answer. */
  sql: Sql
  writing: Writing
}

export type Readiness = () => Promise<Complaint | undefined>

/** Asks why the server is not ready. However many ask, the database is asked once at a time. */
export function readiness({ engine, sql, writing }: Parts): Readiness {
  let asked: Promise<unknown> | undefined

  function ask(): Promise<unknown> {
    asked ??= sql`select`.finally(() => (asked = undefined))
    return inTime(asked, { within: PATIENCE, late: () => new HttpError(503, 'late') })
  }

  return async () => {
    const lookedAt = Date.now() - (engine.now - engine.asOf)
    try {
      await ask()
    } catch (error) {
      return { error: reasonOf(error), since: lookedAt }
    }
    if (engine.now - engine.asOf > MAX_BEHIND) {
      return { error: 'The journal is not being followed.', since: lookedAt }
    }
    return writing.complaint
  }
}
