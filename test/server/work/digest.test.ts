import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../../server/log.ts'
import { loadTerms } from '../../../server/live/terms.ts'
import { takeDigest } from '../../../server/work/digest-queries.ts'
import { sendDigests } from '../../../server/work/digest.ts'
import { type FlagApp, flagApp } from '../../support/flags.ts'
import { fromQuotedPrintable, mailServer } from '../../support/mail-server.ts'

let app: FlagApp
let today = Temporal.PlainDate.from('2026-11-20')

const person = (id: string, language: string | null = null) => ({
  ...{ id, name: `The honourable ${id}`, email: `${id}@example.org`, demo: null, language },
})

beforeAll(async () => {
  app = await flagApp()
  await app.db
    .insertInto('person')
    .values([person('olga', 'zh'), person('mei')])
    .execute()
})

afterAll(() => app[Symbol.asyncDispose]())

/** Sends the letters of this day to a server for e-mail of its own, all that was there before being told. */
async function digests(smtpUrl: string) {
  const terms = await loadTerms(app.db)
  const options = {
    db: app.db,
    config: {
      mail: { smtpUrl, from: 'secretariat@example.org' },
      publicUrl: 'https://clerestory.example',
    },
    terms: () => terms,
    log: createLog('silent'),
  }
  return () => sendDigests(options, today.toString())
}

const nextDay = () => (today = today.add({ days: 1 }))

const toOf = (letters: readonly string[]) =>
  letters.map((letter) => /^To: .*<(.+)@/m.exec(letter)![1]).sort()

/** The two ways in which a letter says the same. */
function partsOf(letter: string): { text: string; html: string } {
  const [, text = '', html = ''] = fromQuotedPrintable(letter).split(/^Content-Type: text\//m)
  return { text, html }
}

test('whom something concerns is written to once a day, in their language, and told it once', async () => {
  await using post = await mailServer()
  const send = await digests(post.url)
  await send()
  expect(post.letters).toEqual([])

  nextDay()
  const id = await app.opened('mei')
  await Promise.all([send(), send()])
  expect(toOf(post.letters)).toEqual(['olga'])
  const { text, html } = partsOf(post.letters[0]!)
  expect(text).toContain(`标记 ${id}：提出`)
  expect(text).toContain('https://clerestory.example/work')
  expect(html).toContain(`<a href="https://clerestory.example/flags/${id}">标记 ${id}</a>：提出`)
  expect(post.letters[0]).not.toContain('路燈壞了很久')

  await app.flagAct('olga', `/${id}/answer`, { text: 'Done.' })
  await send()
  expect(post.letters).toHaveLength(1)
  nextDay()
  await send()
  expect(toOf(post.letters)).toEqual(['mei', 'olga'])
  expect(partsOf(post.letters[1]!).text).toContain(`Flag ${id}: answered`)
  nextDay()
  await send()
  expect(post.letters).toHaveLength(2)
})

test('who opted out is not written to, and who comes back is told nothing twice', async () => {
  await using post = await mailServer()
  const send = await digests(post.url)
  const put = async (isOn: boolean) =>
    app.get('/api/v1/work/digest', {
      method: 'PUT',
      headers: { 'content-type': 'application/json', 'x-person': 'olga' },
      body: JSON.stringify({ isOn }),
    })
  expect(await (await put(false)).json()).toEqual({ isOn: false, isSent: false })
  await app.opened('mei')
  nextDay()
  await send()
  expect(post.letters).toEqual([])
  await put(true)
  await send()
  expect(toOf(post.letters)).toEqual(['olga'])
})

test('what could not be sent is sent later, with all that it would have told', async () => {
  await using post = await mailServer()
  const id = await app.opened('mei')
  nextDay()
  await (
    await digests('smtp://127.0.0.1:1')
  )()
  await (
    await digests(post.url)
  )()
  expect(post.letters).toHaveLength(1)
  expect(partsOf(post.letters[0]!).text).toContain(`标记 ${id}：提出`)
})

test('of all who would send a day’s e-mail, one does', async () => {
  await app.db.insertInto('person').values(person('pavel')).execute()
  const take = (day: string, seq: number) => takeDigest(app.db, { personId: 'pavel', day, seq })
  const taken = await Promise.all([1, 2, 3, 4].map((seq) => take('2026-11-21', seq)))
  expect(taken.filter((one) => one !== undefined)).toEqual([{ before: null }])
  expect(await take('2026-11-20', 9)).toBeUndefined()
  expect(await take('2026-11-22', 9)).toEqual({ before: expect.any(Number) })
})
