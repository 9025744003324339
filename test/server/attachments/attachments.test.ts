import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishAttachments } from '../../../server/attachments/publish.ts'
import { removeFile } from '../../../server/withholdings/queries.ts'
import { removeOrphans } from '../../../server/attachments/queries.ts'
import { pdf, plainObjects, png, smallPng } from '../../support/hostile-files.ts'
import { megabytes, stream } from '../../support/memory.ts'
import { attachmentServer } from './attachments.ts'

let server: Awaited<ReturnType<typeof attachmentServer>>

beforeAll(async () => {
  server = await attachmentServer({ filesInTenMinutes: 0 })
})
afterAll(() => server[Symbol.asyncDispose]())

let made = 0
/** Another one each time. */
const newPng = () => png({ width: 16 + ++made, height: 8 })

test('a file is seen by who brought it alone, until an act publishes it', async () => {
  const { status, hash, ...told } = await server.send(newPng())
  expect([status, told]).toEqual([
    201,
    expect.objectContaining({ kind: 'file', type: 'image/png', height: 8 }),
  ])
  expect((await server.file(hash!, 'ada')).status).toBe(200)
  expect((await server.file(hash!, 'ada')).headers.get('cache-control')).toBe('private, no-store')
  for (const other of [undefined, 'ben']) expect((await server.file(hash!, other)).status).toBe(404)

  await publishAttachments(server.db, [hash!], 'ada')

  const shown = await server.file(hash!)
  expect(shown.status).toBe(200)
  expect(shown.headers.get('cache-control')).toBe('public, no-cache')
  const again = await server.file(hash!, undefined, { 'if-none-match': `"${hash}"` })
  expect(again.status).toBe(304)
})

test('whatever is asked of a file, it lies in a sandbox, and a PDF is only downloaded', async () => {
  const picture = await server.send(newPng())
  const document = await server.send(pdf(...plainObjects))
  const shown = await server.file(picture.hash!, 'ada', { accept: 'text/html' })
  const loaded = await server.file(document.hash!, 'ada')

  for (const { headers } of [shown, loaded]) {
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
  }
  expect(shown.headers.get('content-type')).toBe('image/png')
  expect(shown.headers.get('content-disposition')).toBeNull()
  expect(loaded.headers.get('content-type')).toBe('application/pdf')
  expect(loaded.headers.get('content-disposition')).toMatch(
    /^attachment; filename="[0-9a-f]+\.pdf"$/,
  )
  expect(Buffer.from(await loaded.arrayBuffer())).toEqual(pdf(...plainObjects))
})

test('one file that two people bring is kept once, and is each one’s own', async () => {
  const body = newPng()
  const [first, second] = [await server.send(body), await server.send(body, { person: 'ben' })]

  expect(second.hash).toBe(first.hash)
  for (const person of ['ada', 'ben']) {
    expect((await server.file(first.hash!, person)).status).toBe(200)
  }
  expect((await server.file(first.hash!, 'cleo')).status).toBe(404)
})

test('nobody publishes what another brought, and then nothing of the act is published', async () => {
  const [own, other] = [await server.send(newPng()), await server.send(newPng(), { person: 'ben' })]
  const publishing = server.db
    .transaction()
    .execute((trx) => publishAttachments(trx, [own.hash!, other.hash!], 'ada'))

  await expect(publishing).rejects.toMatchObject({ status: 404, path: 'attachments.1' })
  expect((await server.file(own.hash!)).status).toBe(404)
})

test('what was taken down is neither published nor kept again', async () => {
  const body = newPng()
  const { hash } = await server.send(body)
  await publishAttachments(server.db, [hash!], 'ada')
  await removeFile(server.db, hash!)

  await expect(publishAttachments(server.db, [hash!], 'ada')).rejects.toMatchObject({ status: 404 })
  expect(await server.send(body)).toMatchObject({ status: 409, code: 'file.withheld' })
})

test('after a day what was never published is gone, and what was is not', async () => {
  const [kept, young, gone] = [
    await server.send(newPng()),
    await server.send(newPng()),
    await server.send(newPng()),
  ]
  await publishAttachments(server.db, [kept.hash!], 'ada')
  const old = [kept.hash!, gone.hash!]
  await server.sql`
    update attachment_upload set at = at - interval '25 hours'
    where encode(hash, 'hex') in ${server.sql(old)}`

  expect(await removeOrphans(server.db)).toBe(1)
  const statuses = [kept, young, gone].map(
    async ({ hash }) => (await server.file(hash!, 'ada')).status,
  )
  expect(await Promise.all(statuses)).toEqual([200, 200, 404])
  await expect(publishAttachments(server.db, [gone.hash!], 'ada')).rejects.toMatchObject({
    status: 404,
    path: 'attachments.0',
  })
})

test.each([
  ['nobody is signed in', { person: '' }, 401, /Sign in/],
  ['it is of no such kind', { query: '?kind=avatar' }, 400, /file or picture/],
  ['it is packed', { headers: { 'content-encoding': 'gzip' } }, 415, /Content-Encoding/],
])('a file is refused when %s', async (_, options, status, error) => {
  expect(await server.send(smallPng(), options)).toMatchObject({
    status,
    error: expect.stringMatching(error),
  })
})

test('a file is refused when it is empty, larger than announced files may be, or of no told length', async () => {
  expect(await server.send('')).toMatchObject({ status: 400, error: 'The file is empty.' })
  expect(await server.send(Buffer.alloc(megabytes(11)))).toMatchObject({
    status: 413,
    error: 'A file may have at most 10 MB.',
  })
  const endless = stream(megabytes(20), Buffer.alloc(65_536))
  expect(await server.send(endless)).toMatchObject({ status: 411 })
})

test('a picture of a number is a PNG of at most a megabyte', async () => {
  const picture = { query: '?kind=picture' }
  expect(await server.send(newPng(), picture)).toMatchObject({ status: 201, kind: 'picture' })
  expect(await server.send(pdf(...plainObjects), picture)).toMatchObject({ status: 415 })
  expect(await server.send(Buffer.alloc(megabytes(2)), picture)).toMatchObject({
    status: 413,
    error: 'A file may have at most 1 MB.',
  })
})

/** Begins to send a file, and goes on when told. */
async function slowFile(person: string) {
  const body = newPng()
  const socket = connect(server.port, '127.0.0.1')
  const head = `POST /api/v1/attachments HTTP/1.1\r\nhost: x\r\nx-person: ${person}\r\nconnection: close\r\n`
  socket.write(`${head}content-length: ${body.length}\r\n\r\n`)
  socket.write(body.subarray(0, 20))
  await delay(200)
  return {
    socket,
    async finish(): Promise<string> {
      socket.write(body.subarray(20))
      return text(socket)
    },
  }
}

test('a person sends one file after the other, and others beside them', async () => {
  const first = await slowFile('dora')

  expect(await server.send(newPng(), { person: 'dora' })).toMatchObject({
    status: 429,
    retryAfter: '2',
  })
  expect(await server.send(newPng(), { person: 'ben' })).toMatchObject({ status: 201 })
  expect(await first.finish()).toMatch(/^HTTP\/1\.1 201 /)
  expect(await server.send(newPng(), { person: 'dora' })).toMatchObject({ status: 201 })
})

test('who goes away in the middle frees the place', async () => {
  const { socket } = await slowFile('eve')
  socket.destroy()

  await expect.poll(async () => (await server.send(newPng(), { person: 'eve' })).status).toBe(201)
})

test('more files come at once than are read: the others are told to come again', async () => {
  const slow = await Promise.all(['f', 'g', 'h', 'i'].map(slowFile))

  expect(await server.send(newPng(), { person: 'j' })).toMatchObject({
    status: 503,
    retryAfter: '5',
  })
  for (const { socket } of slow) socket.destroy()
})

test('a person who sends without end is told when to come again', async () => {
  await using few = await attachmentServer({ filesInTenMinutes: 2 })
  const statuses: number[] = []
  for (let times = 0; times < 3; times++) statuses.push((await few.send(newPng())).status)

  expect(statuses).toEqual([201, 201, 429])
  expect(await few.send(newPng(), { person: 'ben' })).toMatchObject({ status: 201 })
})
