import { sql } from 'kysely'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommentPage, ConsultationDetail, ModeratedPage } from '#shared/consultations/told.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { checkJournal } from '../../../server/audit/check-journal.ts'
import { loadDirectory } from '../../../server/dimensions/directory.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { comment, consultation } from '../../support/consultations.ts'
import { ndjson, newSource } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await actingApp()
  source = await newSource(app)
  const names = Array.from({ length: 8 }, (_, n) => `rules-${n + 1}`)
  await source.send(
    ndjson(
      ...names.map((id) => consultation({ id })),
      consultation({ id: 'elsewhere', agency: 'PK' }),
    ),
  )
  await followed()
  for (const [person, role, agency] of [
    ['omar', 'official', 'HT'],
    ['pia', 'secretariat', 'PK'],
  ]) {
    const jurisdiction = { agencies: [agency], areas: null, categories: null }
    const form = appointing(person!, { role, jurisdiction })
    expect((await app.act('ines', '/api/v1/appointments', form)).status).toBe(201)
  }
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

/** Resolves when the server knows all that was written before. */
async function followed(): Promise<void> {
  const { seq } = await journalHead(app.db)
  const followedTo = async () => ((await (await app.get('/readyz')).json()) as { seq: number }).seq
  while ((await followedTo()) < seq) await delay(20)
}

let opened = 0

/** One of the consultations, with one comment of each of these texts on its first article. */
async function rules(...texts: string[]) {
  const name = `rules-${++opened}`
  const path = `/api/v1/consultations/${name}`
  const all = texts.map((text, at) =>
    comment({
      ...{ id: `${name}-${at}`, consultation: name, provision: '1', text, stance: 'oppose' },
      ...{ person: `${name}-p${at}`, receivedAt: `2026-03-02T0${at}:00:00Z` },
    }),
  )
  await source.send(ndjson(...all))
  const key = (at: number) => `${source.id}/${name}-${at}`
  const counted = async () => {
    await followed()
    const measures = 'commentsReceived,commentsPublished,commentsWithheld,people,stance'
    const query = `measures=${measures}&window=2026-03-01/2026-04-01&consultation=${name}`
    const { columns, totals } = (await app.ask(`/api/v1/view?${query}`)).body
    const cell = (id: string) => totals[columns.findIndex((one) => one.id === id)]
    return {
      ...{ received: cell('commentsReceived'), published: cell('commentsPublished') },
      ...{
        withheld: cell('commentsWithheld'),
        people: cell('people'),
        oppose: cell('stance.oppose'),
      },
    }
  }
  return {
    ...{ name, path, all, key, counted },
    withhold: (at: number, as: string | undefined = 'ines', own: object = {}) =>
      app.act(as, `${path}/withholding`, { comment: key(at), withheldFor: 'abuse', ...own }),
    publish: (at: number, reason = 'It insults nobody.') =>
      app.act('ines', `${path}/publication`, { comment: key(at), reason }),
    page: async (query = '') => (await app.ask<CommentPage>(`${path}/comments${query}`)).body,
    moderated: async (query = '') =>
      (await app.ask<ModeratedPage>(`${path}/moderation${query}`, 'ines')).body,
  }
}

test('a withheld comment is counted and shown as withheld, and published again as it was', async () => {
  const { name, key, counted, withhold, publish, page, moderated } = await rules(
    'You are thieves.',
    'Quite right.',
  )
  const before = await counted()
  expect(before).toMatchObject({ received: 2, published: 2, withheld: 0, people: 2 })
  const whole = await page()
  expect((await withhold(0, 'ines', { reason: 'It says “thieves”.' })).status).toBe(201)
  expect(await counted()).toMatchObject({ received: 2, published: 1, withheld: 1, people: 1 })
  const { comments } = await page()
  expect(comments).toMatchObject([
    { text: 'Quite right.', withheld: null },
    { text: null, stance: null, language: null, withheld: { reason: 'abuse' } },
  ])
  expect(Date.now() - comments[1]!.withheld!.at!).toBeLessThan(60_000)
  expect((await page('?stance=oppose')).comments).toHaveLength(1)
  expect(
    (await app.ask<ConsultationDetail>(`/api/v1/consultations/${name}`)).body.withheld,
  ).toEqual([{ reason: 'abuse', comments: 1 }])
  // Who reads what is withheld is noted, and what of it.
  expect((await moderated()).comments[1]).toMatchObject({ text: 'You are thieves.' })
  const what = `withheld comments on ${name}`
  const reads = app.db.selectFrom('personalRead').select(['personId', 'of'])
  expect(await reads.where('what', '=', what).execute()).toEqual([
    { personId: 'ines', of: [key(0)] },
  ])

  expect((await publish(0)).status).toBe(201)
  expect(await counted()).toEqual(before)
  expect(await page()).toEqual(whole)
  expect((await publish(0)).body.code).toBe('comment.not-withheld')
})

test('each decision is in the public record with its reason, and names neither the comment nor what it says', async () => {
  const { name, key, withhold, publish } = await rules('Call me: 555 0100.')
  await withhold(0, 'ines', { withheldFor: 'personal-data', reason: 'A telephone number.' })
  await publish(0)
  const { records } = (await app.ask('/api/v1/records?noun=moderation&limit=2')).body
  expect(records).toMatchObject([
    {
      ...{ kind: 'comment.published', href: `/consultations/${name}`, by: { role: 'secretariat' } },
      texts: { reason: 'It insults nobody.' },
    },
    {
      kind: 'comment.withheld',
      body: { consultation: name, withheldFor: 'personal-data', agency: 'HT' },
      texts: { reason: 'A telephone number.' },
    },
  ])
  const { rows } = await sql<{ canonical: string }>`
    select canonical from act where subject like 'moderation:%'`.execute(app.db)
  const told = JSON.stringify([records, rows])
  expect(rows.length).toBeGreaterThan(1)
  for (const hidden of ['555 0100', key(0), `${name}-0`]) expect(told).not.toContain(hidden)
  expect((await checkActs(app.sql)).differences).toEqual([])
})

test('a later version of its source does not publish what the secretariat withholds, and is what is published again', async () => {
  const { all, counted, withhold, publish, page } = await rules('Rubbish.', 'Fine.')
  await withhold(0)
  const answer = await source.send(ndjson({ ...all[0], version: 2, text: 'Better said.' }))
  expect(answer.accepted).toBe(1)
  expect(await counted()).toMatchObject({ received: 2, published: 1, withheld: 1 })
  // Withheld by both, it is published when both publish it.
  const withheld = { status: 'withheld', reason: 'off-topic' }
  await source.send(ndjson({ ...all[0], version: 3, ...withheld }))
  await publish(0)
  expect((await page()).comments[1]).toMatchObject({
    ...{ text: null, withheld: { reason: 'off-topic', at: null } },
  })
  expect((await publish(0)).body.code).toBe('comment.not-withheld')
  await source.send(ndjson({ ...all[0], version: 4, text: 'Better said.' }))
  expect(await counted()).toMatchObject({ received: 2, published: 2, withheld: 0, people: 2 })
  expect((await page()).comments[1]).toMatchObject({ text: 'Better said.' })
  const directory = await loadDirectory(app.db)
  const { differences } = await checkJournal(app.sql, { directory, onTicket: () => {} })
  expect(differences).toEqual([])
})

test('who is not of the secretariat moderates nothing and reads nothing of it, and nothing elsewhere is moderated', async () => {
  const { path, key, withhold, counted } = await rules('Fine.')
  const form = { comment: key(0), withheldFor: 'abuse' }
  expect((await app.act(undefined, `${path}/withholding`, form)).status).toBe(401)
  expect((await withhold(0, 'omar')).body.code).toBe('appointment.role')
  expect((await app.ask(`${path}/moderation`)).status).toBe(401)
  expect((await app.ask(`${path}/moderation`, 'omar')).status).toBe(403)
  const elsewhere = '/api/v1/consultations/elsewhere'
  expect((await app.act('ines', `${elsewhere}/withholding`, form)).status).toBe(404)
  // I9: of the secretariat, for another agency.
  for (const list of ['moderation', 'awaited']) {
    expect(await app.ask(`${path}/${list}`, 'pia')).toMatchObject({
      ...{ status: 403, body: { code: 'jurisdiction.agency' } },
    })
    expect((await app.ask(`${elsewhere}/${list}`, 'pia')).status).toBe(200)
  }
  for (const [wrong, where] of [
    [{ comment: key(0), withheldFor: 'rude' }, 'withheldFor'],
    [{ comment: 'nobody', withheldFor: 'abuse' }, 'comment'],
    [{ withheldFor: 'abuse' }, 'comment'],
  ] as const) {
    const refused = await app.act('ines', `${path}/withholding`, wrong)
    expect(refused).toMatchObject({ status: 400, body: { path: where } })
  }
  const published = { comment: key(0), reason: ' ' }
  expect((await app.act('ines', `${path}/publication`, published)).body.path).toBe('reason')
  expect(await counted()).toMatchObject({ published: 1, withheld: 0 })
})

test('two who withhold one comment at once do it once', async () => {
  const { withhold, counted } = await rules('Rubbish.')
  const both = await Promise.all([withhold(0), withhold(0, 'ines', { withheldFor: 'off-topic' })])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await counted()).toMatchObject({ received: 1, published: 0, withheld: 1, people: 0 })
})

const letter = 'The last boat home is not a luxury: nurses and bakers finish after midnight.'

test('a group of nearly the same is withheld by one form, an act each, and search finds its text no more', async () => {
  const texts = [letter, `${letter} Thank you.`, letter, 'Sound the horn in fog.']
  const { name, path, key, counted, page, moderated } = await rules(...texts)
  await expect
    .poll(async () => (await moderated('?q=nurses')).comments.length, { timeout: 10_000 })
    .toBe(3)
  const [first] = (await moderated('?q=nurses')).comments
  expect(first).toMatchObject({ key: key(2), text: letter, group: { comments: 3 } })
  const group = await moderated(`?group=${first!.group!.id}&limit=2`)
  expect(group.comments.map((one) => one.key)).toEqual([key(2), key(1)])
  const rest = await moderated(`?group=${first!.group!.id}&after=${group.next!}`)
  expect(rest).toMatchObject({ comments: [{ key: key(0) }], next: null })

  const comments = [key(2), key(1), key(3), `${source.id}/none`]
  const idempotency = crypto.randomUUID()
  const form = { comments, withheldFor: 'advertising' }
  const many = () => app.act('ines', `${path}/withholdings`, form, idempotency)
  const { body } = await many()
  expect(body.outcomes.map((one) => one.status)).toEqual([200, 200, 200, 404])
  expect((await many()).body.outcomes[0]).toEqual({ ...body.outcomes[0], isRepeated: true })
  expect(await counted()).toMatchObject({ received: 4, published: 1, withheld: 3 })

  const found = async (q: string) =>
    (await app.ask<{ found: unknown[] }>(`/api/v1/consultations/${name}/search?q=${q}`)).body.found
  expect(await found('horn')).toEqual([])
  expect(await found('nurses')).toHaveLength(1)
  expect((await page()).comments.filter(({ withheld }) => withheld !== null)).toHaveLength(3)
  expect((await moderated('?withheld=true')).comments.map((one) => one.key)).toEqual([
    ...[key(3), key(2), key(1)],
  ])
  // The secretariat still finds it, and publishes all of it again.
  expect((await moderated('?q=horn')).comments).toMatchObject([{ key: key(3) }])
  const again = { comments: comments.slice(0, 3), reason: 'Each is its own.' }
  const { outcomes } = (await app.act('ines', `${path}/publications`, again)).body
  expect(outcomes.map((one) => one.status)).toEqual([200, 200, 200])
  expect(await counted()).toMatchObject({ received: 4, published: 4, withheld: 0 })
})
