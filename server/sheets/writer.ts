import { setImmediate as nextTurn } from 'node:timers/promises'
import canonicalize from 'canonicalize'
import type { Logger } from 'pino'
import type { LeafType } from '#shared/ledger/entry.ts'
import type { Sheet } from '#shared/ledger/sheet.ts'
import type { Db, Sql } from '../db/connect.ts'
import { journalAfter, type JournalRow } from '../journal/queries.ts'
import { appendLeaf } from '../ledger/queries.ts'
import type { Engine } from '../live/engine.ts'
import { dateAt, dayAfter } from '../publications/grid.ts'
import { changedTickets } from './changed-tickets.ts'
import { differencesOf, earliestIn, isBlank } from './count.ts'
import { countEach } from './count-each.ts'
import {
  firstTold,
  insertSheet,
  lastEdition,
  lockSheets,
  newestSheets,
  type StoredSheet,
  toldBefore,
  toldBeforeGap,
} from './queries.ts'
import { surveysIn, surveysTold } from './surveys.ts'

/** Days for which it is looked each midnight whether they changed; older ones where late data came for them. */
const LOOKED_AT = 30
/** Journal rows read at once. */
const PAGE = 200

interface Options {
  db: Db
  sql: Sql
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

/**
 * At each local midnight, by the deployment's clock: the day that ended, all days of which nothing was told because
 * nothing ran, however many, and revisions of those before. Each in a transaction of its own.
 */
export function openSheetWriter(options: Options): SheetWriter {
  const { db, sql, engine, log, history, published } = options
  let running: Promise<void> | undefined
  const closing = new AbortController()
  const { signal } = closing
  /** Nothing is due before this local date ends. */
  let done = ''

  /** What is dated before `minute` has happened. */
  const today = () => dateAt(engine.cube.minute - 1, engine.terms.calendar)

  async function write(): Promise<void> {
    await published()
    const now = today()
    const since = [daysBefore(now, LOOKED_AT), await oldestChanged(), await toldBeforeGap(db)]
    const oldest = since.filter((day) => day !== undefined).toSorted()[0]!
    const known = new Map((await newestSheets(db, oldest)).map((sheet) => [sheet.day, sheet]))
    const first = [...known.keys()][0] ?? daysBefore(now, Math.max(1, history))
    let hasBegun = known.size > 0
    const countOf = countEach({ engine, sql, signal }, now)
    for (let day = first; day < now && !signal.aborted; day = dayAfter(day)) {
      const sheet = await countOf(day)
      // A new city begins with the first day on which anything was counted.
      hasBegun ||= !isBlank(sheet)
      if (hasBegun) await writeDay(day, sheet, known.get(day))
      await nextTurn()
    }
    if (!signal.aborted) done = now
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
    } while (rows.length === PAGE && !signal.aborted)
    return dateAt(earliest, engine.terms.calendar)
  }

  async function writeDay(day: string, counted: Sheet, last?: StoredSheet): Promise<void> {
    if (last && last.seq >= counted.at[0]) return
    const surveys = last ? surveysIn(last.body.measures) : (await surveysTold(db, day))?.measures
    const sheet = { ...counted, measures: { ...counted.measures, ...surveys } }
    if (!last) return append('sheet', { day, edition: 1, sheet, tickets: 0 }, sheet)
    const changes = differencesOf(last.body, sheet)
    if (Object.keys(changes).length === 0) return
    const { window, at } = sheet
    const since = (after: number) => changedTickets({ sql, signal }, { after, upTo: at[0], window })
    const tickets = await since(last.seq)
    const sinceFirst = last.edition === 1 ? tickets : await since(await firstTold(db, day))
    const told = { day, edition: last.edition + 1, sheet, tickets: sinceFirst }
    await append('revision', told, { at, since: last.leaf, changes, tickets })
  }

  async function append(type: LeafType, told: Told, what: object): Promise<void> {
    const { day, edition, sheet, tickets } = told
    await db.transaction().execute(async (trx) => {
      await lockSheets(trx)
      // Another process may have been first.
      if ((await lastEdition(trx, day)) >= edition) return
      const leaf = await appendLeaf(trx, type, canonicalize({ day, edition, ...what })!)
      await insertSheet(trx, { day, edition, leaf, seq: sheet.at[0], body: sheet, tickets })
    })
  }

  return {
    look() {
      // The clock of the events stands at 1970 before the first one.
      if (signal.aborted || running || engine.cube.minute <= 1 || today() === done) return
      running = write()
        .catch((error: unknown) => {
          if (!signal.aborted) log.error({ err: error }, 'a daily sheet could not be written')
        })
        .finally(() => (running = undefined))
    },
    async close() {
      closing.abort()
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
