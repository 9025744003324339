import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Receipt } from '#shared/ledger/receipt.ts'
import { readEntry } from '#shared/ledger/entry.ts'
import { defaultPolicy } from '#shared/policy.ts'
import type { TicketDetail, TicketList } from '#shared/tickets.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import { loadDirectory } from '../../../server/dimensions/directory.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import type { Answer as ViewAnswer } from '../../../server/views/answer.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { watchView } from '../../support/watch.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>

/** `olga` answers for PWD, `pavel` for Parks, `olga-mill` for PWD in one area, `ines` is the secretariat. */
beforeAll(async () => {
  app = await actingApp({
    clock: 'events',
    prepare: (db) =>
      insertPolicy(db, {
        ...defaultPolicy,
        opened: ['agency', 'area', 'category'],
        respondWithin: { default: 24, byCategory: {} },
        dueWithin: { default: 72, byCategory: { Trees: 12 } },
      }),
  })
  source = await newSource(app)
  await tell(
    on(1, { id: 'names', area: 'Mill', category: 'Trees' }),
    on(1, { agency: 'Parks', category: 'Lights' }),
  )
  const officials = [
    ['olga', { agencies: ['PWD'], areas: null, categories: null }],
    ['olga-mill', { agencies: ['PWD'], areas: ['Mill'], categories: null }],
    ['pavel', { agencies: ['Parks'], areas: null, categories: null }],
  ] as const
  for (const [person, jurisdiction] of officials) {
    const form = appointing(person, { role: 'official', jurisdiction })
    expect((await app.act('ines', '/api/v1/appointments', form)).status).toBe(201)
  }
  expect((await app.act('ines', '/api/v1/appointments', appointing('mei'))).status).toBe(201)
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

const on = (day: number, rest: object = {}) =>
  ticket({ receivedAt: `2026-03-0${day}T10:00:00Z`, ...rest })

async function tell(...events: object[]) {
  const answer = await source.send(ndjson(...events))
  await followed()
  return answer
}

/** Resolves when the server knows all that was written before. */
async function followed(): Promise<void> {
  const { seq } = await journalHead(app.db)
  const followedTo = async () => ((await (await app.get('/readyz')).json()) as { seq: number }).seq
  while ((await followedTo()) < seq) await delay(20)
}

async function pathOf(id: string): Promise<string> {
  const { rows } = (await app.ask<TicketList>('/api/v1/tickets?limit=200')).body
  return `/api/v1/tickets/${rows.find((row) => row.id === id)!.mark}/${id}`
}

const pageOf = async (id: string) => (await app.ask<TicketDetail>(await pathOf(id))).body

async function correct(as: string | undefined, id: string, form: object, key?: string) {
  const body = { reason: 'The crew wrote it down.', ...form }
  const answer = await app.act(as, `${await pathOf(id)}/corrections`, body, key)
  await followed()
  return answer
}

const resolved = {
  from: { status: 'open', closedAt: null, closeReason: null },
  to: { status: 'closed', closedAt: '2026-03-01T15:00:00Z', closeReason: 'resolved' },
}

test('a correction changes the view live and its day by a revision of one ticket; before it the past is as it was', async () => {
  await tell(on(1, { id: 'lamp', area: 'Mill' }), on(2, { id: 'next day' }))
  const counted = async (at = '') => {
    const query = `measures=closed,open&window=2026-03-01/2026-03-02&agency=PWD${at}`
    return (await app.ask<ViewAnswer>(`/api/v1/view?${query}`)).body
  }
  using page = await watchView(app.origin, {
    measures: ['closed'],
    window: '2026-03-01/2026-03-02',
  })
  const before = await counted()
  const shown = page.totals()
  await expect.poll(async () => (await sheets()).length).toBe(1)

  const { status, body } = await correct('olga', 'lamp', resolved)
  expect([status, body.error]).toEqual([201, undefined])
  await expect.poll(() => page.totals()[1]).toBe((shown[1] as number) + 1)
  const after = await counted()
  expect(after.totals[1]).toBe((before.totals[1] as number) + 1)
  const then = await counted(`&at=${before.at}`)
  expect([then.totals, then.basis]).toEqual([before.totals, 'past'])

  await tell(on(3))
  await expect.poll(async () => (await sheets()).length).toBe(3)
  const revised = (await sheets()).find(({ edition }) => edition === 2)!
  const [leaf] = await app.sql`select entry from leaf where index = ${revised.leaf}`
  const { type, what } = readEntry(leaf!.entry)!
  expect({ type, what }).toMatchObject({
    type: 'revision',
    what: {
      ...{ day: '2026-03-01', tickets: 1 },
      changes: { closed: { value: { was: 0, is: 1 } }, open: { value: { was: 3, is: 2 } } },
    },
  })
  const directory = await loadDirectory(app.db)
  const counts = await checkJournal(app.sql, { directory, onTicket: () => {} })
  expect([counts.differences, (await checkActs(app.sql)).differences]).toEqual([[], []])
})

interface SheetTold {
  edition: number
  leaf: number
}

async function sheets(): Promise<SheetTold[]> {
  const { body } = await app.ask<{ sheets: SheetTold[] }>(
    '/api/v1/sheets?from=2026-03-01&to=2026-03-09',
  )
  return body.sheets
}

test('tickets are counted with the agency that had them when they were corrected, each once', async () => {
  const countOf = async (agency: string) =>
    (await app.ask<{ corrected: number }>(`/api/v1/agencies/${agency}/answering`)).body.corrected
  const before = [await countOf('PWD'), await countOf('Parks')]
  await tell(on(1, { id: 'counted', agency: 'PWD', area: 'Mill', category: 'Lights' }))
  const away = { from: { agency: 'PWD' }, to: { agency: 'Parks' } }
  const other = { from: { category: 'Lights' }, to: { category: 'Trees' } }
  const back = { from: { category: 'Trees' }, to: { category: 'Lights' } }
  for (const form of [other, back, away]) {
    expect((await correct('ines', 'counted', form)).status).toBe(201)
  }
  expect([await countOf('PWD'), await countOf('Parks')]).toEqual([before[0]! + 1, before[1]])
  expect((await correct('pavel', 'counted', other)).status).toBe(201)
  expect([await countOf('PWD'), await countOf('Parks')]).toEqual(before.map((n) => n + 1))
})

test('what stands corrected stands so until its source tells a newer version, which replaces it whole', async () => {
  const told = on(1, { id: 'kept', area: 'Mill', category: 'Lights' })
  await tell(told)
  const moved = { from: { category: 'Lights' }, to: { category: 'Trees' } }
  const { body } = await correct('ines', 'kept', moved)
  await correct('olga', 'kept', resolved)
  const both = { category: 'Trees', status: 'closed', dueAt: '2026-03-01T22:00:00.000Z' }
  expect((await pageOf('kept')).ticket).toMatchObject(both)

  // Resent, older, or otherwise under the same version: none of these is newer.
  expect(await tell(told)).toMatchObject({ unchanged: 1 })
  expect(await tell({ ...told, version: 0 })).toMatchObject({ stale: 1 })
  expect(await tell({ ...told, transfers: 1 })).toMatchObject({ conflicting: 1 })
  const { ticket: corrected, timeline, corrections } = await pageOf('kept')
  expect(corrected).toMatchObject(both)
  expect(corrected.correction).toBe(corrections[1]!.act)
  const [first] = corrections
  expect(first).toMatchObject({
    ...{ act: body.act.id, by: 'secretariat', agency: 'PWD', flag: null, withheld: null },
    reason: 'The crew wrote it down.',
    changes: [{ field: 'category', from: 'Lights', to: 'Trees' }],
  })
  const dueAt = { from: '2026-03-04T10:00:00.000Z', to: both.dueAt }
  const changed = { kind: 'corrected', correction: first!.act, version: 2 }
  const at = first!.at.slice(0, 16)
  expect(timeline.filter(({ correction }) => correction === first!.act)).toMatchObject([
    { ...changed, at: expect.stringContaining(at), field: 'category', from: 'Lights', to: 'Trees' },
    { ...changed, field: 'dueAt', ...dueAt },
  ])
  expect(timeline.filter(({ version }) => version === 3).map(({ field }) => field)).toEqual([
    ...['status', 'closedAt', 'closeReason'],
  ])

  await tell({ ...told, version: 2, respondedAt: '2026-03-01T18:00:00Z' })
  const anew = await pageOf('kept')
  expect(anew.ticket).toMatchObject({ category: 'Lights', status: 'open', closedAt: null })
  expect(anew.ticket).not.toHaveProperty('correction')
  expect(anew.corrections).toEqual(corrections)
  const last = anew.timeline.filter(({ version }) => version === 4)
  expect(last.find(({ kind }) => kind === 'overruled')).not.toHaveProperty('correction')
  expect(last.map(({ kind }) => kind).sort()).toEqual([
    ...['corrected', 'overruled', 'reclassified', 'redecided', 'responded'],
  ])
})

test('a correction is the public’s to read and check, and only of what the city has opened', async () => {
  await tell(on(1, { id: 'told', area: 'Mill', channel: 'Post' }))
  const { body } = await correct('olga', 'told', resolved)
  const { records } = (await app.ask('/api/v1/records?noun=correction&limit=1')).body
  const { mark } = (await pageOf('told')).ticket
  expect(records[0]).toMatchObject({
    ...{ kind: 'ticket.corrected', href: `/tickets/${mark}/told`, by: { role: 'official' } },
    body: {
      ticket: `${mark}/told`,
      changes: [{ field: 'status', from: 'open', to: 'closed' }, {}, {}],
    },
    texts: { reason: 'The crew wrote it down.' },
  })
  const receipt = () => app.ask<Receipt>(`/ledger/receipt/act/${body.act.id}`)
  await expect.poll(async () => (await receipt()).status).toBe(200)
  const { entry } = (await receipt()).body
  expect(JSON.parse(entry)).toMatchObject({ type: 'act', what: { kind: 'ticket.corrected' } })
  const closed = await correct('olga', 'told', {
    from: { channel: 'Post' },
    to: { channel: 'Web' },
  })
  expect(closed).toMatchObject({ status: 400, body: { path: 'from.channel' } })
})

const faults: [name: string, form: object, told: object][] = [
  ['before it was received', answeredAt('2026-03-01T09:59:59Z'), { code: 'correction.early' }],
  ['in the future', answeredAt('2026-04-01T00:00:00Z'), { code: 'correction.ahead' }],
  ['that is no time', answeredAt('noon'), { code: 'wrong' }],
  ['that is what it was', { from: { status: 'open' }, to: { status: 'open' } }, { path: 'to' }],
  [
    'closed at no time',
    { from: { status: 'open' }, to: { status: 'closed' } },
    { code: 'correction.contradicts', path: 'to.closedAt' },
  ],
  [
    'closed before it was reopened',
    {
      from: { ...resolved.from, reopenings: null },
      to: {
        ...resolved.to,
        reopenings: [{ closedAt: '2026-03-01T15:00:00Z', at: '2026-03-01T16:00:00Z' }],
      },
    },
    { code: 'correction.contradicts', path: 'to.closedAt' },
  ],
  ['of a category that there is not', category('Signs'), { code: 'unknown-name' }],
  ['of what a citizen said', { from: { summary: '' }, to: { summary: 'a' } }, { path: 'from' }],
]

function answeredAt(respondedAt: string) {
  return { from: { respondedAt: null }, to: { respondedAt } }
}
function category(code: string) {
  return { from: { category: 'Lights' }, to: { category: code } }
}

test.each(faults)(
  'a value %s is refused beside its field, and nothing is done',
  async (name, form, fault) => {
    const id = `fault ${name}`.replaceAll(' ', '-')
    await tell(on(1, { id, area: 'Mill', category: 'Lights' }))
    const { seq } = await journalHead(app.db)
    const { status, body } = await correct('olga', id, form)
    expect({ status, ...body }).toMatchObject({ status: 400, ...fault })
    expect((await journalHead(app.db)).seq).toBe(seq)
  },
)

test('whose ticket it is not does not correct it, nor moves it to where they have nothing to say', async () => {
  await tell(on(1, { id: 'theirs', area: 'Mill', category: 'Lights' }))
  const refused = async (as: string | undefined, form: object) => {
    const { status, body } = await correct(as, 'theirs', form)
    return [status, body.code]
  }
  const toParks = { from: { agency: 'PWD' }, to: { agency: 'Parks' } }
  expect(await refused(undefined, category('Trees'))).toEqual([401, 'sign-in'])
  expect(await refused('mei', category('Trees'))).toEqual([403, 'appointment.role'])
  expect(await refused('pavel', category('Trees'))).toEqual([403, 'jurisdiction.agency'])
  expect(await refused('olga', toParks)).toEqual([403, 'jurisdiction.agency'])
  const elsewhere = { from: { area: 'Mill' }, to: { area: 'Hill' } }
  await tell(on(1, { area: 'Hill' }))
  expect(await refused('olga-mill', elsewhere)).toEqual([403, 'jurisdiction.area'])
  expect((await pageOf('theirs')).corrections).toEqual([])
  expect((await correct('ines', 'theirs', toParks)).status).toBe(201)
  expect(await refused('olga', category('Trees'))).toEqual([403, 'jurisdiction.agency'])
})

test('sent twice it is done once, and of what was told otherwise meanwhile it is not done', async () => {
  const told = on(1, { id: 'twice', category: 'Lights' })
  await tell(told)
  const key = crypto.randomUUID()
  const first = await correct('olga', 'twice', category('Trees'), key)
  const second = await correct('olga', 'twice', category('Trees'), key)
  expect(second.body).toEqual({ ...first.body, isRepeated: true })
  const again = await correct('olga', 'twice', category('Trees'))
  expect([again.status, again.body.code, again.body.path]).toEqual([
    ...[409, 'correction.overtaken', 'from.category'],
  ])
  expect((await pageOf('twice')).corrections).toHaveLength(1)
})

test('a flag that a correction answers tells it, and where its life does not allow that nothing is done', async () => {
  await tell(on(1, { id: 'flagged', area: 'Mill', category: 'Lights' }))
  const { ticket } = await pageOf('flagged')
  const { at } = (await app.ask<ViewAnswer>('/api/v1/view?measures=open')).body
  const { mark, id } = ticket
  const opening = {
    claim: { kind: 'ticket', mark, id, at, saw: { status: 'open' } },
    ...{ kind: 'wrong-number', text: 'It was mended on the first.', language: 'en' },
  }
  const { body: opened } = await app.act('mei', '/api/v1/flags', opening)
  const flag = opened.flag.id
  const seen = { flag, version: 1 }
  const { status, body } = await correct('olga', 'flagged', { ...resolved, ...seen })
  expect([status, body.error]).toEqual([201, undefined])
  const told = (await app.ask(`/api/v1/flags/${flag}`)).body
  expect(told.flag).toMatchObject({ version: 2, corrections: 1 })
  expect(told.acts.at(-1)).toMatchObject({
    ...{ kind: 'flag.corrected', body: { ticket: `${mark}/${id}`, correction: body.act.id } },
    texts: {},
  })
  expect(told.corrections).toEqual((await pageOf('flagged')).corrections)
  expect(told.corrections).toMatchObject([{ flag, reason: 'The crew wrote it down.' }])

  await app.act('mei', `/api/v1/flags/${flag}/withdrawal`, { reason: 'It is right now.' })
  const again = await correct('olga', 'flagged', { ...category('Trees'), flag })
  expect([again.status, again.body.code]).toEqual([409, 'flag.withdrawn'])
  const stale = await correct('olga', 'flagged', { ...category('Trees'), ...seen })
  expect([stale.status, stale.body.code]).toEqual([409, 'version.old'])
  expect((await pageOf('flagged')).ticket.category).toBe('Lights')
})
