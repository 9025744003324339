import { setImmediate as nextTurn } from 'node:timers/promises'
import canonicalize from 'canonicalize'
import type { Logger } from 'pino'
import type { LeafType } from '#shared/ledger/entry.ts'
import type { Sheet } from '#shared/ledger/sheet.ts'
import type { Db } from '../db/connect.ts'
import { journalAfter, type JournalRow } from '../journal/queries.ts'
import { appendLeaf } from '../ledger/queries.ts'
import type { Engine } from '../live/engine.ts'
import { dateAt, dayAfter } from '../publications/grid.ts'
import { countDay, differencesOf, earliestIn, isBlank } from './count.ts'
import {
  changedTickets,
  firstTold,
  insertSheet,
  lockSheets,
  newestSheets,
  type StoredSheet,
  toldBefore,
} from './queries.ts'
import { surveysIn, surveysTold } from './surveys.ts'

/** Days for which it is looked each midnight whether they changed; older ones where late data came for them. */
const LOOKED_AT = 30
/** Journal rows read at once. */
const PAGE = 200

interface Options {
  db: Db
  engine: Engine
  log: Logger
  /** Days of the past that have a sheet at the very first start. */
  history: number
  /** Resolves when what is due was published: a day's sheet tells that too. */
  published: () => Promise<void>
}

export interface SheetWriter {
  /** Writes in the background what the clock has made due. Call it at each tick. */
  look(): void
  close(): Promise<void>
}

/** At each local midnight, by the deployment's clock: the day that ended, and revisions of those before. */
export function openSheetWriter(options: Options): SheetWriter {
  const { db, engine, log, history, published } = options
  let running: Promise<void> | undefined
  let isClosed = false
  /** Nothing is due before this local date ends. */
  let done = ''

  /** What is dated before `minute` has happened. */
  const today = () => dateAt(engine.cube.minute - 1, engine.terms.calendar)

  async function write(): Promise<void> {
    await published()
    const now = today()
    const oldest = [daysBefore(now, LOOKED_AT), await oldestChanged()].toSorted()[0]!
    const known = new Map((await newestSheets(db, oldest)).map((sheet) => [sheet.day, sheet]))
    const first = [...known.keys()][0] ?? daysBefore(now, Math.max(1, history))
    let hasBegun = known.size > 0
    for (let day = first; day < now; day = dayAfter(day)) {
      if (isClosed) return
      const sheet = countDay(engine, day)
      // A new city begins with the first day on which anything was counted.
      hasBegun ||= sheet !== undefined && !isBlank(sheet)
      if (sheet && hasBegun) await writeDay(day, sheet, known.get(day))
      await nextTurn()
    }
    done = now
  }

  /** The local date of the oldest that came since the midnight before the last one; today where nothing came. */
  async function oldestChanged(): Promise<string> {
    let earliest = engine.cube.minute - 1
    let seq = (await toldBefore(db)) ?? engine.at[0]
    let rows: JournalRow[]
    do {
      rows = await journalAfter(db, seq, PAGE)
      for (const { delta } of rows) earliest = Math.min(earliest, earliestIn(delta) ?? earliest)
      seq = rows.at(-1)?.seq ?? seq
    } while (rows.length === PAGE && !isClosed)
    return dateAt(Math.max(earliest, engine.cube.horizon), engine.terms.calendar)
  }

  async function writeDay(day: string, counted: Sheet, last?: StoredSheet): Promise<void> {
    if (last && last.seq >= counted.at[0]) return
    const surveys = last ? surveysIn(last.body.measures) : (await surveysTold(db, day))?.measures
    const sheet = { ...counted, measures: { ...counted.measures, ...surveys } }
    if (!last) return append('sheet', { day, edition: 1, sheet, tickets: 0 }, sheet)
    const changes = differencesOf(last.body, sheet)
    if (Object.keys(changes).length === 0) return
    const { window, at } = sheet
    const tickets = await changedTickets(db, { seq: last.seq, window })
    const sinceFirst = await changedTickets(db, { seq: await firstTold(db, day), window })
    const told = { day, edition: last.edition + 1, sheet, tickets: sinceFirst }
    await append('revision', told, { at, since: last.leaf, changes, tickets })
  }

  async function append(type: LeafType, told: Told, what: object): Promise<void> {
    const { day, edition, sheet, tickets } = told
    await db.transaction().execute(async (trx) => {
      await lockSheets(trx)
      // Another process may have been first.
      const [newest] = (await newestSheets(trx, day)).filter((one) => one.day === day)
      if ((newest?.edition ?? 0) >= edition) return
      const leaf = await appendLeaf(trx, type, canonicalize({ day, edition, ...what })!)
      await insertSheet(trx, { day, edition, leaf, seq: sheet.at[0], body: sheet, tickets })
    })
  }

  return {
    look() {
      // The clock of the events stands at 1970 before the first one.
      if (isClosed || running || engine.cube.minute <= 1 || today() === done) return
      running = write()
        .catch((error: unknown) => log.error({ err: error }, 'a daily sheet could not be written'))
        .finally(() => (running = undefined))
    },
    async close() {
      isClosed = true
      await running
    },
  }
}

interface Told {
  day: string
  edition: number
  sheet: Sheet
  /** Since the first edition. */
  tickets: number
}

const daysBefore = (date: string, days: number): string =>
  Temporal.PlainDate.from(date).subtract({ days }).toString()
