import { describe, expect, test } from 'vitest'
import { type Dimension, type Ticket } from '#shared/ticket.ts'
import { NONE } from '#shared/view.ts'
import { calendarOf } from '../../../server/cube/calendar.ts'
import type { Db } from '../../../server/db/connect.ts'
import { DAY } from '#shared/time.ts'
import { dateAt } from '../../../server/publications/grid.ts'
import { OTHER } from '../../../server/publications/knowledge.ts'
import { publishPast } from '../../../server/publications/publish-past.ts'
import { currentPolicy } from '../../../server/policies/queries.ts'
import { demoMonth, MONTH } from '../../support/demo-month.ts'
import { aTicket } from '../../support/ticket.ts'
import { boston, type Cells, instantOf, readBoston } from '../import/boston-file.ts'
import { attack } from './attacker.ts'
import { cityOf, parts, type Published, publishDays, publishRounded } from './small-city.ts'

const LONG = 300_000

describe.skipIf(!boston)('Boston, July to October 2011, with its areas closed', () => {
  test(
    'I8: no subtraction lays a count below 10 bare; rounding alone would not do',
    async () => {
      const tickets = readBoston().map(ticketOf)
      const keys = [...new Set(tickets.map(({ key }) => key)), NONE, OTHER].sort()
      const calendar = calendarOf('America/New_York')
      const city = { ...cityOf(tickets, keys), calendar, first: '2011-07-01' }

      const published = await publishDays(city, 123)
      const { bare, wrong, small } = attack(published)
      expect({ bare, wrong }).toEqual({ bare: [], wrong: [] })
      expect(small).toBeGreaterThan(10_000)
      expect(shareOfPlain(published)).toBeGreaterThan(0.9)

      expect(attack(await publishRounded(city, 123)).bare).not.toEqual([])
    },
    LONG,
  )
})

describe('the demonstration city', () => {
  test(
    'I8: no subtraction over its history lays a count below 10 bare, by channel and by language',
    async () => {
      await using city = await demoMonth()
      const { policy } = await currentPolicy(city.db)
      const calendar = calendarOf(policy.timeZone)
      // Windows of 1, 7 and 30 days; Boston has those of 90.
      const from = dateAt((Date.now() - (MONTH + 1) * DAY) / 60_000, calendar)
      await publishPast({ ...city, clock: 'database', from })

      const publishedOf = await publishing(city)
      for (const dimension of ['channel', 'language'] as const) {
        const published = await publishedOf(dimension)
        const { bare, wrong, small } = attack(published)
        expect({ dimension, bare, wrong }).toEqual({ dimension, bare: [], wrong: [] })
        expect(small).toBeGreaterThan(500)
        expect(shareOfPlain(published)).toBeGreaterThan(0.9)
      }
    },
    LONG,
  )
})

/** Of all counts: those told as below 10, or as one multiple of 5. */
function shareOfPlain(published: readonly Published[]): number {
  const cells = published.flatMap(({ cells }) => cells.flat())
  const plain = cells.filter(
    ([low, high]) => (low === 0 && high === 9) || (low >= 10 && high! - low <= 4),
  )
  return plain.length / cells.length
}

function ticketOf(cells: Cells): Ticket & { key: string } {
  const at = (text: string | undefined) => (text ? instantOf(text.replace(' ', 'T')) : null)
  const isClosed = cells.case_status === 'Closed'
  const ticket = aTicket({
    status: isClosed ? 'closed' : 'open',
    receivedAt: at(cells.open_dt)!,
    dueAt: at(cells.target_dt),
    closedAt: isClosed ? at(cells.closed_dt) : null,
    closeReason: cells.closure_reason!.includes('Case Resolved') ? 'resolved' : 'other',
  })
  return { ...ticket, key: cells.neighborhood!.trim() || NONE }
}

/** What was published of dimensions, with the truth as the stored tickets tell it. */
async function publishing({ db }: { db: Db }) {
  const members = await db.selectFrom('member').selectAll().execute()
  const codes = new Map(members.map(({ id, code }) => [id, code]))
  const tickets = await db.selectFrom('ticket').selectAll().execute()

  return async (dimension: Dimension): Promise<Published[]> => {
    // Not copied: they are many, and `cityOf` keeps none.
    const keyed = tickets.map((ticket) =>
      Object.assign(ticket, { key: codes.get(ticket[dimension]) ?? NONE }),
    )
    const rows = await db
      .selectFrom('publication')
      .selectAll()
      .where('dimension', '=', dimension)
      .orderBy('id')
      .execute()
    const keys = rows[0]!.told.rows.map(({ key }) => key)
    const city = cityOf(keyed, keys)
    return rows.map(({ told, startMinute: start, endMinute: end, days, kind }) => {
      const truth = keys.map((key) => parts.map((part) => city.count(key, part, { start, end })))
      const cells = told.rows.map((row) => row.cells)
      return { kind, dimension, days, start, end, keys, parts, totals: told.totals, cells, truth }
    })
  }
}
