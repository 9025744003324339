import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIntake } from '../../../server/intake/intake.ts'
import { readEvent } from '../../../server/intake/read-event.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await runningApp()
  source = await newSource(app)
})
afterAll(() => app[Symbol.asyncDispose]())

const line = (text: string) => `${text}\n${ndjson(ticket())}`
const raw = (fields: string) =>
  `{"type":"ticket","id":"x","version":1,"receivedAt":"2026-03-01T09:00:00Z","status":"open",${fields}}`

test.each<[string, string | Buffer]>([
  ['longer than 64 kB', line(raw(`"summary":"${'x'.repeat(70_000)}"`))],
  [
    'with a thousand unknown keys',
    line(raw(Array.from({ length: 1000 }, (_, i) => `"k${i}":1`).join())),
  ],
  ['of a million keys', line(raw(Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join()))],
  ['that names the prototype', line(raw('"__proto__":{"status":"closed"}'))],
  ['that names the constructor', line(raw('"constructor":{"prototype":{"x":1}}'))],
  ['with NaN', line(raw('"transfers":NaN'))],
  ['with Infinity', line(raw('"transfers":1e999'))],
  ['with NUL', line(raw('"summary":"a\\u0000b"'))],
  ['with a lone surrogate', line(raw('"agency":"\\ud800"'))],
  ['dated in the year 40000', line(raw('"dueAt":"+040000-01-01T00:00:00Z"'))],
  ['dated in the year 9999', line(raw('"dueAt":"9999-01-01T00:00:00Z"'))],
  [
    'of a source whose clock is a year ahead',
    line(raw(`"respondedAt":"${new Date(Date.now() + 365 * 86_400_000).toISOString()}"`)),
  ],
  ['with the same key twice, of which the last is wrong', line(raw('"status":"lost"'))],
  ['with a key of 60,000 characters', line(raw(`"${'k'.repeat(60_000)}":1`))],
  ['with a date of 60,000 characters', line(raw(`"dueAt":"${'2'.repeat(60_000)}"`))],
  ['with ten thousand reopenings', line(raw(`"reopenings":[${'{},'.repeat(10_000)}{}]`))],
  ['with an id of 10,000 characters', line(raw(`"id":"${'i'.repeat(10_000)}"`))],
  ['with a version past 2^53', line(raw('"version":9007199254740993'))],
  ['nested 10,000 deep', line('['.repeat(10_000))],
  ['that is a number', line('7')],
  ['that is null', line('null')],
  [
    'that is not UTF-8',
    Buffer.concat([Buffer.from([0x7b, 0xff, 0xfe, 0x7d, 0x0a]), Buffer.from(ndjson(ticket()))]),
  ],
])('I11: a line %s is rejected, and the next one kept', async (_, body) => {
  const answer = await source.send(body)

  expect(answer).toMatchObject({ status: 200, accepted: 1, rejected: [{ line: 1 }] })
  expect(JSON.stringify(answer).length).toBeLessThan(20_000)
})

test('I11: of 200,000 bad lines a thousand are listed and the others counted', async () => {
  const answer = await source.send('x\n'.repeat(200_000) + ndjson(ticket()))

  expect(answer).toMatchObject({ status: 200, accepted: 1, rejectedUnlisted: 199_000 })
  expect(answer.rejected).toHaveLength(1000)
})

test('I11: a client that hangs up in the middle harms nobody', async () => {
  const hangUp = new AbortController()
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(ndjson(ticket({ id: 'half' })) + '{"type":"tick'))
    },
  })
  const sent = fetch(`${app.origin}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.key}`, 'content-type': 'application/x-ndjson' },
    body,
    signal: hangUp.signal,
    duplex: 'half',
  } as RequestInit)
  setTimeout(() => hangUp.abort(), 100)
  await expect(sent).rejects.toThrow()

  expect(await source.send(ndjson(ticket()))).toMatchObject({ status: 200, accepted: 1 })
})

test('I11: a dimension holds ten thousand members, and a code beyond them is a rejected line', async () => {
  const codes = Array.from({ length: 10_000 }, (_, i) => `code ${i}`)
  await app.db
    .insertInto('member')
    .values(
      codes.map((code) => ({
        dimension: 'language' as const,
        code,
        spelling: code.replace(' ', '-'),
        mergedInto: null,
        reviewedAt: null,
      })),
    )
    .execute()
  const intake = await openIntake({ db: app.db })
  const events = [ticket({ language: 'one more' }), ticket({ language: 'code 7' })]
  const tally = await intake.submit(
    source.id,
    events.map((event) => readEvent(event, Date.now()).event!),
  )
  await intake.close()

  expect(tally).toMatchObject({ accepted: 1, refused: [{ index: 0, path: 'language' }] })
})
