import { expect, test } from 'vitest'
import type { StreamEvent } from '#shared/wire.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { streamRow } from '../../web/board/stream-row.ts'

const HOUR = 3_600_000
const now = Date.UTC(2026, 10, 19, 6, 38)
const context = {
  nameOf: (_: string, code: string) =>
    ({ lights: 'Street lights', hill: 'Lantern Hill' })[code] ?? code,
  times: createTimes('Asia/Taipei'),
  now,
}
const lights = {
  mark: 'k/1',
  id: '7 a',
  category: 'lights',
  area: 'hill',
  agency: 'Works',
  at: now,
}
const row = (event: Partial<StreamEvent>) =>
  streamRow({ kind: 'received', ...lights, ...event }, context)

/** As it is read, with plain spaces. */
const read = (event: Partial<StreamEvent>) => {
  const { verb, subject, detail } = row(event)
  return `${verb} ${subject} | ${detail}`.replaceAll('\u00a0', ' ')
}

test('a line says what happened to what, where, and what it came to', () => {
  expect(read({ kind: 'received', dueAt: now + 12 * HOUR })).toBe(
    'Received Street lights, Lantern Hill | Works, due Fri 02:38',
  )
  expect(read({ kind: 'responded', after: 38 * 60 })).toBe(
    'Responded Street lights, Lantern Hill | Works, after 38 min',
  )
  expect(read({ kind: 'closed', closeReason: 'resolved', after: 187_200 })).toBe(
    'Closed Street lights, Lantern Hill | agency says resolved, after 2.2 d',
  )
  expect(read({ kind: 'closed', closeReason: 'nothing-found', after: 60 })).toBe(
    'Closed Street lights, Lantern Hill | agency says: nothing found, after 1 min',
  )
  expect(read({ kind: 'reopened', after: 3600, dueAt: now + 10 * 24 * HOUR })).toBe(
    'Reopened Street lights, Lantern Hill | 1 h 00 min after it came in, due 29 Nov',
  )
  expect(read({ kind: 'overdue', dueAt: now, after: 21 * 86_400 })).toBe(
    'Now overdue Street lights, Lantern Hill | fell due 14:38, open 21.0 d',
  )
})

test('what changed is told from what to what, in words', () => {
  expect(read({ kind: 'transferred', field: 'agency', from: 'Works', to: 'Parks' })).toBe(
    'Transferred Street lights, Lantern Hill | agency: Works, now Parks',
  )
  expect(
    read({ kind: 'excluded', field: 'status', from: 'open', to: 'duplicate', after: 60 }),
  ).toBe('Excluded Street lights, Lantern Hill | a duplicate, after 1 min')
  expect(read({ kind: 'corrected', field: 'dueAt', from: now, to: null })).toBe(
    'Corrected Street lights, Lantern Hill | due: 19 Nov 2026, 14:38, now –',
  )
  expect(read({ kind: 'transferred', field: 'transfers', from: 1, to: 2 })).toContain(
    'transfers: 1, now 2',
  )
})

test('what the city does not show is not named, and the number stands for it', () => {
  const { category: _, area: __, ...agencyOnly } = lights
  expect(streamRow({ kind: 'received', ...agencyOnly }, context)).toMatchObject({
    subject: 'Works',
    detail: '',
  })
  const none = { mark: 'k', id: '7', at: now }
  expect(streamRow({ kind: 'received', ...none }, context).subject).toBe('7')
  expect(row({ area: '(none)' }).subject).toBe('Street lights')
})

test('a line leads to its ticket, and tells the day of what happened on another', () => {
  expect(row({}).href).toBe('/tickets/k%2F1/7%20a')
  expect(row({}).time).toBe('14:38:00')
  expect(row({ at: now - 24 * HOUR }).time).toBe('18 Nov')
})
