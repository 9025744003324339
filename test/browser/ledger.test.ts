import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Download, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { perform } from '../../server/acts/perform.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { appointed, asked, madeFor } from '../support/acts.ts'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let act: number
let folder: string

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  folder = await mkdtemp(path.join(tmpdir(), 'clerestory-receipt-'))
  await appointFirst(city.db, 'ines')
  await city.sql`select append_leaf('act', '{"n":' || n || '}') from generate_series(1, 700) as n`
  act = await appointed(city.db, 'mei')
  await signed()
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
  while ((await sizeNow()) !== head!.size) await new Promise((resolve) => setTimeout(resolve, 50))
}

async function openLedger(query = '', options: object = {}): Promise<Page> {
  const page = await chromium.newPage(options)
  await page.goto(`${city.origin}/ledger${query}`)
  return page
}

async function savedAs(file: Download): Promise<string> {
  const to = path.join(folder, file.suggestedFilename())
  await file.saveAs(to)
  return to
}

const verdict = (page: Page, is: string) => page.locator(`[data-verdict=${is}]`)

test('a browser checks the whole log by itself, and says what it found', async () => {
  const page = await openLedger()
  await page.getByRole('button', { name: 'Check the whole log' }).click()
  await verdict(page, 'whole').waitFor()
  const size = (await sizeNow())!
  expect(await verdict(page, 'whole').innerText()).toContain(`${size} leaves`)
  expect(await page.locator('[data-ledger=size]').innerText()).toBe(String(size))
  await page.close()
})

test('a checkpoint that was kept says that nothing was rewritten since, and names what was', async () => {
  const kept = {
    name: 'checkpoint.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from(await checkpoint()),
  }
  await perform(city.db, { ...asked('ines', madeFor('olu')), key: randomUUID() })
  await signed()
  const page = await openLedger()
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
  await page.close()
})

test('an act has a receipt that the browser checks, with a code that leads back to it', async () => {
  const page = await openLedger(`?act=${act}`)
  await verdict(page, 'receipt').getByText('The receipt is right').waitFor()
  expect(await verdict(page, 'receipt').innerText()).toContain('appointment.made')
  await page.getByRole('img', { name: 'The receipt as a code' }).waitFor()

  const [receipt] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Keep the receipt' }).click(),
  ])
  await page.locator('input[type=file]').setInputFiles(await savedAs(receipt))
  await expect.poll(() => verdict(page, 'receipt').count()).toBe(2)
  await page.close()
})

test('whoever opens the code of a wall later is told whether it still holds', async () => {
  const { size, root } = readCheckpoint(await checkpoint())!
  const address = (bytes: Uint8Array) =>
    `?size=${size}&root=${Buffer.from(bytes).toString('base64url')}=`
  const right = await openLedger(address(root))
  await verdict(right, 'whole').getByText('Nothing was rewritten since').waitFor()
  await right.goto(`${city.origin}/ledger${address(root.with(0, root[0]! ^ 1))}`)
  await verdict(right, 'broken').getByText('written anew').waitFor()
  await right.close()
})

test.each([
  ['wide and light', { viewport: { width: 1440, height: 900 }, colorScheme: 'light' }],
  ['on a phone and dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
] as const)('the page has no fault that axe finds, %s', async (_, options) => {
  const page = await openLedger(`?act=${act}`, options)
  await verdict(page, 'receipt').waitFor()
  expect(await faults(page)).toEqual([])
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width)
  await page.close()
})
