import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '../../../web/tickets/row.ts'
import { type RowsPage, TicketRows } from '../../../web/tickets/ticket-rows.ts'
import {
  drawnSpan,
  indexAt,
  moveRow,
  scrollToSee,
  seenSpan,
} from '../../../web/tickets/windowing.ts'

const ticket = (key: string, change: Partial<Row> = {}): Row => ({
  key,
  id: key,
  status: 'open',
  precision: 'instant',
  receivedAt: 0,
  dueAt: null,
  closedAt: null,
  reopenings: 0,
  isCorrected: false,
  agency: undefined,
  area: undefined,
  category: undefined,
  turn: 0,
  ...change,
})

const pageOf = (keys: readonly number[], more: Partial<RowsPage> = {}): RowsPage => ({
  rows: keys.map((key) => ticket(String(key))),
  first: 'first',
  next: 'next',
  ...more,
})

const keysOf = (rows: TicketRows): string[] =>
  Array.from({ length: rows.length }, (_, index) => rows.at(index)!.key)

const someKeys = fc.uniqueArray(fc.nat(60), { maxLength: 8 })
const steps = fc.array(
  fc.oneof(
    fc.record({ step: fc.constant('append' as const), keys: someKeys }),
    fc.record({ step: fc.constant('wait' as const), keys: someKeys }),
    fc.record({ step: fc.constant('replace' as const), keys: someKeys }),
    fc.record({ step: fc.constant('insert' as const), keys: fc.constant([] as number[]) }),
  ),
  { maxLength: 40 },
)

test('whatever comes in, no row that is listed moves until what waits is asked for', () => {
  fc.assert(
    fc.property(someKeys, steps, (first, all) => {
      const rows = new TicketRows(pageOf(first))
      for (const { step, keys } of all) {
        const before = keysOf(rows)
        const waiting = rows.above.rows.map(({ key }) => key)
        if (step === 'append') rows.append(pageOf(keys))
        if (step === 'wait') rows.wait(pageOf(keys))
        if (step === 'replace')
          for (const key of keys) rows.replace(ticket(String(key), { status: 'closed' }))
        if (step === 'insert') rows.insert()
        const after = keysOf(rows)
        const expected =
          step === 'insert'
            ? [...waiting, ...before.filter((key) => !waiting.includes(key))]
            : before
        expect(after.slice(0, expected.length)).toEqual(expected)
        expect(new Set(after).size).toBe(after.length)
      }
    }),
  )
})

test('what waits is each ticket once, the newest first, and goes on top in that order', () => {
  const rows = new TicketRows(pageOf([3, 2, 1]))
  rows.wait(pageOf([5, 4], { first: 'five' }))
  rows.wait(pageOf([6, 4, 2], { first: 'six' }))
  expect(rows.above.rows.map(({ key }) => key)).toEqual(['6', '4', '2', '5'])
  expect(rows.first).toBe('six')
  expect(keysOf(rows)).toEqual(['3', '2', '1'])

  expect(rows.insert()).toBe(4)
  expect(keysOf(rows)).toEqual(['6', '4', '2', '5', '3', '1'])
  expect(rows.above).toEqual({ rows: [], isMore: false })
})

test('a changed ticket takes its own place, also while it waits, and no other is made', () => {
  const rows = new TicketRows(pageOf([2, 1]))
  rows.wait(pageOf([3]))
  expect(rows.replace(ticket('1', { status: 'closed' }))).toBe(true)
  expect(rows.replace(ticket('3', { reopenings: 2 }))).toBe(true)
  expect(rows.replace(ticket('9'))).toBe(false)

  expect([rows.at(0)!.status, rows.at(1)!.status]).toEqual(['open', 'closed'])
  expect(rows.above.rows[0]!.reopenings).toBe(2)
  expect(keysOf(rows)).toEqual(['2', '1'])
})

const sight = { above: 0, height: 600, rowHeight: 30, count: 1000 }

test('as many rows are drawn wherever one is, and those that are seen are among them', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -500, max: 40_000 }),
      fc.integer({ min: 0, max: 1200 }),
      (above, count) => {
        const at = { ...sight, above, count }
        const [drawn, seen] = [drawnSpan(at), seenSpan(at)]
        expect(drawn.to - drawn.from).toBe(Math.min(count, 33))
        expect(drawn.from).toBeLessThanOrEqual(seen.from)
        expect(drawn.to).toBeGreaterThanOrEqual(seen.to)
        expect(drawn.to).toBeLessThanOrEqual(count)
      },
    ),
  )
})

test('a row is drawn by one element for as long as it is drawn', () => {
  const placed = (from: number) =>
    new Map(Array.from({ length: 33 }, (_, slot) => [indexAt(slot, { from, to: from + 33 }), slot]))
  const [before, after] = [placed(100), placed(107)]
  expect([...after.keys()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 33 }, (_, place) => 107 + place),
  )
  for (const [index, slot] of after) {
    if (before.has(index)) expect(before.get(index)).toBe(slot)
  }
})

test('keys lead from row to row and not out of the list', () => {
  const move = (key: string, index: number) => moveRow(key, index, { count: 100, page: 20 })
  expect(move('ArrowDown', 3)).toBe(4)
  expect(move('ArrowUp', 0)).toBe(0)
  expect(move('PageDown', 90)).toBe(99)
  expect(move('PageUp', 30)).toBe(10)
  expect(move('Home', 30)).toBe(0)
  expect(move('End', 30)).toBe(99)
  expect(move('x', 30)).toBeUndefined()
})

test('the page scrolls only as far as a row needs to be seen whole', () => {
  expect(scrollToSee(5, { ...sight, above: 300 })).toBe(-150)
  expect(scrollToSee(12, { ...sight, above: 300 })).toBe(0)
  expect(scrollToSee(30, { ...sight, above: 300 })).toBe(30)
})
