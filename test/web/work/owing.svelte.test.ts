import { afterEach, expect, test, vi } from 'vitest'
import type { ToldFlag } from '../../../web/work/answers.ts'
import { Owing } from '../../../web/work/owing.svelte.ts'

afterEach(() => vi.unstubAllGlobals())

const PAGE = 50

/** A queue as the server answers it, by pages; who answers a flag takes it off `waiting`. */
function serve(waiting: Pick<ToldFlag, 'id' | 'state'>[]) {
  const json = (told: object) => ({ ok: true, status: 200, json: async () => told })
  vi.stubGlobal('fetch', async (path: string) => {
    const { pathname, searchParams } = new URL(path, 'http://city.test')
    if (!pathname.endsWith('/flags/queue')) return json({ suggestions: [] })
    const after = Number(searchParams.get('after') ?? 0)
    const behind = waiting.filter(({ id }) => id > after)
    const flags = behind.slice(0, PAGE)
    const next = behind.length > PAGE ? String(flags.at(-1)!.id) : null
    return json({ counts: { total: waiting.length, overdue: 0 }, flags, next })
  })
}

const flags = (n: number) =>
  Array.from({ length: n }, (_, place) => ({ id: place + 1, state: 'open' as const }))
const idsOf = (owing: Owing) => owing.flags.map(({ id }) => id)

test('the queue is read on page by page, and what was read on stays read', async () => {
  const waiting = flags(120)
  serve(waiting)
  const owing = new Owing(null)
  await owing.paced.now()
  expect([owing.flags.length, owing.flagCount, owing.hasMore]).toEqual([50, 120, true])

  await owing.more()
  expect([owing.flags.length, owing.hasMore]).toEqual([100, true])
  await owing.more()
  expect([idsOf(owing), owing.hasMore]).toEqual([waiting.map(({ id }) => id), false])

  waiting.splice(0, 15)
  await owing.paced.now()
  expect(idsOf(owing)).toEqual(waiting.map(({ id }) => id))
  expect(owing.hasMore).toBe(false)
})

test('what is disputed waits for the secretariat and is not answered', async () => {
  serve([
    { id: 1, state: 'open' },
    { id: 2, state: 'disputed' },
    { id: 3, state: 'acknowledged' },
  ])
  const owing = new Owing(null)
  await owing.paced.now()

  expect(idsOf(owing)).toEqual([1, 2, 3])
  expect(owing.answerable.map(({ id }) => id)).toEqual([1, 3])
})
