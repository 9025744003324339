import { expect, test } from 'vitest'
import { actingApp, appointing } from '../../support/asker.ts'

const PATH = '/api/v1/appointments'

test('the secretariat appoints an observer, whom the public register tells without the account', async () => {
  await using app = await actingApp()

  const made = await app.act('ines', PATH, appointing('mei', { isPseudonym: true, name: 'Heron' }))

  expect(made).toMatchObject({
    status: 201,
    body: {
      act: { kind: 'appointment.made', version: 1, seq: 2 },
      appointment: { person: 'mei', standing: 'current', version: 1 },
    },
  })
  const { body } = await app.ask('/api/v1/observers')
  expect(body.observers).toEqual([
    {
      id: made.body.appointment.id,
      name: 'Heron',
      isPseudonym: true,
      title: 'Observer of public works',
      appointingBody: 'City Council',
      from: '2020-01-01',
      until: '2099-12-31',
      jurisdiction: { agencies: null, areas: null, categories: null },
      languages: ['en', 'zh-TW'],
      standing: 'current',
    },
  ])
})
