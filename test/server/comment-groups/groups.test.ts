import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql } from 'kysely'
import { CommentEvent, ConsultationEvent } from '#shared/consultations/events.ts'
import type { FoundPage, GroupDetail, GroupPage } from '#shared/consultations/told-groups.ts'
import { watchUncompared } from '../../../server/comment-groups/uncompared.ts'
import { groupComments } from '../../../server/comment-groups/group-comments.ts'
import { Near } from '../../../server/comment-groups/near.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { runningApp } from '../../support/app.ts'
import { comment, consultation } from '../../support/consultations.ts'
import { freshDatabase } from '../../support/database.ts'
import { ndjson, newSource } from '../../support/events.ts'
import { grouped } from '../../support/grouped.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await runningApp()
  source = await newSource(app)
})
afterAll(() => app[Symbol.asyncDispose]())

const letter =
  'The last boat home is not a luxury. Nurses, bakers and dock crews finish after midnight. Half an hour earlier means an hour’s walk round the bay.'
const 信 =
  '末班船回家不是奢侈。护士、面包师和码头工人都在午夜以后下班。早半小时，就意味着绕海湾多走一个小时。'

let opened = 0

/** What is sent to a consultation of its own, so that tests may run at once. */
function rules() {
  const name = `grouped-${++opened}`
  const path = `/api/v1/consultations/${name}`
  const read = async <T>(rest: string): Promise<T> =>
    (await (await app.get(path + rest)).json()) as T
  async function tell(told: object, ...events: object[]) {
    const itself = consultation({ id: name, version: opened++, ...told })
    const { seq = 0 } = await source.send(ndjson(itself, ...events))
    await grouped(app, seq)
  }
  return {
    name,
    said: (text: string, rest: object = {}) => comment({ consultation: name, text, ...rest }),
    send: (...events: object[]) => tell({}, ...events),
    tell,
    groups: (query = '') => read<GroupPage>(`/groups${query}`),
    group: (id: number, query = '') => read<GroupDetail>(`/groups/${id}${query}`),
    find: (q: string, rest = '') => read<FoundPage>(`/search?q=${encodeURIComponent(q)}${rest}`),
    status: async (rest: string) => (await app.get(path + rest)).status,
    async distinct() {
      const view = `/api/v1/view?measures=commentsPublished,commentsDistinct&window=2026-03-01/2026-04-01&consultation=${name}`
      const { totals } = (await (await app.get(view)).json()) as { totals: number[] }
      return totals.slice(1)
    },
  }
}

test('a letter campaign is seen with its size, its times, one text and its differences, and nothing of it is left out', async () => {
  const { name, said, send, groups, group, distinct } = rules()
  const sent = Array.from({ length: 30 }, (_, n) =>
    said(n % 3 === 0 ? `${letter} Thank you.` : letter, {
      receivedAt: `2026-03-02T09:${10 + n}:00Z`,
      provision: '2',
      language: 'en',
    }),
  )
  await send(
    ...sent,
    said(letter.replace('Half an hour', 'One hour'), { receivedAt: '2026-03-09T00:00:00Z' }),
    said('I was on that boat once, and would not miss it.'),
    said(letter, { status: 'withheld', reason: 'abuse' }),
  )
  const { groups: found, next } = await groups()
  expect(next).toBe(null)
  expect(found).toMatchObject([
    {
      comments: 31,
      wordings: 3,
      firstAt: Date.parse('2026-03-02T09:10:00Z'),
      lastAt: Date.parse('2026-03-09T00:00:00Z'),
      texts: [
        { text: letter, comments: 20, language: 'en' },
        { text: `${letter} Thank you.`, comments: 10 },
        { comments: 1 },
      ],
    },
  ])
  // It is one of those on what its first comment is on.
  const on = async (ids: string) => (await groups(`?provision=${ids}`)).groups.map(({ id }) => id)
  expect(await on(`${name}/1/1,${name}/1/2`)).toEqual([found[0]!.id])
  expect(await on('(none)')).toEqual([])
  expect(await distinct()).toEqual([32, 2])
  const first = await group(found[0]!.id, '?limit=2')
  expect(first.texts.map(({ comments }) => comments)).toEqual([20, 10])
  const rest = await group(found[0]!.id, `?limit=2&after=${first.next}`)
  expect(rest).toMatchObject({ next: null, texts: [{ comments: 1 }] })
})

test.concurrent(
  'what lies outside the days that are told later is in no group and no search, and comes back with them',
  async () => {
    const { said, send, tell, groups, find, distinct } = rules()
    const eve = '2026-03-08T00:00:00Z'
    await send(said(letter), said(letter, { receivedAt: '2026-03-09T00:00:00Z' }))
    expect((await groups()).groups).toMatchObject([{ comments: 2 }])
    // Grouping follows comments: each time one comes as well.
    const other = () => said('It is.', { status: 'withheld', reason: 'abuse', receivedAt: eve })
    await tell({ closesAt: '2026-03-09T00:00:00Z' }, other())
    expect((await groups()).groups).toEqual([])
    expect(await distinct()).toEqual([1, 1])
    await tell({ opensAt: eve, closesAt: '2026-03-09T00:00:00Z' }, other())
    expect(await find('luxury')).toMatchObject({ found: [] })
    await tell({}, other())
    expect((await groups()).groups).toMatchObject([{ comments: 2 }])
    expect(await distinct()).toEqual([2, 1])
  },
)

test.concurrent(
  'what moderation withholds is shown no longer, and the next becomes the first',
  async () => {
    const { said, send, groups, distinct } = rules()
    const one = said(信, { receivedAt: '2026-03-05T00:00:00Z', provision: '1' })
    const two = said(`${信}谢谢。`, { receivedAt: '2026-03-06T00:00:00Z', provision: '2' })
    const three = said(信, { receivedAt: '2026-03-07T00:00:00Z' })
    await send(one, two, three)
    expect((await groups()).groups).toMatchObject([{ comments: 3, wordings: 2 }])
    await send({ ...one, version: 2, status: 'withheld', reason: 'abuse' })
    const [left] = (await groups()).groups
    expect(left).toMatchObject({ comments: 2, firstAt: Date.parse('2026-03-06T00:00:00Z') })
    expect(await distinct()).toEqual([2, 1])
    await send({ ...three, version: 2, text: '我另有看法。' })
    expect(await groups()).toEqual({ groups: [], next: null })
    expect(await distinct()).toEqual([2, 2])
    await send({ ...two, version: 2, status: 'withheld', reason: 'abuse' })
    expect(await distinct()).toEqual([1, 1])
  },
)

test.concurrent('a late text makes one of two groups, and both numbers lead to it', async () => {
  const { said, send, groups, group, status } = rules()
  const one = letter.replace('The last boat', 'Every night ship')
  const other = letter.replace('round the bay', 'past our homes')
  await send(said(one), said(one))
  await send(said(other), said(other), said(other))
  const before = (await groups()).groups
  expect(before.map(({ comments }) => comments)).toEqual([3, 2])
  await send(said(letter))
  expect((await groups()).groups).toMatchObject([{ comments: 6, wordings: 3 }])
  const [late, early] = before.map(({ id }) => id) as [number, number]
  expect((await group(late)).id).toBe(early)
  expect([await status(`/groups/${early}`), await status('/groups/999999999')]).toEqual([200, 404])
  expect([await status('/groups/x'), await status('/groups?after=x')]).toEqual([404, 400])
})

test.concurrent(
  'comments are found by their words, in any language, the newest first',
  async () => {
    const { name, said, send, find, status } = rules()
    await send(
      said('The ferry wakes my child.', { language: 'en', provision: '1', stance: 'oppose' }),
      said('Le café du port est fermé.', { proposal: 'Ajouter : les ferries de nuit' }),
      said('请保留末班船。'),
      said('ครอบครัวของฉันอาศัยอยู่ริมน้ำ'),
      said('A secret ferry.', { status: 'withheld', reason: 'personal-data' }),
    )
    await send(said('Ferry, ferry, FERRY!'))
    const texts = async (q: string) => (await find(q)).found.map(({ text }) => text)
    expect(await texts('ferry')).toEqual(['Ferry, ferry, FERRY!', 'The ferry wakes my child.'])
    expect(await texts('wakes ferry')).toEqual(['The ferry wakes my child.'])
    expect(await texts('ferr')).toHaveLength(3)
    expect(await texts('CAFE')).toEqual(['Le café du port est fermé.'])
    expect(await texts('末班船')).toEqual(['请保留末班船。'])
    expect(await texts('船')).toEqual(['请保留末班船。'])
    expect(await texts('班末')).toEqual([])
    expect(await texts('อาศัย')).toHaveLength(1)
    expect(await texts("'; drop table wording; --")).toEqual([])
    expect((await find('wakes')).found).toMatchObject([
      { comments: 1, stance: 'oppose', at: Date.parse('2026-03-02T09:00:00Z') },
    ])
    const on = async (key: string) =>
      (await find('ferry', `&provision=${key}`)).found.map(({ text }) => text)
    expect(await on(`${name}/1/1`)).toEqual(['The ferry wakes my child.'])
    expect(await on('(none)')).toEqual(['Ferry, ferry, FERRY!'])
    expect(await on(`${name}/1/2`)).toEqual([])
    expect(await on('nothing')).toEqual([])
    const page = await find('ferry', '&limit=1')
    expect((await find('ferry', `&limit=1&after=${page.next}`)).found).toHaveLength(1)
    expect([await status('/search?q=%20'), await status('/search?q=')]).toEqual([400, 400])
  },
)

test.concurrent(
  'what is no longer among the newest texts is found by the index of words',
  async () => {
    const { name, said, send, find } = rules()
    await send(said('A heron stands on the pier.'))
    await sql`
    insert into wording (id, consultation, hash, bands, comment_group, comments, words)
    select nextval('wording_id'), id, sha256(n::text::bytea), '', 0, 1, 'gull'
    from member, generate_series(1, 5000) as n where code = ${name}
  `.execute(app.db)
    expect((await find('heron')).found).toMatchObject([{ comments: 1 }])
    expect((await find('heron gull')).found).toEqual([])
  },
)

test('it is known how many comments are still to be compared with others, until all are', async () => {
  await using database = await freshDatabase()
  const { db } = database
  const { id: sourceId } = await addSource(db, { name: 'portal', kind: 'web' })
  const intake = await openIntake({ db })
  const log = pino({ level: 'silent' })
  const startedAt = Date.now()
  let head = 0
  const watch = watchUncompared({ db, log, head: () => head, soon: 0 })
  const brief = watchUncompared({ db, log, head: () => head, soon: 0, atMost: 2 })
  const submit = async (texts: readonly string[]) => {
    const told = [...texts.map((text) => ({ text })), { status: 'withheld', reason: 'abuse' }]
    const comments = told.map((one) =>
      CommentEvent.parse(comment({ consultation: 'rules', ...one })),
    )
    head = (await intake.submit(sourceId, comments)).seq!
  }
  const looked = async (by = watch) => {
    by.look()
    return by.now
  }
  await intake.submit(sourceId, [ConsultationEvent.parse(consultation({ id: 'rules' }))])
  await submit(['One.', 'Two.', 'Three.'])
  await expect
    .poll(() => looked())
    .toEqual({
      upTo: expect.any(Number),
      comments: { rules: 3 },
    })
  expect(watch.now!.upTo).toBeGreaterThanOrEqual(startedAt - 1000)
  expect(watch.now!.upTo).toBeLessThanOrEqual(Date.now() + 1000)
  await expect
    .poll(() => looked(brief))
    .toEqual({ upTo: watch.now!.upTo, comments: { rules: 2 }, isMore: true })
  while (await groupComments(db, new Near()));
  for (const one of [watch, brief]) {
    await expect.poll(() => looked(one), { timeout: 5000 }).toBeUndefined()
    await one.close()
  }
  await intake.close()
})
