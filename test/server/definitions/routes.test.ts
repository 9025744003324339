import { expect, test } from 'vitest'
import { answerMeasures } from '#shared/consultations/answer-measures.ts'
import { measureIds, measures } from '#shared/measures/all.ts'
import { noteDefinitions } from '../../../server/definitions/note-definitions.ts'
import { runningApp } from '../../support/app.ts'

test('every measure is told with its formula and texts, and where its series breaks', async () => {
  const meant = { measure: 'received', version: 7, contributionsVersion: 1, sha256: '00' }
  await using app = await runningApp({ prepare: (db) => noteDefinitions(db, [meant]) })
  const answer = (await (await app.get('/api/v1/definitions')).json()) as {
    measures: { id: string; formula: string; text: object; breaks: { version: number }[] }[]
  }

  const known = [...measureIds, ...answerMeasures.map(({ id }) => id)]
  expect(answer.measures.map(({ id }) => id)).toEqual(known)
  const { formula, text, breaks } = answer.measures.find(({ id }) => id === 'received')!
  expect({ formula, text }).toEqual({ formula: 'value', text: measures.received.text })
  expect(breaks).toMatchObject([{ version: measures.received.version, seq: 1 }])
  expect(answer.measures.find(({ id }) => id === 'closed')!.breaks).toEqual([])
})
