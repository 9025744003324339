import type { Request } from 'express'
import type { WayIn } from '#shared/account-event.ts'
import { deviceName } from '#shared/device-name.ts'
import type { Db } from '../db/connect.ts'
import { codeOf } from '../http/code-of.ts'
import { HttpError } from '../http/errors.ts'
import { insertAccountEvent } from './queries.ts'
import type { Whose } from './whose.ts'

interface Attempt {
  way: WayIn
  whose: Whose
}

/** As much of what a browser says of itself as its owner would recognise it by. */
export const deviceOf = (req: Pick<Request, 'headers'>): string | null =>
  deviceName(req.headers['user-agent'] ?? null) ?? null

/** Runs a way in. What it refuses is noted before it is answered, and refused all the same. */
export async function attempt<T>(
  { db, req }: { db: Db; req: Request },
  { way, whose }: Attempt,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof HttpError && error.status < 500) {
      const why = error.code ?? codeOf(error.status)
      await insertAccountEvent(db, whose, { kind: 'refused', way, why, device: deviceOf(req) })
    }
    throw error
  }
}
