import type { Connections } from '../db/connect.ts'
import { fewAtOnce } from '../explorer/few-at-once.ts'
import { knowing } from '../explorer/knowing.ts'
import type { Engine } from '../live/engine.ts'
import { openFiguresDesk } from '../replies/figures-desk.ts'
import { openLettersDesk } from '../replies/letters-desk.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { openCountsDesk } from '../views/counts-desk.ts'
import { FactsDesk } from '../views/facts-desk.ts'
import type { EvidenceDesk } from './desk.ts'

interface Options extends Connections {
  engine: Engine
  markOf: MarkOf
}

/** One for a process: how much is counted at once is counted by it. */
export function openEvidenceDesk({ db, sql, engine, markOf }: Options): EvidenceDesk {
  const letters = openLettersDesk(db)
  const desk = new FactsDesk(sql, engine.clock)
  const counts = openCountsDesk({ engine, db, desk })
  return {
    db,
    engine,
    markOf,
    desk,
    knows: knowing(engine, markOf),
    counting: fewAtOnce({ atOnce: 2, waiting: 20 }),
    counts,
    letters,
    figures: openFiguresDesk({ db, engine, count: counts.count, letters }),
  }
}
