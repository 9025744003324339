import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contribute } from '#shared/measures/contributions.ts'
import { isOnTime } from '#shared/measures/on-time-rate.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Ticket } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { importFiles } from '../../../server/import/import-files.ts'
import type { Tally } from '../../../server/import/tally.ts'
import { freshDatabase } from '../../support/database.ts'
import {
  boston,
  type Cells,
  countBy,
  instantOf,
  moments,
  months,
  openIn,
  readBoston,
} from './boston-file.ts'

/*
 * The city's own labels are the oracle: what it called on time, we must. The counts on the other side
 * are made here from the cells of the file, without our mapping and without our measures.
 */

type Stored = Ticket & { id: string } & Record<'agencyName' | 'areaName' | 'categoryName', string>

describe.skipIf(!boston)('Boston, July to October 2011', () => {
  let city: Awaited<ReturnType<typeof freshDatabase>>
  let rows: Cells[]
  let tickets: Map<string, Stored>

  async function importBoston(): Promise<Tally> {
    const mapping = await findMapping('boston-311')
    const stop = new AbortController().signal
    const [tally] = await importFiles({
      db: city.db,
      files: [boston!],
      mapping,
      stop,
      print: () => {},
    })
    return tally!
  }

  beforeAll(async () => {
    city = await freshDatabase()
    rows = await readBoston()
    expect(await importBoston()).toMatchObject({ read: 41_827, accepted: 41_827, rejected: 0 })
    tickets = await storedTickets()
  })

  afterAll(() => city[Symbol.asyncDispose]())

  async function storedTickets(): Promise<Map<string, Stored>> {
    const found = await city.db
      .selectFrom('ticket')
      .leftJoin('member as agencyOf', 'agencyOf.id', 'ticket.agency')
      .leftJoin('member as areaOf', 'areaOf.id', 'ticket.area')
      .leftJoin('member as categoryOf', 'categoryOf.id', 'ticket.category')
      .selectAll('ticket')
      .select([
        'agencyOf.code as agencyName',
        'areaOf.code as areaName',
        'categoryOf.code as categoryName',
      ])
      .execute()
    return new Map(found.map((ticket) => [ticket.id, ticket as unknown as Stored]))
  }

  test('importing it again changes nothing', async () => {
    expect(await importBoston()).toMatchObject({ read: 41_827, accepted: 0, unchanged: 41_827 })
  })

  test('agrees with every one of the 33,356 labels of the city', () => {
    const labelled = rows.filter((row) => row.target_dt && row.closed_dt && row.ontime)
    const disagreeing = labelled.filter(
      (row) => isOnTime(tickets.get(row.case_enquiry_id!)!) !== (row.ontime === 'ONTIME'),
    )

    expect(labelled).toHaveLength(33_356)
    expect(disagreeing).toEqual([])
  })

  test('the 113 closed tickets without a label are all late', () => {
    const blank = rows.filter((row) => row.target_dt && row.closed_dt && !row.ontime)

    expect(blank).toHaveLength(113)
    expect(blank.filter((row) => isOnTime(tickets.get(row.case_enquiry_id!)!))).toEqual([])
  })

  test.each([
    ['department', 'agencyName'],
    ['reason', 'categoryName'],
    ['neighborhood', 'areaName'],
  ] as const)('every %s has the tickets that the file gives it', (column, name) => {
    const ours = countBy(tickets.values(), (ticket) => ticket[name] ?? '')

    expect(ours).toEqual(countBy(rows, (row) => row[column]!.trim()))
  })

  test('each month has what the file received, closed and had fall due in it', () => {
    const counted = { received: 'open_dt', closed: 'closed_dt', due: 'target_dt' }
    for (const [part, column] of Object.entries(counted)) {
      const ours = new Map(months.map((month) => [month, sumIn(tickets.values(), part, month)]))
      const theirs = countBy(rows, (row) => row[column]!.slice(0, 7))
      expect(ours).toEqual(new Map(months.map((month) => [month, theirs.get(month) ?? 0])))
    }
  })

  test.each(moments)('the backlog of %s is the rows opened before it and not closed', (moment) => {
    // The text of a local time sorts as its time does, away from the hour that comes twice.
    const isOpen = ({ open_dt, closed_dt, case_status }: Cells) =>
      open_dt! < moment && (case_status === 'Open' || closed_dt! >= moment)

    expect(openAt(tickets.values(), instantOf(moment))).toBe(rows.filter(isOpen).length)
  })
})

/** What the tickets contribute to a part in a local month. */
function sumIn(tickets: Iterable<Ticket>, part: string, month: string): number {
  const first = Temporal.PlainDate.from(`${month}-01`)
  const from = instantOf(`${first}T00:00`) / MINUTE
  const to = instantOf(`${first.add({ months: 1 })}T00:00`) / MINUTE
  return sum(tickets, ({ id }, minute) => id === part && minute >= from && minute < to)
}

function openAt(tickets: Iterable<Ticket>, at: number): number {
  return sum(tickets, ({ id }, minute) => id === 'open' && minute < at / MINUTE)
}

function sum(tickets: Iterable<Ticket>, counts: (part: Part, minute: number) => boolean): number {
  let total = 0
  for (const ticket of tickets) {
    contribute(ticket, (part, minute, n) => {
      if (counts(part, minute)) total += n
    })
  }
  return total
}
