import { setTimeout as delay } from 'node:timers/promises'
import type { Dimension } from '#shared/ticket.ts'
import { NONE } from '#shared/view.ts'
import { HttpError } from '../http/errors.ts'
import type { Engine } from '../live/engine.ts'
import { eyeOf } from '../tickets/eye.ts'
import type { MarkOf } from '../tickets/marks.ts'
import type { Eye } from '../tickets/public-ticket.ts'

type Members = Partial<Record<Dimension, number>>

/** By what these tickets can be shown: all that they name is known. */
export type Knowing = (rows: readonly Members[]) => Promise<Eye>

/**
 * What is read from the database may name a member for the first time, a moment before the journal has
 * been followed to there: it would look as if none was stated. Throws a 503 after 5 s.
 */
export function knowing(engine: Engine, markOf: MarkOf): Knowing {
  return async (rows) => {
    for (let tries = 0; tries < 100; tries++) {
      const eye = eyeOf(engine, markOf)
      if (rows.every((row) => isKnown(row, eye))) return eye
      engine.learn()
      await delay(50)
    }
    throw new HttpError(503, 'The journal is not followed just now. Ask again.')
  }
}

const isKnown = (row: Members, { opened, directory }: Eye): boolean =>
  opened.every((one) => !row[one] || directory.codeOf(row[one]) !== NONE)
