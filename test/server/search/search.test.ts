import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchAnswer } from '#shared/tickets.ts'
import { confirmDraft } from '../../../server/consultations/confirm-draft.ts'
import { renameMember } from '../../../server/dimensions/rename.ts'
import { journalHead } from '../../../server/journal/queries.ts'
import { consultation } from '../../support/consultations.ts'
import { ndjson, ticket } from '../../support/events.ts'
import { explorerApp, type ExplorerApp } from '../../support/explorer.ts'
import { poll } from '../../support/polls.ts'

let app: ExplorerApp

const search = (text: string) => app.ask<SearchAnswer>(`search?q=${encodeURIComponent(text)}`)
const found = async (text: string) =>
  (await search(text)).hits.map(({ kind, code }) => `${kind} ${code}`)

/** Of twelve articles, the ninth of which is called so. */
const drafted = (number: number, ninth: string) => ({
  number,
  publishedAt: `2026-03-0${number}T00:00:00Z`,
  texts: {
    en: Array.from(
      { length: 12 },
      (_, at) => `### Article ${at + 1}. ${at === 8 ? ninth : 'Other things'}\nWords ${at}.`,
    ).join('\n'),
    zh: Array.from({ length: 12 }, (_, at) => `第${at + 1}条\n文字${at}。`).join('\n'),
  },
})

beforeAll(async () => {
  app = await explorerApp()
  const many = Array.from({ length: 40 }, (_, i) => ticket({ id: `9-${100 + i}` }))
  const { seq } = await app.source.send(
    ndjson(
      ticket({ id: '2026-1', agency: 'Harbour Master', area: 'Old Quay', language: 'Quayish' }),
      ticket({ id: '2026-11', agency: 'Parks', category: 'quays' }),
      ticket({ id: 'quay%_\\', agency: 'Parks' }),
      ...many,
      consultation({ drafts: [drafted(1, 'Horns'), drafted(2, 'Last departures')] }),
      poll(),
    ),
  )
  await app.reached(seq!)
  await renameMember(app.db, {
    dimension: 'area',
    code: 'Old Quay',
    names: { en: 'Old Quay', zh: '老码头' },
  })
  await app.reached(seq! + 1)
})
afterAll(() => app[Symbol.asyncDispose]())

test.each([
  ['2026-1', ['ticket 2026-1', 'ticket 2026-11']],
  ['2026-11', ['ticket 2026-11']],
  ['quay', ['category quays', 'area Old Quay', 'ticket quay%_\\']],
  ['OLD QUAY', ['area Old Quay']],
  ['码头', ['area Old Quay']],
  ['mast', ['agency Harbour Master']],
  ['aster', []],
  ['quay%', ['category quays', 'area Old Quay', 'ticket quay%_\\']],
  ['2026_', []],
  ['%', []],
  ['Quayish', []],
])('%s finds %j', async (text, hits) => {
  expect(await found(text)).toEqual(hits)
})

test('a hit says what it is called and where it stands, and 20 are enough', async () => {
  expect((await search('老码头')).hits).toEqual([
    {
      kind: 'area',
      code: 'Old Quay',
      names: { en: 'Old Quay', zh: '老码头' },
      address: '/areas/Old%20Quay',
    },
  ])
  const { hits } = await search('9-1')
  expect(hits).toHaveLength(20)
  expect(hits[0]).toMatchObject({ code: '9-100', status: 'open' })
  const page = await app.get(`/api/v1${hits[0]!.address}`)
  expect(page.status).toBe(200)
})

const ninth = 'provision night-ferry/1/9'

test.each([
  ['night ferry', ['consultation night-ferry']],
  ['夜间渡轮', ['consultation night-ferry']],
  ['evenings', ['poll evenings']],
  ['滨水', ['poll evenings']],
  ['Article 9', [ninth]],
  ['art. 9', [ninth]],
  ['§ 9', [ninth]],
  ['第九条', [ninth]],
  ['ferry 9', [ninth]],
  ['horns', [ninth]],
  ['HORN', [ninth]],
  ['night horns', [ninth]],
  ['9', [ninth, ...Array.from({ length: 19 }, (_, i) => `ticket 9-${100 + i}`)]],
  ['ferry horns departures', []],
])('what stands open for opinion is found by name and number: %s finds %j', async (text, hits) => {
  expect(await found(text)).toEqual(hits)
})

test('an article says what it is of, and is searched as the newest draft has it', async () => {
  expect((await search('第九条')).hits).toEqual([
    {
      kind: 'provision',
      code: 'night-ferry/1/9',
      names: { en: 'Article 9 Horns', zh: '第9条' },
      within: { en: 'Night ferry rules', zh: '夜间渡轮规则' },
      address: '/consultations/night-ferry?provision=9',
    },
  ])
  const { id } = await app.db.selectFrom('consultation').select('id').executeTakeFirstOrThrow()
  await app.db.transaction().execute((trx) => confirmDraft(trx, id, 2))
  await app.reached((await journalHead(app.db)).seq)

  expect(await found('horns')).toEqual([])
  expect(await found('departures')).toEqual(['provision night-ferry/2/9'])
})

test.each(['', 'q=', 'q=%20', `q=${'x'.repeat(10_000)}`, 'q=a%00', 'q=a&q=b', 'q=a&limit=1'])(
  'I11: a search for %.20s is a 400',
  async (query) => {
    expect(await app.ask(`search?${query}`)).toMatchObject({ httpStatus: 400, path: 'q' })
  },
)

test('I8: where nothing is opened nothing is found', async () => {
  await using closed = await explorerApp({ opened: [] })
  await closed.source.send(ndjson(ticket({ id: 'T1', agency: 'Parks' })))

  expect((await closed.ask<SearchAnswer>('search?q=T1')).hits).toEqual([])
  expect((await closed.ask<SearchAnswer>('search?q=parks')).hits).toEqual([])
})
