import { expect, test } from 'vitest'
import type { EventJson } from '../../../server/import/event-of.ts'
import { eventAt, lifeOf, shiftTicket } from '../../../server/replay/life.ts'
import { ticketJson } from './ticket-json.ts'

const states = (ticket: EventJson) => lifeOf(ticket).map(eventAt)

const closed = ticketJson({
  status: 'closed',
  respondedAt: '2020-07-02T00:00:00.000Z',
  closedAt: '2020-07-04T00:00:00.000Z',
  closeReason: 'resolved',
  survey: { at: '2020-07-09T00:00:00.000Z', resolved: true, satisfaction: 4 },
})

test('a ticket opens, is answered, closes and is asked about, each at its time', () => {
  const [opens, isAnswered, closes, isAsked] = states(closed)

  expect(opens).toMatchObject({
    version: Date.parse('2020-07-01'),
    status: 'open',
    respondedAt: null,
    closedAt: null,
    closeReason: null,
    survey: null,
  })
  expect(isAnswered).toMatchObject({ status: 'open', respondedAt: closed.respondedAt })
  expect(closes).toMatchObject({ status: 'closed', closedAt: closed.closedAt, survey: null })
  expect(isAsked).toEqual({ ...closed, version: Date.parse('2020-07-09') })
})

test('a ticket that closes as it opens has one moment', () => {
  const ticket = ticketJson({ status: 'closed', closedAt: '2020-07-01T00:00:00.000Z' })

  expect(states(ticket)).toEqual([{ ...ticket, version: Date.parse('2020-07-01') }])
})

test('a close before receipt is told with the receipt', () => {
  const ticket = ticketJson({ status: 'closed', closedAt: '2020-06-30T00:00:00.000Z' })

  expect(states(ticket)).toEqual([{ ...ticket, version: Date.parse('2020-07-01') }])
})

test('an open ticket only opens; a duplicate without a date is one from the start', () => {
  expect(states(ticketJson())).toMatchObject([{ status: 'open' }])
  expect(states(ticketJson({ status: 'duplicate' }))).toMatchObject([{ status: 'duplicate' }])
})

test('moving a ticket moves every time of it', () => {
  const moved = shiftTicket({ ...closed, dueAt: '2020-08-01T00:00:00.000Z' }, 86_400_000)

  expect(moved).toMatchObject({
    receivedAt: '2020-07-02T00:00:00.000Z',
    respondedAt: '2020-07-03T00:00:00.000Z',
    dueAt: '2020-08-02T00:00:00.000Z',
    closedAt: '2020-07-05T00:00:00.000Z',
    survey: { at: '2020-07-10T00:00:00.000Z' },
  })
})
