import { expect, test } from 'vitest'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { runningApp } from '../../support/app.ts'

const place = (demonstration: boolean): Policy => ({
  ...defaultPolicy,
  place: { names: { en: 'Port Halcyon' }, demonstration },
})

test.each([
  [true, 'demonstration-view.csv'],
  [false, 'view.csv'],
])(
  'an answer says whether its numbers are invented (%s), and so does the file',
  async (is, file) => {
    await using app = await runningApp({ prepare: (db) => insertPolicy(db, place(is)) })
    const query = 'measures=received&window=7d'
    const answer = await app.get(`/api/v1/view?${query}`)
    expect(await answer.json()).toMatchObject({ demonstration: is })
    const csv = await app.get(`/api/v1/view.csv?${query}`)
    expect(csv.headers.get('content-disposition')).toBe(`attachment; filename=${file}`)
  },
)
