import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contribute } from '#shared/measures/contributions.ts'
import { isOnTime } from '#shared/measures/on-time-rate.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Ticket } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'
import { NONE } from '#shared/view.ts'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { importFiles } from '../../../server/import/import-files.ts'
import type { Tally } from '../../../server/import/tally.ts'
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
import { bostonServer, type City, settled, total, view } from './boston-server.ts'

/*
 * The city's own labels are the oracle: what it called on time, we must. The counts on the other side
 * are made here from the cells of the file, without our mapping and without our measures.
 */

type Stored = Ticket & { id: string } & Record<'agencyName' | 'areaName' | 'categoryName', string>

describe.skipIf(!boston)('Boston, July to October 2011', () => {
  let city: City
  let rows: Cells[]
  let tickets: Map<string, Stored>
  let contributions: Contribution[]

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
    city = await bostonServer('database')
    rows = readBoston()
    expect(await importBoston()).toMatchObject({ read: 41_827, accepted: 41_827, rejected: 0 })
    tickets = await storedTickets()
    contributions = contributionsOf(tickets.values())
    await settled(city)
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
      const ours = new Map(months.map((month) => [month, sumIn(contributions, part, month)]))
      const theirs = countBy(rows, (row) => row[column]!.slice(0, 7))
      expect(ours).toEqual(new Map(months.map((month) => [month, theirs.get(month) ?? 0])))
    }
  })

  test.each(moments)('the backlog of %s is the rows opened before it and not closed', (moment) => {
    // The text of a local time sorts as its time does, away from the hour that comes twice.
    const isOpen = ({ open_dt, closed_dt, case_status }: Cells) =>
      open_dt! < moment && (case_status === 'Open' || closed_dt! >= moment)

    expect(openAt(contributions, instantOf(moment))).toBe(rows.filter(isOpen).length)
  })

  describe('through a running server', () => {
    test.each([
      ['agency', 'department'],
      ['category', 'reason'],
      ['area', 'neighborhood'],
    ])('received by %s is what the file says by %s', async (by, column) => {
      const window = '2011-07-01/2011-11-01'
      const answer = await view(city, `measures=received&by=${by}&window=${window}`)

      const theirs = countBy(rows, (row) => row[column]!.trim() || NONE)
      expect(new Map(answer.rows as [string, number][])).toEqual(theirs)
      expect(answer.totals[1]).toBe(41_827)
    })

    test.each(months)('%s has what the file received, closed and had fall due', async (month) => {
      const query = `measures=received,closed,onTimeRate&window=${month}-01/${nextMonth(month)}-01`
      const inMonth = (column: string) =>
        rows.filter((row) => row[column]!.startsWith(month)).length

      expect(await total(city, query, 'received')).toBe(inMonth('open_dt'))
      expect(await total(city, query, 'closed')).toBe(inMonth('closed_dt'))
      expect(await total(city, query, 'onTimeRate.n')).toBe(inMonth('target_dt'))
    })

    test('as many were closed on time, of as many, as the city’s labels say', async () => {
      const query = 'measures=onTimeRateClosed&window=2011-07-01/2020-01-01'

      expect(await total(city, query, 'onTimeRateClosed.numerator')).toBe(27_324)
      expect(await total(city, query, 'onTimeRateClosed.n')).toBe(33_469)
    })

    test.each(moments)('the backlog of %s is what the file says', async (moment) => {
      const query = `measures=open&window=2011-06-01T00:00Z/${utcMinute(moment)}`

      expect(await total(city, query, 'open')).toBe(openIn(rows, moment).length)
    })
  })
})

const utcMinute = (local: string) => `${new Date(instantOf(local)).toISOString().slice(0, 16)}Z`
const nextMonth = (month: string) => Temporal.PlainYearMonth.from(month).add({ months: 1 })

interface Contribution {
  part: string
  minute: number
  n: number
}

function contributionsOf(tickets: Iterable<Ticket>): Contribution[] {
  const all: Contribution[] = []
  const add = ({ id }: Part, minute: number, n: number) => void all.push({ part: id, minute, n })
  for (const ticket of tickets) contribute(ticket, add)
  return all
}

/** What the tickets contribute to a part in a local month. */
function sumIn(all: readonly Contribution[], name: string, month: string): number {
  const first = Temporal.PlainDate.from(`${month}-01`)
  const from = instantOf(`${first}T00:00`) / MINUTE
  const to = instantOf(`${first.add({ months: 1 })}T00:00`) / MINUTE
  return sum(all, ({ part, minute }) => part === name && minute >= from && minute < to)
}

function openAt(all: readonly Contribution[], at: number): number {
  return sum(all, ({ part, minute }) => part === 'open' && minute < at / MINUTE)
}

const sum = (all: readonly Contribution[], counts: (one: Contribution) => boolean): number =>
  all.reduce((total, one) => (counts(one) ? total + one.n : total), 0)
