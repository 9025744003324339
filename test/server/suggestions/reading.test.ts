import { expect, test } from 'vitest'
import { perform } from '../../../server/acts/perform.ts'
import { suggestionNoun } from '../../../server/suggestions/noun.ts'
import { city } from '../../support/suggesting.ts'

const PATH = '/api/v1/suggestions'

type City = Awaited<ReturnType<typeof city>>

/** Of the board. */
interface Column {
  state: string
  count: number
  late: number
  suggestions: { id: number }[]
}

const listed = async (app: City, query: string): Promise<number[]> => {
  const { status, body } = await app.ask(`${PATH}?${query}`)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.suggestions.map(({ id }: { id: number }) => id)
}

/** One whose deadlines were long ago. */
async function overdue(app: City): Promise<number> {
  const { act } = await perform(app.db, {
    person: 'mei',
    key: null,
    noun: suggestionNoun,
    deed: {
      kind: 'suggestion.submitted',
      body: {
        ...{ target: 'rule', language: 'en', agency: null, area: null, category: null },
        ...{ evidence: [], flags: [], attachments: [], reviewBy: 1000, decideBy: 2000 },
      },
      texts: { title: 'Old', text: 'Forgotten.', why: 'It is.' },
    },
  })
  return act.id
}

test('suggestions are listed by every filter, and a wrong one is named', async () => {
  await using app = await city()
  const lamps = await app.submit('mei', { category: 'street-lights' })
  const bench = await app.submit('tariq', {
    ...{ target: 'place', agency: 'Parks', area: 'old-town' },
    ...{
      title: '老城的长椅',
      text: '请在市场旁边放 100% 木制的长椅。',
      why: '太远了。',
      language: 'zh',
    },
  })
  const old = await overdue(app)
  await app.act('paul', `${PATH}/${lamps}/review`, {})

  expect(await listed(app, '')).toEqual([old, bench, lamps])
  expect(await listed(app, 'state=under-review,adopted')).toEqual([lamps])
  expect(await listed(app, 'agency=Parks')).toEqual([bench])
  expect(await listed(app, 'agency=Parks,PWD')).toEqual([bench, lamps])
  expect(await listed(app, 'area=old-town')).toEqual([bench])
  expect(await listed(app, 'category=street-lights')).toEqual([lamps])
  expect(await listed(app, 'target=place,policy')).toEqual([bench])
  const { tariq, mei } = app.appointments
  expect(await listed(app, `author=${tariq}`)).toEqual([bench])
  expect(await listed(app, `author=${tariq},999`)).toEqual([bench])
  expect(await listed(app, `author=${tariq},${mei}`)).toEqual(await listed(app, ''))
  expect(await listed(app, 'late=true')).toEqual([old])
  expect(await listed(app, 'late=false')).toEqual([bench, lamps])
  expect(await listed(app, 'q=SODIUM')).toEqual([lamps])
  expect(await listed(app, `q=${encodeURIComponent('长椅')}`)).toEqual([bench])
  expect(await listed(app, `q=${encodeURIComponent('100% 木')}`)).toEqual([bench])
  expect(await listed(app, 'q=10%25木')).toEqual([])
  expect(await listed(app, 'q=so_ium')).toEqual([])

  for (const [query, path] of [
    ['state=lost', 'state.0'],
    ['agency=NSA', 'agency'],
    ['after=endorsements.1.1', 'after'],
    ['after=x', 'after'],
    ['limit=0', 'limit'],
    ['late=maybe', 'late'],
  ]) {
    expect(await app.ask(`${PATH}?${query}`)).toMatchObject({ status: 400, body: { path } })
  }
})

test('pages in every order hold each suggestion once, also while endorsements come', async () => {
  await using app = await city()
  const ids = []
  for (let one = 0; one < 5; one++) ids.push(await app.submit('mei'))
  const old = await overdue(app)
  await app.act('tariq', `${PATH}/${ids[1]}/endorsements`, {})
  await app.act('paul', `${PATH}/${ids[3]}/review`, {})
  await app.act('paul', `${PATH}/${ids[3]}/refusal`, { reason: 'No.' })

  const paged = async (sort: string) => {
    const found: number[] = []
    for (let after = ''; ;) {
      const { body } = await app.ask(`${PATH}?sort=${sort}&limit=2${after}`)
      found.push(...body.suggestions.map(({ id }: { id: number }) => id))
      if (body.next === null) return found
      after = `&after=${body.next}`
    }
  }
  const [a, b, c, d, e] = ids as [number, number, number, number, number]
  expect(await paged('newest')).toEqual([old, e, d, c, b, a])
  expect(await paged('endorsements')).toEqual([b, old, e, d, c, a])
  // What was decided is due no more.
  expect(await paged('deadline')).toEqual([old, a, b, c, e, d])
})

test('what is late is told to everybody, and the board counts it by stage', async () => {
  await using app = await city()
  const old = await overdue(app)
  const lamps = await app.submit('mei')
  const bench = await app.submit('mei', { agency: 'Parks' })
  await app.act('olga', `${PATH}/${bench}/review`, {})

  const { body: one } = await app.ask(`${PATH}/${old}`)
  expect(one.suggestion).toMatchObject({
    isLate: true,
    dueBy: new Date(1000).toISOString(),
    late: { review: true, decision: true },
  })
  const { body } = await app.ask(`${PATH}/board`)
  const shown = body.states.map(({ state, count, late, suggestions }: Column) => [
    ...[state, count, late],
    suggestions.map(({ id }) => id),
  ])
  expect(shown).toEqual([
    ['submitted', 2, 1, [old, lamps]],
    ['under-review', 1, 0, [bench]],
    ...['adopted', 'partly', 'declined', 'implemented', 'withdrawn'].map((name) => [
      name,
      0,
      0,
      [],
    ]),
  ])
  expect(body.states[0]).toMatchObject({
    nextDueBy: new Date(1000).toISOString(),
    oldestAt: one.suggestion.submittedAt,
  })
  expect(body.states[6]).toMatchObject({ oldestAt: null, medianAt: null, nextDueBy: null })
  const { body: parks } = await app.ask(`${PATH}/board?agency=Parks`)
  expect(parks.states.map(({ count }: { count: number }) => count)).toEqual([0, 1, 0, 0, 0, 0, 0])

  const missed = async () => (await app.ask('/api/v1/work/missed', 'ines')).body
  expect(await missed()).toEqual({ flags: 0, suggestions: 1 })

  // Late stays late: it was answered, but not in time.
  await app.act('ines', `${PATH}/${old}/review`, {})
  await app.act('ines', `${PATH}/${old}/refusal`, { reason: 'Too late.' })
  const { body: after } = await app.ask(`${PATH}/${old}`)
  expect(after.suggestion).toMatchObject({ isLate: false, late: { review: true, decision: true } })
  expect(await missed()).toEqual({ flags: 0, suggestions: 1 })
})
