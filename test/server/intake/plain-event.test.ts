import fc from 'fast-check'
import { expect, test } from 'vitest'
import { earliest, latest, longest, TicketEvent } from '#shared/events.ts'
import { plainEvent } from '../../../server/intake/plain-event.ts'
import { plainInstant } from '../../../server/intake/plain-instant.ts'

const plain = (value: unknown) => plainEvent(value, plainInstant)
const schema = (value: unknown) => TicketEvent.safeParse(value).data

const instant = fc
  .tuple(
    fc.date({ min: new Date(earliest), max: new Date(latest - 1), noInvalidDate: true }),
    fc.constantFrom('', '.000', '.120'),
    fc.constantFrom('Z', '+00:00', '+08:00', '-05:30'),
  )
  .map(([date, fraction, zone]) => `${date.toISOString().slice(0, 19)}${fraction}${zone}`)

const optional = <T>(good: fc.Arbitrary<T>) => fc.option(good, { freq: 4 })
const code = optional(fc.constantFrom('PWD', ' roxbury ', 'Straßen', '道路', '👋', ''))
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** An event as nearly all are: every field stated or not, times in the spellings that are common. */
const common = fc
  .record(
    {
      type: fc.constant('ticket'),
      id: fc.uuid(),
      version: fc.nat(),
      receivedAt: instant,
      agency: code,
      area: code,
      category: code,
      channel: code,
      language: code,
      status: fc.constantFrom('open', 'closed', 'withdrawn', 'duplicate', 'out-of-jurisdiction'),
      precision: fc.constantFrom('instant', 'day'),
      respondedAt: optional(instant),
      dueAt: optional(instant),
      closedAt: instant,
      closeReason: code,
      survey: optional(
        fc.record(
          { at: instant, resolved: optional(fc.boolean()), satisfaction: optional(fc.nat(4)) },
          { requiredKeys: ['at'] },
        ),
      ),
      location: optional(fc.record({ lat: number(-90, 90), lon: number(-180, 180) })),
      summary: optional(fc.string({ unit: 'grapheme' })),
      duplicateOf: optional(fc.uuid()),
      transfers: fc.nat(1000),
    },
    { requiredKeys: ['type', 'id', 'version', 'receivedAt', 'status', 'closedAt'] },
  )
  .map(({ survey, ...event }) => ({
    ...event,
    ...(event.status === 'open' && { closedAt: null }),
    ...(survey && {
      survey: {
        ...survey,
        ...(survey.satisfaction != null && { satisfaction: survey.satisfaction + 1 }),
      },
    }),
  }))

/** A time of which one or two characters are others, put in or left out. */
const nearlyInstant = fc
  .tuple(
    instant,
    fc.array(fc.tuple(fc.nat(24), fc.nat(2), fc.constantFrom(...'0123456789-+:.TZtz /', '')), {
      minLength: 1,
      maxLength: 2,
    }),
  )
  .map(([text, edits]) =>
    edits.reduce((text, [at, left, put]) => text.slice(0, at) + put + text.slice(at + left), text),
  )

const odd = fc.oneof(
  nearlyInstant,
  instant,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', ' ', 'a\0b', '\ud800', '👋'.repeat(100), 'open', 'closed', 'day', 'lost'),
  fc
    .constantFrom(longest.code, longest.summary)
    .chain((n) => fc.constantFrom(n, n + 1).map((m) => 'x'.repeat(m))),
  fc.integer({ min: -2, max: 8 }),
  fc.double(),
  fc.constantFrom(
    -0,
    1e999,
    90.1,
    181,
    2 ** 53,
    2 ** 53 - 1,
    1000,
    1001,
    1.5,
    '1',
    true,
    null,
    undefined,
  ),
  fc.array(fc.record({ closedAt: instant, closeReason: code, at: instant }), { maxLength: 2 }),
  fc.record(
    { lat: number(-91, 91), lon: number(-181, 181), height: fc.nat() },
    { requiredKeys: ['lat'] },
  ),
  fc.record(
    { at: nearlyInstant, satisfaction: fc.double(), by: fc.nat() },
    { requiredKeys: ['at'] },
  ),
  fc.record({
    at: instant,
    satisfaction: fc.integer({ min: 0, max: 6 }),
    resolved: fc.constantFrom(true, 1),
  }),
  fc.jsonValue({ maxDepth: 2 }),
)

const fields = [...Object.keys(TicketEvent.shape), 'colour', '__proto__', 'constructor']
const changes = fc.array(fc.tuple(fc.constantFrom(...fields), odd), { maxLength: 2 })

/** An event of which up to two fields say something else, perhaps still in order. */
const nearlyCommon = fc.tuple(common, changes).map(([event, changed]) => {
  const value: object = { ...event }
  for (const [key, odd] of changed) {
    Object.defineProperty(value, key, { value: odd, enumerable: true, configurable: true })
  }
  return value
})

test('what is plainly an event is what the schema makes of it', () => {
  fc.assert(
    fc.property(fc.oneof({ weight: 20, arbitrary: nearlyCommon }, fc.jsonValue()), (value) => {
      const event = plain(value)
      if (event) expect(event).toStrictEqual(schema(value))
    }),
    { numRuns: 10_000 },
  )
})

test('an event as nearly all are does not need the schema', () => {
  fc.assert(
    fc.property(common, (value) => {
      expect(plain(value)).toStrictEqual(schema(value))
    }),
    { numRuns: 2000 },
  )
})

const least = { type: 'ticket', id: '1', version: 1, receivedAt: '2026-03-01T09:00:00Z' }
const survey = { at: '2026-03-01T09:00:00Z' }

test.each([
  [{ version: 2 ** 53 - 1 }, { version: 2 ** 53 }],
  [{ transfers: 1000 }, { transfers: 1001 }],
  [{ transfers: 0 }, { transfers: -1 }],
  [{ id: 'x'.repeat(longest.id) }, { id: 'x'.repeat(longest.id + 1) }],
  [{ id: ' ' }, { id: '' }],
  [{ area: '' }, { area: 0 }],
  [{ area: 'x'.repeat(longest.code) }, { area: 'x'.repeat(longest.code + 1) }],
  [{ summary: 'x'.repeat(longest.summary) }, { summary: 'x'.repeat(longest.summary + 1) }],
  [{ duplicateOf: 'x'.repeat(longest.id) }, { duplicateOf: 'x'.repeat(longest.id + 1) }],
  [{ survey: { ...survey, satisfaction: 1 } }, { survey: { ...survey, satisfaction: 0 } }],
  [{ survey: { ...survey, satisfaction: 5 } }, { survey: { ...survey, satisfaction: 6 } }],
  [{ location: { lat: 90, lon: 180 } }, { location: { lat: 90.1, lon: 180 } }],
  [{ location: { lat: -90, lon: -180 } }, { location: { lat: -90, lon: -180.1 } }],
])('%j is an event and %j is none', (good, bad) => {
  const [inside, outside] = [good, bad].map((more) => ({ ...least, status: 'open', ...more }))

  expect(plain(inside)).toStrictEqual(schema(inside))
  expect(schema(inside)).toBeDefined()
  expect([plain(outside), schema(outside)]).toEqual([undefined, undefined])
})

test('a time that is plainly one is the time that the schema reads', () => {
  const { receivedAt } = TicketEvent.shape
  fc.assert(
    fc.property(fc.oneof(instant, nearlyInstant), (text) => {
      const at = plainInstant(text)
      if (at !== undefined) expect(at).toBe(receivedAt.safeParse(text).data)
    }),
    { numRuns: 20_000 },
  )
})

test.each([
  ['2024-02-29T23:59:59Z', true],
  ['2023-02-29T00:00:00Z', false],
  ['2100-02-29T00:00:00Z', false],
  ['2026-04-31T00:00:00Z', false],
  ['2026-12-31T00:00:00.999-23:59', true],
  ['1900-01-01T00:00:00+00:01', false],
  ['2200-01-01T00:00:00Z', false],
  ['2199-12-31T23:59:59.999Z', true],
  ['2026-01-01T24:00:00Z', false],
  ['2026-01-01T00:60:00Z', false],
  ['2026-01-01T00:00:60Z', false],
  ['2026-00-10T00:00:00Z', false],
  ['2026-01-00T00:00:00Z', false],
])('%s is a time: %s', (text, isTime) => {
  expect(TicketEvent.shape.receivedAt.safeParse(text).success).toBe(isTime)
  expect(plainInstant(text) !== undefined).toBe(isTime)
})
