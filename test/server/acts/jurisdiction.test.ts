import { expect, test } from 'vitest'
import { registerMember, setMergedInto } from '../../../server/dimensions/queries.ts'
import type { Dimension } from '#shared/ticket.ts'
import { actingDatabase, appointed } from '../../support/acts.ts'

test('a jurisdiction covers its members, those merged into or out of them; what names none touches who speaks, and is over nobody who decides', async () => {
  await using place = await actingDatabase()
  const { db, sql } = place
  const member = async (dimension: Dimension, code: string) =>
    (await registerMember(db, { dimension, code, spelling: code })).id
  const [north, oldNorth, south] = [
    await member('area', 'north'),
    await member('area', 'old-north'),
    await member('area', 'south'),
  ]
  const works = await member('agency', 'works')
  await setMergedInto(db, oldNorth!, north!)
  await sql`insert into act_kind (kind, roles, within, touches)
    values ('thing.done', '{observer}', true, false), ('thing.said', '{observer}', true, true)`
  const anywhere = await appointed(db, 'mei')
  const jurisdiction = { agencies: null, areas: [north!], categories: null }
  const northern = await appointed(db, 'olu', { jurisdiction })
  const former = await appointed(db, 'uma', {
    jurisdiction: { ...jurisdiction, areas: [oldNorth!] },
  })
  const workers = await appointed(db, 'sam', {
    jurisdiction: { agencies: [works], areas: null, categories: [7] },
  })

  const refusal = async (id: number, who: string, [agency, area, category]: (number | null)[]) => {
    const [row] = await sql`
      select act_refusal(${id}, ${who}, 'thing.done', ${agency!}, ${area!}, ${category!}, now()) as done,
        act_refusal(${id}, ${who}, 'thing.said', ${agency!}, ${area!}, ${category!}, now()) as said`
    said = row!.said
    return row!.done
  }
  /** The same of what is only said. */
  let said: unknown

  expect(await refusal(anywhere, 'mei', [null, null, null])).toBe(null)
  expect(await refusal(northern, 'olu', [works, north!, null])).toBe(null)
  expect(await refusal(northern, 'olu', [null, oldNorth!, null])).toBe(null)
  expect(await refusal(former, 'uma', [null, north!, null])).toBe(null)
  expect([await refusal(northern, 'olu', [works, south!, null]), said]).toEqual(['area', 'area'])
  expect([await refusal(northern, 'olu', [works, null, null]), said]).toEqual(['area', null])
  expect([await refusal(workers, 'sam', [null, null, 8]), said]).toEqual(['agency', 'category'])
  expect(await refusal(northern, 'olu', [works, 0, null])).toBe('area')
  expect(await refusal(workers, 'sam', [works, south!, 7])).toBe('category')
  expect(await refusal(workers, 'sam', [south!, south!, 7])).toBe('agency')
  expect(await refusal(northern, 'mei', [null, north!, null])).toBe('none')
})
