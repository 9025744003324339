import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { perform } from '../../server/acts/perform.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { create } from 'qrcode'
import { keptSecret } from '../../server/accounts/queries.ts'
import { acceptCosignature } from '../../server/ledger/cosignatures.ts'
import { appendLeaf } from '../../server/ledger/queries.ts'
import { newSigner } from '../../server/ledger/signer.ts'
import { insertSheet } from '../../server/sheets/queries.ts'
import { fingerprintOf, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { writeNote } from '#shared/ledger/note.ts'
import { readReceipt } from '#shared/ledger/receipt.ts'
import type { ServerStatus } from '#shared/server-status.ts'
import type { Sheet } from '#shared/ledger/sheet.ts'
import { qrPath } from '../../web/design/qr-path.ts'
import { addressOf, readAddress } from '../../web/ledger/addressed.ts'
import { account } from '../server/permissions/place.ts'
import { appointed, asked, madeFor } from '../support/acts.ts'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
/** Of all tests. */
let page: Page
let act: number
let folder: string

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  folder = await mkdtemp(path.join(tmpdir(), 'clerestory-receipt-'))
  await appointFirst(city.db, 'ines')
  await city.sql`select append_leaf('act', '{"n":' || n || '}') from generate_series(1, 700) as n`
  act = await appointed(city.db, 'mei')
  await city.post({ id: 'a' }, { id: 'b' })
  // What walls show becomes a leaf with the first ticket; from then on the log rests.
  while ((await city.sql`select leaf from screen`).length === 0) await delay(50)
  await signed()
  page = await chromium.newPage()
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const checkpoint = async () => (await fetch(`${city.origin}/ledger/checkpoint`)).text()
const sizeNow = async () => readCheckpoint(await checkpoint())?.size

async function signed(): Promise<void> {
  const [head] = await city.sql`select size from ledger_head`
  while ((await sizeNow()) !== head!.size) await delay(50)
}

const openLedger = (query = '') => visit(page, `${city.origin}/ledger${query}`)

async function savedAs(file: Download): Promise<string> {
  const to = path.join(folder, file.suggestedFilename())
  await file.saveAs(to)
  return to
}

/** As Hannah, who is signed in and observes everything. */
async function hannah() {
  const cookies = await account({ db: city.db, secret: await keptSecret(city.db) }, 'hannah')
  await appointed(city.db, 'hannah')
  return cookies['signed in']
}

const api = async (path: string): Promise<any> =>
  (await fetch(`${city.origin}/api/v1/${path}`)).json()

/** On the number of tickets received, and on one of them. */
async function claims() {
  const question = { measures: ['received'], window: '24h' }
  const { at, totals } = await api('view?measures=received&window=24h')
  const [{ mark, id }] = (await api('tickets')).rows
  return [
    { kind: 'number', measure: 'received', question, at, saw: { value: totals[1] } },
    { kind: 'ticket', mark, id, at },
  ]
}

/** Answers the number of the flag, and of the act that opened it. */
async function flagged(claim: object, cookie: string): Promise<{ flag: number; act: number }> {
  const opened = await fetch(`${city.origin}/api/v1/flags`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      cookie,
      origin: city.origin,
    },
    body: JSON.stringify({ claim, kind: 'slow', text: 'The lamp is dark.', language: 'en' }),
  })
  const { flag, act } = (await opened.json()) as Record<'flag' | 'act', { id: number }>
  return { flag: flag.id, act: act.id }
}

const verdict = (page: Page, is: string) => page.locator(`[data-verdict=${is}]`)

test('a browser checks the whole log by itself, and says what it found', async () => {
  await openLedger()
  await page.getByRole('button', { name: 'Check the whole log' }).click()
  await verdict(page, 'whole').waitFor()
  const size = (await sizeNow())!
  expect(await verdict(page, 'whole').innerText()).toContain(`${size} leaves`)
  expect(await page.locator('[data-ledger=size]').innerText()).toBe(String(size))
})

test('a checkpoint that was kept says that nothing was rewritten since, and names what was', async () => {
  await openLedger()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Keep this checkpoint' }).click(),
  ])
  const kept = await savedAs(download)
  expect(await readFile(kept, 'utf8')).toBe(await checkpoint())
  await perform(city.db, { ...asked('ines', madeFor('olu')), key: randomUUID() })
  await signed()
  const open = () => page.locator('input[type=file]').setInputFiles(kept)
  await open()
  await verdict(page, 'whole').getByText('Nothing was rewritten since').waitFor()

  await city.sql.unsafe(
    `alter table leaf disable trigger all; alter table leaf drop constraint leaf_is_hashed`,
  )
  const write = (entry: string) => city.sql`
    update leaf set entry = convert_to(${entry}::text, 'UTF8') where index = 300`
  const [{ entry } = { entry: '' }] =
    await city.sql`select convert_from(entry, 'UTF8') as entry from leaf where index = 300`
  await write(entry.replace('"what":{', '"what":{"x":1,'))
  await open()
  await verdict(page, 'broken').getByText('Leaf 300 was changed').waitFor()
  expect(await verdict(page, 'broken').getAttribute('data-break')).toBe('edited')
  await write(entry)
})

test('an act has a receipt that the browser checks, with a code that leads back to it', async () => {
  await openLedger(`?act=${act}`)
  await verdict(page, 'receipt').getByText('The receipt is right').waitFor()
  // In words; the leaf itself where it is asked for.
  expect(await verdict(page, 'receipt').innerText()).not.toContain('appointment.made')
  await page.getByText('The leaf as it stands in the log').click()
  expect(await verdict(page, 'receipt').innerText()).toContain('appointment.made')
  const code = page.getByRole('img', { name: 'The receipt as a code' })
  await code.waitFor()
  const signedNow = readCheckpoint(await checkpoint())!
  const address = addressOf(city.origin, signedNow, act)
  const { modules } = create(address, { errorCorrectionLevel: 'M' })
  expect(await code.locator('path').getAttribute('d')).toBe(qrPath(modules).d)
  expect(await page.locator('[data-ledger=receipt]').innerText()).toBe(fingerprintOf(signedNow))

  const [receipt] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Keep the receipt' }).click(),
  ])
  await page.locator('input[type=file]').setInputFiles(await savedAs(receipt))
  await expect.poll(() => verdict(page, 'receipt').count()).toBe(2)

  await perform(city.db, { ...asked('ines', madeFor('ada')), key: randomUUID() })
  await signed()
  await visit(page, address)
  const { size, root } = signedNow
  await verdict(page, 'receipt').getByText(`since the checkpoint of ${size} leaves`).waitFor()
  const other = { size, root: root.with(0, root[0]! ^ 1) }
  await visit(page, addressOf(city.origin, other, act))
  await verdict(page, 'broken').getByText('written anew').waitFor()
})

test('a leaf that is no act has a receipt, too, with a code that leads back to it', async () => {
  const leaf = 300
  await openLedger(`?leaf=${leaf}`)
  await verdict(page, 'receipt').getByText('The receipt is right').waitFor()
  const code = page.getByRole('img', { name: 'The receipt as a code' })
  const address = addressOf(city.origin, readCheckpoint(await checkpoint())!, undefined, leaf)
  const { modules } = create(address, { errorCorrectionLevel: 'M' })
  expect(await code.locator('path').getAttribute('d')).toBe(qrPath(modules).d)
  const [receipt] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Keep the receipt' }).click(),
  ])
  const { entry } = await readReceipt(JSON.parse(await readFile(await savedAs(receipt), 'utf8')))
  expect(entry.index).toBe(leaf)
  // One proof, and nothing else is read before that is asked for.
  const tiles: string[] = []
  page.on('request', (one) => one.url().includes('/ledger/tile/') && tiles.push(one.url()))
  await visit(page, address)
  await verdict(page, 'receipt').getByText('Nothing was rewritten since').waitFor()
  expect(await page.locator('[data-walls]').count()).toBe(0)
  expect(await page.locator('[data-ledger=receipt]').count()).toBe(1)
  expect(tiles).toEqual([])
  await page.getByRole('button', { name: 'Check the whole log' }).click()
  await verdict(page, 'whole').getByText('Nothing was rewritten since').waitFor()
  expect(tiles).not.toEqual([])
})

test('the page says who else signed the log, and that it is not signed any more', async () => {
  const { verifier, sign } = newSigner('witness.example/w1', 'cosignature')
  const { note, size } = readCheckpoint(await checkpoint())!
  const signatures = [...note.signatures, sign(note.text, Math.floor(Date.now() / 1000))]
  await acceptCosignature(city.db, [verifier], writeNote({ ...note, signatures }))
  await openLedger()
  await page
    .locator('[data-ledger=witnesses]')
    .getByText(`witness.example/w1: ${size} leaves`)
    .waitFor()
  expect(await page.locator('[data-unsigned]').count()).toBe(0)

  await page.route('**/api/v1/status', async (route) => {
    const told = (await (await route.fetch()).json()) as ServerStatus
    const ledger = { why: 'changed', since: '2026-11-20T08:00:00Z' }
    await route.fulfill({ json: { ...told, ledger } })
  })
  await page.reload()
  await page
    .locator('[data-unsigned=changed]')
    .getByText('Last signed: 20 Nov 2026, 16:00.')
    .waitFor()
  await visit(page, `${city.origin}/status`)
  await page.locator('[data-fact=ledger]').getByText('not signed since 20 Nov 2026').waitFor()
  await page.unrouteAll()
})

test('whoever opens the code of a wall later is told whether it still holds', async () => {
  const { size, root } = readCheckpoint(await checkpoint())!
  const address = (bytes: Uint8Array) =>
    `?size=${size}&root=${Buffer.from(bytes).toString('base64url')}=`
  await openLedger(address(root))
  await verdict(page, 'begun').getByText('Nothing was rewritten since').waitFor()
  await page.getByRole('button', { name: 'Check the whole log' }).click()
  await verdict(page, 'whole').getByText('Nothing was rewritten since').waitFor()
  await openLedger(address(root.with(0, root[0]! ^ 1)))
  await verdict(page, 'broken').getByText('written anew').waitFor()
})

test('a flag’s evidence says its leaf, and the ledger checks that the number or the ticket is the one that was published', async () => {
  const cookie = await hannah()
  const [number, ticket] = await claims()
  const { flag } = await flagged(number!, cookie)
  await visit(page, `${city.origin}/flags/${flag}`)
  const leaf = page.locator('[data-leaf]')
  expect(await leaf.innerText()).toMatch(/published as leaf [\d,]+/)
  await leaf.getByRole('link', { name: 'check' }).click()

  await verdict(page, 'receipt').getByText('The receipt is right').waitFor()
  expect(await page.locator('[data-text=text] + blockquote').innerText()).toBe('The lamp is dark.')
  await page.locator('[data-evidence=same] [data-again=same]').waitFor()
  expect(await page.locator('[data-evidence=same]').innerText()).toContain('Received')
  const single = await flagged(ticket!, cookie)
  await signed()
  await page.goto(`${city.origin}/ledger?act=${single.act}`)
  await page.locator('[data-evidence=same] [data-again=same]').waitFor()
  expect(await page.locator('[data-evidence=same]').innerText()).toMatch(
    /Ticket [ab]\n\nDue soon\n/,
  )

  await page.route('**/api/v1/evidence/*', async (route) => {
    const told = await route.fetch()
    const { evidence, ...rest } = (await told.json()) as { evidence: { fields: object } }
    await route.fulfill({ json: { ...rest, evidence: { ...evidence, fields: { value: 999 } } } })
  })
  await page.reload()
  await page.locator('[data-evidence=other]').getByText('its fingerprint is another').waitFor()
  await page.unrouteAll()
})

test('a wall carries the newest checkpoint, whose code leads to what walls showed then and says whether it still holds', async () => {
  await page.setViewportSize({ width: 1920, height: 1080 })
  await visit(page, `${city.origin}/screen?scenes=headline`)
  const seal = page.locator('[data-seal]')
  await seal.waitFor()
  const address = (await seal.getAttribute('data-seal'))!
  const { modules } = create(address, { errorCorrectionLevel: 'L' })
  expect(await seal.locator('path').getAttribute('d')).toBe(qrPath(modules).d)
  const shown = readAddress(new URL(address).search).seen!
  expect(await seal.innerText()).toContain(fingerprintOf(shown))
  expect((await seal.locator('svg').boundingBox())!.width / (modules.size + 8)).toBeGreaterThan(2.8)

  await visit(page, address)
  await verdict(page, 'begun').getByText('Nothing was rewritten since').waitFor()
  const walls = page.locator('[data-walls]')
  await walls
    .getByRole('row', { name: /^Received/ })
    .first()
    .waitFor()
  await walls.locator('[data-scene=same]').first().waitFor()
  expect(await walls.locator('[data-scene=other]').count()).toBe(0)
  // Where there is no room the table goes on to the side, and says so; the page does not.
  await page.setViewportSize({ width: 240, height: 844 })
  await walls.locator('[data-more=end]').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
})

test('the board marks days that late data revised, and their card says what was told first and what is told now', async () => {
  const day = isoDay(new Date(Date.now() - 5 * 86_400_000))
  await toldTwice(day)
  await page.setViewportSize({ width: 1440, height: 1000 })
  const board = boardOn(page)
  await visit(page, `${city.origin}/?window=30d`)
  await page.locator('[data-revised]').getByText('revised since').waitFor()
  const spark = board.tile('received').locator('svg[aria-label*="1 day revised"]')
  await spark.locator('.mark').waitFor({ state: 'attached' })
  expect(await board.tile('open').locator('.mark').count()).toBe(0)

  await board.tile('received').getByRole('button').first().click()
  const card = page.getByRole('dialog')
  await card.getByText(/first told 2, now 5 \(\+3\), because of 3 tickets/).waitFor()
  await card.getByRole('link', { name: /^leaf/ }).last().click()
  await verdict(page, 'receipt').getByText('The receipt is right').waitFor()
  expect(await verdict(page, 'receipt').textContent()).toContain('"edition": 2')

  await visit(page, `${city.origin}/?window=30d&agency=Water`)
  await board.state('live')
  await spark.waitFor({ state: 'detached' })
})

const isoDay = (at: Date): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(at)

/** Two editions of a day, as `server/sheets` writes them. */
async function toldTwice(day: string): Promise<void> {
  const sheet = (received: number, open: number): Sheet => ({
    at: [1, 1],
    window: [0, 1],
    timeZone: 'Asia/Shanghai',
    measures: { received: { version: 1, value: received }, open: { version: 1, value: open } },
  })
  for (const [edition, received] of [
    [1, 2],
    [2, 5],
  ] as const) {
    await city.db.transaction().execute(async (trx) => {
      const what = JSON.stringify({ day, edition })
      const leaf = await appendLeaf(trx, edition === 1 ? 'sheet' : 'revision', what)
      const body = sheet(received, 1)
      await insertSheet(trx, {
        day,
        edition,
        leaf,
        seq: edition,
        body,
        tickets: edition === 1 ? 0 : 3,
      })
    })
  }
  await signed()
}
