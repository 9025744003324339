import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Ticket } from '#shared/ticket.ts'
import { cellKey, cellOf } from '../../../server/journal/cell.ts'
import { addTicket, type Delta } from '../../../server/journal/delta.ts'
import { addPacked, pack, unpack } from '../../../server/journal/pack.ts'
import { arbitraryEvent } from '../../support/arbitrary-event.ts'

const ids = fc.record({
  agency: fc.nat(70_000),
  area: fc.nat(300),
  category: fc.nat(20),
  channel: fc.nat(3),
  language: fc.nat(3),
})
const tickets = fc.array(
  fc.tuple(arbitraryEvent, ids).map(
    ([event, members]) =>
      ({
        ...event,
        ...members,
        respondBy: null,
        surveyAt: null,
        satisfied: null,
      }) as unknown as Ticket,
  ),
  { maxLength: 20 },
)

const plain = (delta: Delta) =>
  new Map(
    [...delta]
      .filter(([, { cells }]) => cells.size > 0)
      .map(([key, { cells }]) => [key, new Map([...cells].sort())]),
  )

test('a packed delta unpacks to what was packed', () => {
  fc.assert(
    fc.property(tickets, (tickets) => {
      const delta: Delta = new Map()
      for (const ticket of tickets) addTicket(delta, ticket, 1)
      const again: Delta = new Map()
      addPacked(again, pack(delta))

      expect(plain(again)).toEqual(plain(delta))
    }),
  )
})

test('what a ticket contributed and no longer does leaves nothing', () => {
  fc.assert(
    fc.property(tickets, (tickets) => {
      const delta: Delta = new Map()
      for (const ticket of tickets) addTicket(delta, ticket, 1)
      for (const ticket of tickets.toReversed()) addTicket(delta, ticket, -1)

      expect(pack(delta)).toEqual(pack(new Map()))
    }),
  )
})

test('cells of minutes before 1970 survive too', () => {
  const cell = { code: 63, minute: -36_816_480, bin: 511 }
  expect(cellOf(cellKey(cell.code, cell.minute, cell.bin))).toEqual(cell)
})

test('bytes that end too early are an error, not a number', () => {
  const delta: Delta = new Map([
    ['1,2,3,4,5', { combination: [1, 2, 3, 4, 5], cells: new Map([[cellKey(1, 1e6, 0), 1]]) }],
  ])
  expect(() => unpack(pack(delta).subarray(0, 6), () => {})).toThrow('ends too early')
})
