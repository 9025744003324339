import type { Sheet } from '#shared/ledger/sheet.ts'
import { minuteOf } from '#shared/time.ts'
import type { Sql } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { dateAt } from '../publications/grid.ts'
import { answerFromFacts } from '../views/answer-from-facts.ts'
import { countDay, headline, sheetOf, understood } from './count.ts'

/** Days that one reading of the stored tickets counts. */
const AT_ONCE = 1000

interface Place {
  engine: Engine
  sql: Sql
  signal: AbortSignal
}

/** Counts one local day after the other, before `to`: from the stored tickets what the cube does not hold any more. */
export function countEach(place: Place, to: string): (day: string) => Promise<Sheet> {
  let stored = new Map<string, Sheet>()
  return async (day) => {
    const known = countDay(place.engine, day) ?? stored.get(day)
    if (known) return known
    const last = Temporal.PlainDate.from(day).add({ days: AT_ONCE }).toString()
    stored = await countStored(place, { from: day, to: last < to ? last : to })
    return stored.get(day)!
  }
}

/** `to` is not among them. */
async function countStored(
  { engine, sql, signal }: Place,
  { from, to }: { from: string; to: string },
): Promise<Map<string, Sheet>> {
  const question = understood(engine, { measures: headline, by: 'day', window: `${from}/${to}` })
  const asked = { questions: [question], at: undefined, onProgress: undefined }
  const [answer] = await answerFromFacts(sql, { ...asked, clock: engine.clock, signal })
  const { view, at } = answer!
  view.takeChange('')
  const { columns, rows } = view.state('')
  const dayOf = (start: string) => dateAt(minuteOf(Date.parse(start)), engine.terms.calendar)
  return new Map(
    rows.map((row) => {
      const day = dayOf(row[0]!)
      return [day, sheetOf(engine, { day, at, columns, totals: row })] as const
    }),
  )
}
