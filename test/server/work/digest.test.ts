import { createLog } from '../../../server/log.ts'
import { expect, test } from 'vitest'
import { takeDigest } from '../../../server/work/digest-queries.ts'
import { sendDigests } from '../../../server/work/digest.ts'
import { loadTerms } from '../../../server/live/terms.ts'
import { type FlagApp, flagApp } from '../../support/flags.ts'
import { fromQuotedPrintable, mailServer } from '../../support/mail-server.ts'

const person = (id: string, language: string | null = null) => ({
  ...{ id, name: `The honourable ${id}`, email: `${id}@example.org`, demo: null, language },
})

async function digests(app: FlagApp, smtpUrl: string) {
  const terms = await loadTerms(app.db)
  const config = {
    mail: { smtpUrl, from: 'secretariat@example.org' },
    publicUrl: 'https://clerestory.example',
  }
  const options = { db: app.db, config, terms: () => terms, log: createLog('silent') }
  return (day: string) => sendDigests(options, day)
}

const toOf = (letters: readonly string[]) =>
  letters.map((letter) => /^To: .*<(.+)@/m.exec(letter)![1]).sort()

test('whom something concerns is written to once a day, and told it once', async () => {
  await using app = await flagApp()
  await using post = await mailServer()
  await app.db
    .insertInto('person')
    .values([person('olga', 'zh'), person('mei')])
    .execute()
  const send = await digests(app, post.url)
  await send('2026-11-20')
  expect(post.letters).toEqual([])

  const id = await app.opened('mei')
  await Promise.all([send('2026-11-21'), send('2026-11-21')])
  expect(toOf(post.letters)).toEqual(['olga'])
  const letter = fromQuotedPrintable(post.letters[0]!)
  expect(letter).toContain(`标记 ${id}: opened`)
  expect(letter).toContain('https://clerestory.example/work')
  expect(letter).not.toContain('路燈壞了很久')

  await app.flagAct('olga', `/${id}/answer`, { text: 'Done.' })
  await send('2026-11-21')
  expect(post.letters).toHaveLength(1)
  await send('2026-11-22')
  expect(toOf(post.letters)).toEqual(['mei', 'olga'])
  expect(fromQuotedPrintable(post.letters[1]!)).toContain(`Flag ${id}: answered`)
  await send('2026-11-23')
  expect(post.letters).toHaveLength(2)
})

test('who opted out is not written to, and who comes back is told nothing twice', async () => {
  await using app = await flagApp()
  await using post = await mailServer()
  await app.db.insertInto('person').values(person('olga')).execute()
  const send = await digests(app, post.url)
  await send('2026-11-20')
  const put = async (isOn: boolean) =>
    app.get('/api/v1/work/digest', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-person': 'olga' },
      body: JSON.stringify({ isOn }),
    })
  expect(await (await put(false)).json()).toEqual({ isOn: false, isSent: false })
  await app.opened('mei')
  await send('2026-11-21')
  expect(post.letters).toEqual([])
  await put(true)
  await send('2026-11-21')
  expect(post.letters).toHaveLength(1)
})

test('what could not be sent is sent later, with all that it would have told', async () => {
  await using app = await flagApp()
  await app.db.insertInto('person').values(person('olga')).execute()
  await using post = await mailServer()
  await (
    await digests(app, post.url)
  )('2026-11-20')
  const id = await app.opened('mei')
  await (
    await digests(app, 'smtp://127.0.0.1:1')
  )('2026-11-21')
  await (
    await digests(app, post.url)
  )('2026-11-21')
  expect(post.letters).toHaveLength(1)
  expect(fromQuotedPrintable(post.letters[0]!)).toContain(`Flag ${id}: opened`)
})

test('of all who would send a day’s e-mail, one does', async () => {
  await using app = await flagApp()
  await app.db.insertInto('person').values(person('olga')).execute()
  const take = (day: string, seq: number) => takeDigest(app.db, { personId: 'olga', day, seq })
  const taken = await Promise.all([1, 2, 3, 4].map((seq) => take('2026-11-21', seq)))
  expect(taken.filter((one) => one !== undefined)).toEqual([{ before: null }])
  expect(await take('2026-11-20', 9)).toBeUndefined()
  expect(await take('2026-11-22', 9)).toEqual({ before: expect.any(Number) })
})
