import { expect, test } from 'vitest'
import type { toldSuggestion } from '../../../server/suggestions/told.ts'
import { city } from '../../support/suggesting.ts'

type Told = ReturnType<typeof toldSuggestion>

const told = [
  ['LED lamps in Harbour Street', 'Replace the sodium lamps of Harbour Street by LED lamps.'],
  ['Longer opening hours for the library', 'Open the public library on Sundays.'],
  ['Benches at the old market', 'Put wooden benches next to the market hall.'],
  ['中山路的路灯应当换成LED灯', '中山路的路灯经常损坏，晚上行人看不清台阶。'],
  ['延长公共图书馆的开放时间', '请在周末和节假日开放市图书馆。'],
  ['老城市场旁边增设长椅', '老年人走到市场太远，没有地方休息。'],
] as const

/** A draft, and the place of what it is like. */
const drafts: [draft: string, like: number | undefined][] = [
  ['New lamps for Harbour Street', 0],
  ['harbor street lamps are broken', 0],
  ['open the library longer', 1],
  ['wooden bench near the market', 2],
  ['路灯坏了', 3],
  ['中山路路灯', 3],
  ['图书馆开放时间太短', 4],
  ['市场附近需要长椅', 5],
  ['希望周末图书馆也开门', 4],
  ['Charge for parking by the minute', undefined],
  ['取消停车费', undefined],
  ['Repair the pavement of the school yard', undefined],
  ['修复学校门口的人行道', undefined],
]

test('what is like a draft is shown before it is submitted, in English and in Chinese', async () => {
  await using app = await city()
  const ids: number[] = []
  for (const [title, text] of told) {
    ids.push(await app.submit('mei', { title, text, why: 'Because.' }))
  }

  for (const [draft, like] of drafts) {
    const { body } = await app.ask(`/api/v1/suggestions/similar?text=${encodeURIComponent(draft)}`)
    const found = body.similar.map(({ suggestion }: { suggestion: Told }) => suggestion.id)
    expect([draft, found[0]]).toEqual([draft, like === undefined ? undefined : ids[like]])
  }
})

test('what was withdrawn is not shown as similar, and a draft that is too short is refused', async () => {
  await using app = await city()
  const id = await app.submit('mei')
  const similar = async () =>
    (await app.ask('/api/v1/suggestions/similar?text=LED+lamps+Harbour')).body.similar

  expect(await similar()).toMatchObject([{ suggestion: { id } }])
  await app.act('mei', `/api/v1/suggestions/${id}/withdrawal`, { reason: 'A mistake.' })
  expect(await similar()).toEqual([])
  const { status, body } = await app.ask('/api/v1/suggestions/similar?text=a')
  expect([status, body.path]).toEqual([400, 'text'])
})
