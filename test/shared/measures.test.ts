import { expect, test } from 'vitest'
import { measures, parts } from '#shared/measures/all.ts'
import { contribute } from '#shared/measures/contributions.ts'
import { binOf } from '#shared/measures/duration-bins.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Ticket } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'
import { aTicket } from '../support/ticket.ts'

/** `part minute ±n`, in order. */
function contributions(ticket: Partial<Ticket>): string[] {
  const found: string[] = []
  contribute(aTicket(ticket), (part, minute, n) => found.push(`${part.id} ${minute} ${n}`))
  return found
}

const only = (ticket: Partial<Ticket>, id: string) =>
  contributions(ticket).filter((text) => text.startsWith(`${id} `))

const at = (minute: number) => minute * MINUTE
const closed = (minute: number) => ({ status: 'closed' as const, closedAt: at(minute) })

test('an open ticket is received and open, nothing else', () => {
  const found = contributions({})
  expect(found.filter((text) => !text.startsWith('openOver'))).toEqual([
    'received 10 1',
    'open 10 1',
    'openNow 10 1',
  ])
})

test('a reopened ticket is open twice, closed twice, closed for good once', () => {
  const ticket = {
    ...closed(50),
    reopenings: [{ closedAt: at(20), closeReason: null, at: at(30) }],
  }

  expect(only(ticket, 'open')).toEqual(['open 10 1', 'open 20 -1', 'open 30 1', 'open 50 -1'])
  expect(only(ticket, 'closed')).toEqual(['closed 20 1', 'closed 50 1'])
  expect(only(ticket, 'closedFinal')).toEqual(['closedFinal 50 1'])
  expect(only(ticket, 'reopened')).toEqual(['reopened 30 1'])
})

test('a ticket is overdue from its due date to its close, in every spell', () => {
  const ticket = {
    dueAt: at(15),
    ...closed(50),
    reopenings: [{ closedAt: at(20), closeReason: null, at: at(30) }],
  }

  expect(only(ticket, 'overdue')).toEqual([
    'overdue 15 1',
    'overdue 20 -1',
    'overdue 30 1',
    'overdue 50 -1',
  ])
  expect(only({ dueAt: at(15), ...closed(12) }, 'overdue')).toEqual([])
  expect(only({ dueAt: at(5) }, 'overdue')).toEqual(['overdue 10 1'])
})

test('an open ticket that fell due counts as missed; a late reopening turns a hit into a miss', () => {
  expect(contributions({ dueAt: at(15) })).toContain('due 15 1')
  expect(only({ dueAt: at(15) }, 'dueMet')).toEqual([])
  expect(only({ dueAt: at(15), ...closed(12) }, 'dueMet')).toEqual(['dueMet 15 1'])
  const reopened = { reopenings: [{ closedAt: at(12), closeReason: null, at: at(13) }] }
  expect(only({ dueAt: at(15), ...closed(40), ...reopened }, 'dueMet')).toEqual([])
})

test('closed at the due instant is on time, a millisecond later is not', () => {
  const dueAt = at(15)
  expect(only({ status: 'closed', dueAt, closedAt: dueAt }, 'dueMet')).toHaveLength(1)
  expect(only({ status: 'closed', dueAt, closedAt: dueAt + 1 }, 'dueMet')).toHaveLength(0)
})

test('a close before receipt is a close, but no spell and no duration: it is refused and counted', () => {
  const found = contributions(closed(5))

  expect(found).toContain('closed 5 1')
  expect(found).toContain('refused 5 1')
  expect(found.filter((text) => /^(open|timeToClose) /.test(text))).toEqual([])
})

test.each(['withdrawn', 'duplicate', 'out-of-jurisdiction'] as const)(
  'a ticket that is %s counts as excluded and in nothing else',
  (status) => {
    expect(contributions({ status, closedAt: at(20), dueAt: at(15) })).toEqual(['excluded 10 1'])
  },
)

test('an open ticket grows older by steps of 7, 30 and 90 days, also through a reopening', () => {
  const day = 24 * 60
  const reopened = [{ closedAt: at(20), closeReason: null, at: at(10 * day) }]
  expect(contributions({}).filter((text) => text.startsWith('openOver'))).toEqual([
    `openOver7 ${10 + 7 * day} 1`,
    `openOver30 ${10 + 30 * day} 1`,
    `openOver90 ${10 + 90 * day} 1`,
  ])
  expect(only({ reopenings: reopened }, 'openOver7')).toEqual([`openOver7 ${10 * day} 1`])
})

test('an overdue ticket grows older by the same steps, and counts in none before it is due', () => {
  const day = 24 * 60
  const late = (ticket: Partial<Ticket>) =>
    contributions(ticket).filter((text) => text.startsWith('overdueOver'))

  expect(late({})).toEqual([])
  expect(late({ dueAt: at(15), ...closed(10 + 7 * day) })).toEqual([])
  expect(late({ dueAt: at(15), ...closed(10 + 40 * day) })).toEqual([
    `overdueOver7 ${10 + 7 * day} 1`,
    `overdueOver7 ${10 + 40 * day} -1`,
    `overdueOver30 ${10 + 30 * day} 1`,
    `overdueOver30 ${10 + 40 * day} -1`,
  ])
  expect(late({ dueAt: at(10 + 50 * day) })).toEqual([
    `overdueOver7 ${10 + 50 * day} 1`,
    `overdueOver30 ${10 + 50 * day} 1`,
    `overdueOver90 ${10 + 90 * day} 1`,
  ])
  const reopenings = [{ closedAt: at(20), closeReason: null, at: at(60 * day) }]
  expect(only({ dueAt: at(15), reopenings }, 'overdueOver30')).toEqual([
    `overdueOver30 ${60 * day} 1`,
  ])
})

test('the overdue of each band lie within its open tickets, and add up to all that are overdue', () => {
  const day = 24 * 60
  const received = [1, 8, 9, 31, 89, 91, 400].map((days) => at(1000 * day - days * day))
  const tickets = received.flatMap((receivedAt, index) => [
    aTicket({ receivedAt }),
    aTicket({ receivedAt, dueAt: at(1000 * day - index * 10 * day) }),
  ])
  const counts = new Map<string, number>()
  for (const ticket of tickets) {
    contribute(ticket, ({ id }, minute, n) => {
      if (minute < 1000 * day) counts.set(id, (counts.get(id) ?? 0) + n)
    })
  }
  const sums = { sum: ({ id }: Part) => counts.get(id) ?? 0, histogram: () => [], ages: () => null }
  const bands = measures.backlogAge.compute(sums).slice(0, 4)
  const late = measures.overdueByAge.compute(sums)

  expect(bands).toEqual([2, 4, 4, 4])
  expect(late).toEqual([0, 2, 2, 2])
  expect(measures.overdue.compute(sums)).toEqual([6])
})

test('a ticket is due soon in the day before its due date, while it is open', () => {
  const day = 24 * 60
  expect(only({ dueAt: at(10 + 3 * day) }, 'dueSoon')).toEqual([
    `dueSoon ${10 + 2 * day} 1`,
    `dueSoon ${10 + 3 * day} -1`,
  ])
  expect(only({ dueAt: at(10 + 3 * day), ...closed(30) }, 'dueSoon')).toEqual([])
})

test('a response counts at the minute in which its time ended, however early it came', () => {
  expect(only({ respondBy: at(90), respondedAt: at(20) }, 'respondMet')).toEqual([
    'respondMet 90 1',
  ])
  expect(only({ respondBy: at(90), respondedAt: at(91) }, 'respondMet')).toEqual([])
  expect(only({ respondBy: at(90) }, 'respondDue')).toEqual(['respondDue 90 1'])
})

test('asserted counts every close, the gap only those who were asked', () => {
  const ticket = {
    ...closed(50),
    closeReason: 'resolved',
    surveyAt: at(60),
    surveyResolved: false,
    satisfied: null,
  }
  const found = contributions(ticket)

  expect(found).toContain('closedResolved 50 1')
  expect(found).toContain('assertedOfAsked 60 1')
  expect(found).toContain('asked 60 1')
  expect(found).toContain('closedSurveyed 50 1')
  expect(only(ticket, 'confirmed')).toEqual([])
  expect(only(ticket, 'rated')).toEqual([])
})

test('what the agency said counts as of the survey, also when the answer was no and it is open again', () => {
  const asked = { surveyAt: at(30), surveyResolved: false, closeReason: null }
  const reopenings = [{ closedAt: at(20), closeReason: 'resolved', at: at(40) }]

  expect(only({ ...asked, reopenings }, 'assertedOfAsked')).toEqual(['assertedOfAsked 30 1'])
  expect(only({ ...asked, reopenings, surveyAt: at(19) }, 'assertedOfAsked')).toEqual([])
  const after = { ...closed(50), closeReason: 'resolved', surveyAt: at(30), surveyResolved: true }
  expect(only(after, 'assertedOfAsked')).toEqual([])
})

test('a reopening within 14 days counts when the 14 days of its close end, a later one does not', () => {
  const day = 24 * 60
  const reopenedAfter = (days: number) => ({
    reopenings: [{ closedAt: at(20), closeReason: null, at: at(20 + days * day) }],
  })
  expect(only(reopenedAfter(14), 'reopenedSoon')).toEqual([`reopenedSoon ${20 + 14 * day} 1`])
  expect(only(reopenedAfter(15), 'reopenedSoon')).toEqual([])
  expect(only({ ...reopenedAfter(1), ...closed(5000) }, 'reopenDue')).toHaveLength(2)
})

test('a source that knows only dates yields no instant close and no duration under a day', () => {
  const bins: number[] = []
  const ticket = aTicket({ ...closed(10), precision: 'day' })
  contribute(ticket, (part, _, __, bin) => void (part.id === 'timeToClose' && bins.push(bin)))

  expect(only(ticket, 'closedInstantly')).toEqual([])
  expect(only({ ...ticket, precision: 'instant' }, 'closedInstantly')).toHaveLength(1)
  expect(bins).toEqual([binOf(86_400_000)])
})

test('no part of a measure shares its code or its name with another', () => {
  expect(new Set(parts.map(({ code }) => code)).size).toBe(parts.length)
  expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
  expect(parts.every(({ code }) => code > 0 && code < 64)).toBe(true)
})
