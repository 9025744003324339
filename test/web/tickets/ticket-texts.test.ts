import { expect, test } from 'vitest'
import type { Deployment } from '#shared/deployment.ts'
import { createTimes } from '../../../web/i18n/times.ts'
import { clockBar } from '../../../web/tickets/clock-bar.ts'
import { orderAfter } from '../../../web/tickets/columns.ts'
import { changeText } from '../../../web/tickets/entry-text.ts'
import { exactTicket, hitAddress } from '../../../web/tickets/hits.ts'
import { instantText } from '../../../web/tickets/instant-text.ts'
import { csvPath } from '../../../web/tickets/list-paths.ts'
import { memberNames } from '../../../web/tickets/names.ts'
import { outlineOf } from '../../../web/tickets/outline.ts'
import { apiQuery, formatQuestion, parseQuestion } from '../../../web/tickets/question.ts'
import { leftText, standingText } from '../../../web/tickets/standing.ts'

const deployment = {
  opened: ['agency', 'area'],
  members: {
    agency: [
      { code: 'PWD', names: { en: 'Public Works', zh: '市政' } },
      { code: 'A,B', names: {} },
    ],
    area: [{ code: 'old', names: { en: 'Old Town' } }],
  },
} as unknown as Deployment

const read = (query: string) => parseQuestion(query, deployment)
const written = (query: string) => formatQuestion(read(query))

test('a link says the whole question, in one way', () => {
  const query =
    '?agency=PWD&area=old&status=open&state=overdue&state=late&window=7d&sort=due&order=desc&group=area'
  expect(written(query)).toBe(query)
  expect(written('?order=desc&sort=received&status=&group=')).toBe('')
  expect(written('?sort=age')).toBe('?order=asc')
  expect(written('?received=2026-11-01/2026-11-08&q=%20T1%20')).toBe(
    '?received=2026-11-01%2F2026-11-08&q=T1',
  )
})

test('what a question may not name is left out', () => {
  expect(
    written('?agency=nobody&category=x&status=lost&state=&window=5y&sort=size&group=category'),
  ).toBe('')
  expect(read('?agency=PWD,nobody').filters).toEqual({ agency: ['PWD'] })
  expect(read('?received=drop%20table').window).toBeUndefined()
})

test('the API is asked the same, without the group, and commas in a code as the gap they spell', () => {
  expect(apiQuery(read('?agency=A%2CB&status=open&group=area&q=x'))).toBe('agency=A+B&status=open')
})

test('the file is of what is shown: the list, its groups, or nothing of what was searched for', () => {
  const file = (query: string) => csvPath(read(query))
  expect(file('')).toBe('/api/v1/tickets.csv')
  expect(file('?agency=PWD&sort=due')).toBe('/api/v1/tickets.csv?agency=PWD&sort=due')
  expect(file('?agency=PWD&sort=due&group=area')).toBe('/api/v1/tickets.csv?agency=PWD&by=area')
  expect(file('?agency=PWD&q=T1')).toBeUndefined()
})

test('pressing a head orders by it, pressing it again turns the order round', () => {
  expect(orderAfter('due', { sort: 'received', order: 'desc' })).toEqual({
    sort: 'due',
    order: 'asc',
  })
  expect(orderAfter('due', { sort: 'due', order: 'asc' })).toEqual({ sort: 'due', order: 'desc' })
})

const HOUR = 3_600_000
const now = Date.parse('2026-11-22T10:00:00Z')
const open = { status: 'open', dueAt: now + 2 * HOUR, closedAt: null } as const

test('a ticket stands by the clock: due soon, overdue a moment after, and by how much', () => {
  expect(standingText(open, now)).toBe('Due soon')
  expect(leftText(open, now)).toBe('2\u00a0h 00\u00a0min left')
  expect(standingText(open, now + 2 * HOUR + 1)).toBe('Overdue')
  expect(leftText(open, now + 5 * HOUR)).toBe('3\u00a0h 00\u00a0min over')
  expect(standingText({ ...open, status: 'closed', closedAt: now }, now)).toBe('Closed in time')
  expect(leftText({ ...open, status: 'closed', closedAt: now }, now)).toBe('')
  expect(standingText({ ...open, status: 'withdrawn' }, now)).toBe('Withdrawn')
})

const times = createTimes('Asia/Shanghai')

test('an instant says its year only when it is another, and no time where only the day is known', () => {
  const text = (at: string, precision: 'instant' | 'day' = 'instant') =>
    instantText(Date.parse(at), { times, now, precision })
  expect(text('2026-11-19T06:38:00Z')).toBe('19 Nov 14:38')
  expect(text('2025-11-19T06:38:00Z')).toBe('19 Nov 2025, 14:38')
  expect(text('2025-12-31T16:00:00Z')).toBe('1 Jan 00:00')
  expect(text('2026-11-19T06:38:00Z', 'day')).toBe('19 Nov')
  expect(text('2025-11-19T06:38:00Z', 'day')).toBe('19 Nov 2025')
})

test('a change is told in names and local times', () => {
  const reading = { times, now, precision: 'instant', nameOf: memberNames(deployment) } as const
  const entry = { kind: 'corrected', at: null, version: 2 } as const
  expect(changeText({ ...entry, field: 'agency', from: 'PWD', to: '(none)' }, reading)).toBe(
    'agency: from Public Works to not stated',
  )
  expect(
    changeText({ ...entry, field: 'dueAt', from: null, to: '2026-11-24T00:00:00Z' }, reading),
  ).toBe('due: from none to 24 Nov 08:00')
  expect(changeText({ ...entry, field: 'reopenings', from: now, to: null }, reading)).toBe(
    'reopened: from 22 Nov 18:00 to none',
  )
  expect(changeText({ ...entry, field: 'status', from: 'open', to: 'duplicate' }, reading)).toBe(
    'status: from Open to Duplicate',
  )
  expect(changeText({ ...entry, closeReason: 'resolved' }, reading)).toBe('resolved')
  expect(changeText(entry, reading)).toBeUndefined()
})

test('a clock runs to its target and past it, and says by how much', () => {
  const received = now - 6 * HOUR
  const clock = {
    by: new Date(now).toISOString(),
    at: null,
    verdict: 'running',
    seconds: 0,
  } as const
  expect(clockBar(clock, received, now - 3 * HOUR)).toEqual({
    verdict: 'running',
    target: 1,
    within: 0.5,
    over: 0,
    seconds: 3 * 3600,
  })
  const over = clockBar(clock, received, now + 2 * HOUR)!
  expect([over.verdict, over.target, over.within, over.over, over.seconds]).toEqual([
    'missed',
    0.75,
    0.75,
    0.25,
    -2 * 3600,
  ])
  const done = { ...clock, at: new Date(now - HOUR).toISOString() }
  expect(clockBar(done, received, now + 9 * HOUR)).toMatchObject({ verdict: 'kept', seconds: 3600 })
  expect(clockBar({ ...clock, by: null }, received, now)).toBeUndefined()
  expect(clockBar({ ...clock, verdict: 'none' }, received, now)).toBeUndefined()
})

const hit = { kind: 'ticket', code: 'T1', names: {}, address: '/tickets/m/T1' } as const

test('a search opens the one ticket of exactly this id, and leaves any doubt to the reader', () => {
  expect(exactTicket({ hits: [hit, { ...hit, code: 'T11' }] }, 'T1')).toBe(hit)
  expect(exactTicket({ hits: [hit, { ...hit, address: '/tickets/n/T1' }] }, 'T1')).toBeUndefined()
  expect(exactTicket({ hits: [{ ...hit, kind: 'area' }] }, 'T1')).toBeUndefined()
  expect(exactTicket({ hits: [hit] }, 'T')).toBeUndefined()
  expect(hitAddress(hit)).toBe('/tickets/m/T1')
  expect(hitAddress({ ...hit, kind: 'area', code: 'old' })).toBe('/tickets?area=old')
})

test('the cell lies on the map where its degrees say, north up', () => {
  const square = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ] as const
  const map = {
    features: [
      { properties: { code: 'a' }, geometry: { type: 'MultiPolygon', coordinates: [[square]] } },
    ],
  } as const
  const { width, height, cell, areas } = outlineOf(map, { south: 0.5, west: 0.25, size: 0.25 })
  expect(height / width).toBeCloseTo(1 / Math.cos(Math.PI / 360), 5)
  expect(cell.x / width).toBeCloseTo(0.25)
  expect(cell.width / width).toBeCloseTo(0.25)
  expect(cell.y / height).toBeCloseTo(0.25)
  expect(areas[0]!.path).toMatch(/^M0\.0 .*Z$/)
})
