import { expect, test } from 'vitest'
import { smallPng } from '../../support/hostile-files.ts'
import { city } from '../../support/suggesting.ts'

const because = { reason: 'All lamps were replaced.' }
const links = [{ kind: 'work-order', to: 'WO-7781' }]

test('a file is published with the act that names it, or not at all', async () => {
  await using app = await city()
  const at = `/api/v1/suggestions/${await app.submit('mei')}`
  const hash = await app.bring('paul', smallPng())
  const seen = async () => (await app.get(`/files/${hash}`)).status
  const implement = (as: string) =>
    app.act(as, `${at}/implementation`, { ...because, links, attachments: [hash] })

  expect((await implement('paul')).status).toBe(409)
  expect(await seen()).toBe(404)

  await app.act('paul', `${at}/review`, {})
  await app.act('paul', `${at}/adoption`, because)
  expect(await implement('ines')).toMatchObject({ status: 404, body: { path: 'attachments.0' } })
  expect(await seen()).toBe(404)

  expect((await implement('paul')).body.suggestion).toMatchObject({ state: 'implemented' })
  expect(await seen()).toBe(200)
})
