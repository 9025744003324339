import type { BrowserContext, Page } from 'playwright-core'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Role } from '#shared/oversight/act.ts'
import { invite } from '../../server/accounts/invite.ts'
import { appointed } from '../support/acts.ts'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let origin: string
let observer: Person
let official: Person

interface Person {
  page: Page
  context: BrowserContext
  id: string
}

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([
    smallCity({ SIGN_INS_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' }),
    openBrowser(),
  ])
  // Passkeys belong to a name, not to an address.
  origin = city.origin.replace('127.0.0.1', 'localhost')
  await city.post({ id: 'a' }, { id: 'b' }, { id: 'c', agency: 'Parks' })
  observer = await someone('Mei Lin', 'observer')
  official = await someone('Olga Brandt', 'official')
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** A browser of somebody's own, signed in by passkey and appointed for everything. */
async function someone(name: string, role: Role): Promise<Person> {
  const email = `${name.replace(' ', '.').toLowerCase()}@example.org`
  const { token } = await invite(city.db, { name, email, by: null })
  const context = await chromium.browser.newContext()
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto(`${origin}/welcome#${token}`)
  await page.getByRole('button', { name: 'Make a passkey' }).click()
  await page.locator('[data-account=in]').waitFor()
  const found = await sql<{ id: string }>`select id from person where email = ${email}`.execute(
    city.db,
  )
  const { id } = found.rows[0]!
  await appointed(city.db, id, { role })
  return { page, context, id }
}

const raise = (page: Page) => page.getByRole('button', { name: 'Raise flag' })
const text = (page: Page) => page.getByRole('textbox', { name: 'What did you see?' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Flag this number' })

/** Opens the dialog on the number of tickets received, its evidence frozen. */
async function begin(page: Page): Promise<void> {
  await page.goto(origin)
  await page.locator('[data-measure=received] [data-flag]').click()
  await dialog(page).locator('[data-evidence=shown]').waitFor()
}

async function write(page: Page, words: string): Promise<void> {
  await page.getByRole('radio', { name: 'Slow' }).check()
  await text(page).fill(words)
}

async function flagsThatSay(words: string): Promise<number> {
  const answer = await fetch(`${city.origin}/api/v1/flags?q=${encodeURIComponent(words)}`)
  return ((await answer.json()) as { flags: unknown[] }).flags.length
}

/** Raises a flag on the number of an agency, and answers the address of its page. */
async function raised(page: Page, words: string): Promise<string> {
  await begin(page)
  await write(page, words)
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)
  return page.url()
}

test('an observer flags a number from its tile, and everybody can read it; nobody else is offered to', async () => {
  const { page } = observer
  await begin(page)
  await city.post({ id: 'later' })
  const dialogBox = dialog(page)
  await expect
    .poll(() => dialogBox.locator('[data-today=since]').textContent(), { timeout: 10_000 })
    .toContain('4')
  expect(await dialogBox.locator('.value').textContent()).toBe('3')
  await write(page, '路灯坏了很久')
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)

  const reader = await chromium.newPage()
  const asked: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  await reader.goto(page.url())
  await reader.getByText('路灯坏了很久').first().waitFor()
  expect(await reader.locator('[data-evidence=shown] .value').textContent()).toBe('3')
  expect(await reader.locator('[data-act="flag.opened"] .who').textContent()).toContain('Observer')
  expect(await reader.locator('[data-deed]').count()).toBe(0)
  await reader.waitForTimeout(500)
  expect(asked.filter((url) => url.endsWith('/deployment')).length).toBeLessThan(3)
  await reader.goto(`${origin}/flags?q=路灯`)
  await reader.locator('[data-flag]').waitFor()
  expect(await reader.locator('[data-flag]').textContent()).toContain('answer due')
  await reader.goto(origin)
  await reader.locator('[data-measure=received][data-state=live]').waitFor()
  expect(await reader.locator('[data-flag]').count()).toBe(0)
  await reader.close()
  await official.page.goto(origin)
  await official.page.locator('[data-account=in]').waitFor()
  await official.page.locator('[data-measure=received][data-state=live]').waitFor()
  expect(await official.page.locator('[data-flag]').count()).toBe(0)
})

test('what is missing is said beside its field, and nothing is sent', async () => {
  const { page } = observer
  await begin(page)
  await raise(page).click()
  await page.getByText('Say what is wrong.').waitFor()
  await page.getByRole('radio', { name: 'Unfair' }).check()
  await raise(page).click()
  await page.getByText('Say what you saw.').waitFor()
  expect(await text(page).getAttribute('aria-invalid')).toBe('true')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await dialog(page).waitFor({ state: 'detached' })
})

test('what is typed is there again after a reload and a restart of the server, with the evidence of then', async () => {
  const { page } = observer
  await begin(page)
  const was = await dialog(page).locator('.value').textContent()
  await write(page, 'Kept over a restart')
  const picture = await sharp({
    create: { width: 40, height: 30, channels: 3, background: '#864' },
  })
    .jpeg()
    .toBuffer()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'lamp.jpg', mimeType: 'image/jpeg', buffer: picture })
  await page.locator('[data-file]').waitFor()
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'no.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no') })
  await page.getByRole('alert').filter({ hasText: 'Not taken' }).waitFor()

  await city.kill()
  await city.restart()
  await city.post({ id: `after-${was}` })
  await page.reload()
  await begin(page)
  expect(await text(page).inputValue()).toBe('Kept over a restart')
  expect(await dialog(page).locator('.value').textContent()).toBe(was)
  expect(await page.locator('[data-file]').textContent()).toContain('lamp.jpg')
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })

  await page.goto(`${origin}/flags`)
  await page.locator('[data-drafts]').getByRole('button', { name: 'Go on writing' }).click()
  await dialog(page).locator('[data-evidence=shown]').waitFor()
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)
  await page.getByText('Kept over a restart').first().waitFor()
  expect(await flagsThatSay('Kept over a restart')).toBe(1)
})

test('a second press and a lost answer raise it once', async () => {
  const { page } = observer
  await begin(page)
  await write(page, 'Raised only once')
  await page.route('**/api/v1/flags', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await raise(page).dblclick()
  await page.getByRole('alert').filter({ hasText: 'did not answer' }).waitFor()
  await page.unroute('**/api/v1/flags')
  expect(await text(page).inputValue()).toBe('Raised only once')
  await text(page).fill('Raised only once, and then more')
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)

  expect(await flagsThatSay('Raised only once')).toBe(1)
  // What was written after the first sending is not lost.
  const note = page.locator('[data-form=notes] textarea')
  expect(await note.inputValue()).toBe('Raised only once, and then more')
  await page.locator('[data-form=notes]').getByRole('button', { name: 'Discard' }).click()
})

test('a session that has ended is said, and after signing in all is there again', async () => {
  const { page, id } = observer
  await begin(page)
  await write(page, 'Over the end of a session')
  await sql`delete from session where person_id = ${id}`.execute(city.db)
  await raise(page).click()
  await page.locator('[data-signed-out] a').click()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()

  await dialog(page).locator('[data-evidence=shown]').waitFor()
  expect(await text(page).inputValue()).toBe('Over the end of a session')
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)
  expect(await flagsThatSay('Over the end of a session')).toBe(1)
})

test('an answer arrives on the open page; it is disputed, and the secretariat settles', async () => {
  const secretariat = await someone('Ines Cardoso', 'secretariat')
  const { page } = observer
  const address = await raised(page, 'Every step of its life')
  const other = secretariat.page
  await other.goto(address)
  await other.locator('[data-deed=answer]').click()
  await other.getByRole('textbox', { name: 'Answer' }).fill('It was repaired.')
  await other.getByRole('textbox', { name: 'Links' }).fill('javascript:alert(1)')
  await other.getByRole('button', { name: 'Send answer' }).click()
  await other.getByRole('alert').filter({ hasText: 'must be like https' }).waitFor()
  expect(await other.getByRole('textbox', { name: 'Answer' }).inputValue()).toBe('It was repaired.')
  await other.getByRole('textbox', { name: 'Links' }).fill('/tickets')
  await other.getByRole('button', { name: 'Send answer' }).click()

  await page.locator('[data-act="flag.answered"]').waitFor({ timeout: 5000 })
  await page.locator('[data-deed=dispute]').click()
  await page.getByRole('textbox', { name: 'Reason' }).fill('It is still dark.')
  await page.getByRole('button', { name: 'Dispute', exact: true }).click()
  await page.locator('[data-state=disputed]').waitFor()

  // Nobody judges an answer of their own.
  const judge = await someone('Rosa Meunier', 'secretariat')
  await judge.page.goto(address)
  await judge.page.locator('[data-deed=settlement]').click({ timeout: 5000 })
  await judge.page.getByRole('radio', { name: 'for the observer' }).check()
  await judge.page
    .getByRole('textbox', { name: 'The secretariat’s word' })
    .fill('The lamp is dark.')
  await judge.page.locator('[data-form=settlement] [type=submit]').click()
  await page.locator('[data-state=settled]').waitFor({ timeout: 5000 })
  expect(await faults(page)).toEqual([])
  await secretariat.context.close()
  await judge.context.close()
})

test('whoever was slower is shown what was done meanwhile, and keeps what was written', async () => {
  const slower = await someone('Nia Okafor', 'secretariat')
  const address = await raised(observer.page, 'Two at once')
  await slower.page.goto(address)
  await slower.page.locator('[data-deed=answer]').click()
  await slower.page.getByRole('textbox', { name: 'Answer' }).fill('A slow answer')
  await observer.page.locator('[data-deed=notes]').click()
  await observer.page.getByRole('textbox', { name: 'Note' }).fill('Something more')
  await observer.page.getByRole('button', { name: 'Add note' }).last().click()

  await slower.page.locator('[data-news]').filter({ hasText: 'Note added' }).waitFor()
  expect(await slower.page.getByRole('button', { name: 'Send answer' }).isDisabled()).toBe(true)
  await slower.page.getByRole('button', { name: 'I have seen it' }).click()
  await slower.page.getByRole('button', { name: 'Send answer' }).click()
  await slower.page.locator('[data-state=answered]').waitFor()
  await slower.page.getByText('A slow answer').first().waitFor()
  await slower.context.close()
})

test('a row, a category, a chart with its picture, a ticket and a group are flagged by one gesture each', async () => {
  const { page } = observer
  const evidence = page.locator('[role=dialog] [data-evidence=shown]')
  const seen = async () => {
    await evidence.waitFor()
    const words = await evidence.textContent()
    await page.keyboard.press('Escape')
    await evidence.waitFor({ state: 'detached' })
    return words
  }
  await city.post({
    id: 'closed',
    status: 'closed',
    closeReason: 'resolved',
    closedAt: new Date().toISOString(),
  })
  await page.goto(origin)
  const row = page.locator('tr[data-code=Water]').first()
  await row.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Flag this number' }).click()
  expect(await seen()).toContain('Water')
  await page.locator('tr[data-code=Leaks] [data-flag]').first().click()
  expect(await seen()).toMatch(/Time to close.*Leaks/)
  await page.locator('section:has(canvas) [data-flag]').first().click()
  await evidence.locator('figure img').waitFor()
  expect(await evidence.locator('img').evaluate((img: any) => img.naturalWidth)).toBeGreaterThan(99)
  expect(await seen()).toContain('As the page drew it')

  await page.goto(`${origin}/tickets?group=agency`)
  await page.locator('tr', { hasText: 'Parks' }).locator('[data-flag]').click()
  expect(await seen()).toMatch(/Parks.*1/)
  await page.goto(`${origin}/tickets`)
  await page.locator('main a[href^="/tickets/"]').first().click()
  await page.getByRole('button', { name: /^Flag: Ticket/ }).click()
  expect(await seen()).toContain('Ticket')
})

test('dialog, list and page have no fault that axe finds, in both themes, and fit a phone', async () => {
  const { page } = observer
  const address = await raised(page, 'Looked at on a phone')
  await page.setViewportSize({ width: 390, height: 844 })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const url of [`${origin}/flags`, address]) {
      await page.goto(url)
      await page.locator('[data-list=shown], [data-evidence=shown]').first().waitFor()
      expect(await faults(page), `${url} ${colorScheme}`).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    }
    await begin(page)
    expect(await faults(page), `dialog ${colorScheme}`).toEqual([])
    expect(
      await dialog(page).evaluate((box: any) => box.contains(box.ownerDocument.activeElement)),
    ).toBe(true)
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'detached' })
  }
  await page.setViewportSize({ width: 1280, height: 720 })
})
