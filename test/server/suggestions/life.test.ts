import { expect, test } from 'vitest'
import { city, exhibiting, fingerprint } from '../../support/suggesting.ts'

test('a suggestion is submitted, reviewed, adopted and implemented, and everybody sees the way', async () => {
  await using app = await city()
  await using exhibits = await exhibiting(app.db)
  const id = await app.submit('mei')
  const at = `/api/v1/suggestions/${id}`
  const rule = { kind: 'rule', to: 'Ordinance 12/2026 §4' }
  const order = { kind: 'work-order', to: 'WO-7781' }
  const claim = { kind: 'number', measure: 'open' }

  const answers = [
    await app.act('paul', `${at}/review`, {}),
    await app.act('paul', `${at}/adoption`, { reason: 'It saves money.', links: [rule] }),
    await exhibits.act('paul', `${at}/implementation`, {
      reason: 'All lamps were replaced.',
      links: [order],
      claims: [claim],
    }),
  ]

  expect(answers.map(({ status, body }) => [status, body.suggestion?.state ?? body])).toEqual([
    [200, 'under-review'],
    [200, 'adopted'],
    [200, 'implemented'],
  ])
  const { body } = await app.ask(at)
  expect(body.suggestion).toMatchObject({
    state: 'implemented',
    title: 'LED lamps in Harbour Street',
    agency: 'PWD',
    area: 'harbour',
    category: null,
    author: { id: app.appointments.mei, name: 'The honourable mei' },
    isLate: false,
    dueBy: null,
    reason: 'All lamps were replaced.',
    links: [rule, order],
  })
  expect(body.acts.map(({ kind, by }) => [kind, by?.role])).toEqual([
    ['suggestion.submitted', 'observer'],
    ['suggestion.reviewed', 'official'],
    ['suggestion.adopted', 'official'],
    ['suggestion.implemented', 'official'],
  ])
  expect(body.acts[3]!.names).toEqual([`evidence:${fingerprint(claim)}`, 'work-order:WO-7781'])
  expect(JSON.stringify(body)).not.toMatch(/"(mei|paul)"/)
})
