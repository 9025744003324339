import type { BrowserContext, Page } from 'playwright-core'
import { sql } from 'kysely'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Deployment } from '#shared/deployment.ts'
import type { Role } from '#shared/oversight/act.ts'
import type { ViewState } from '#shared/view.ts'
import { appointed, asked, decision } from '../support/acts.ts'
import { openBrowser } from '../support/browser.ts'
import { faults, faultsInBoth } from '../support/faults.ts'
import { inSession, signedIn } from '../support/signed-in.ts'
import { perform } from '../../server/acts/perform.ts'
import { currentPolicy } from '../../server/policies/queries.ts'
import { setPolicy } from '../../server/policies/set.ts'
import { localTime } from '../../web/i18n/local-time.ts'
import { smallCity } from './city.ts'
import { follow, turnTo, visit } from './follow.ts'
import { raisedFlags } from './raised-flags.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let origin: string
/** Signs in by a passkey, so that it can again. */
let observer: Awaited<ReturnType<typeof signedIn>>
let official: Person
let secretariat: Person
let other: Person

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
  ;[observer, official, secretariat, other] = await Promise.all([
    signedIn({ browser: chromium.browser, db: city.db, origin, role: 'observer', name: 'Mei Lin' }),
    someone('Olga Brandt', 'official'),
    someone('Ines Cardoso', 'secretariat'),
    someone('Aki Tanaka', 'observer'),
  ])
}, 30_000)

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const someone = (name: string, role: Role): Promise<Person> =>
  inSession({ browser: chromium.browser, db: city.db, origin, role, name })

const raise = (page: Page) => page.getByRole('button', { name: 'Raise flag' })
const text = (page: Page) => page.getByRole('textbox', { name: 'What did you see?' })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Flag this number' })

/** Opens the dialog on the number of tickets received, its evidence frozen. */
async function begin(page: Page): Promise<void> {
  if (page.url().startsWith(origin)) await follow(page, '/')
  else await page.goto(origin)
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

const raised = (page: Page, ...texts: readonly string[]) => raisedFlags(origin, page, texts)

test('where the dialog does not come this is said, and who tries again has it', async () => {
  const { page } = observer
  await page.route('**/assets/FlagDialog-*.js', (route) => route.abort())
  await page.goto(origin)
  await page.locator('[data-measure=received] [data-flag]').click()
  await page.getByText('This part could not be loaded').waitFor()
  await page.unrouteAll()
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Try again' }).click()
  await loaded
  await page.locator('[data-measure=received] [data-flag]').click()
  await dialog(page).locator('[data-evidence=shown]').waitFor()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await dialog(page).waitFor({ state: 'detached' })
})

test('an observer flags a number from its tile, and everybody can read it; nobody else is offered to', async () => {
  const { page } = observer
  await begin(page)
  await city.post({ id: 'later' })
  const dialogBox = dialog(page)
  await expect.poll(() => dialogBox.locator('[data-today=since]').textContent()).toContain('4')
  expect(await dialogBox.locator('.value').textContent()).toBe('3')
  await write(page, '路灯坏了很久')
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)

  const reader = await chromium.newPage()
  const asked: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  const { promise: held, resolve: letGo } = Promise.withResolvers<void>()
  await reader.route('**/api/v1/flags/*', (route) => held.then(() => route.continue()))
  await reader.goto(page.url())
  await reader.getByText('Opening the flag.').waitFor()
  letGo()
  await reader.getByText('路灯坏了很久').first().waitFor()
  expect(await reader.getByText('Opening the flag.').count()).toBe(0)
  expect(await reader.locator('[data-evidence=shown] .value').textContent()).toBe('3')
  expect(await reader.locator('[data-act="flag.opened"] .who').textContent()).toContain('Observer')
  expect(await reader.locator('[data-deed]').count()).toBe(0)
  expect(asked.filter((url) => url.endsWith('/deployment')).length).toBeLessThan(3)
  await visit(reader, `${origin}/flags?q=路灯`)
  await reader.locator('[data-flag]').waitFor()
  expect(await reader.locator('[data-flag]').textContent()).toContain('answer due')
  await visit(reader, origin)
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
  await page.getByRole('alert').filter({ hasText: 'This is no picture or PDF' }).waitFor()

  await dialog(page).locator('[data-fortnight=shown]').waitFor()
  const hidden = await dialog(page).locator('[data-fortnight] .hidden-text').boundingBox()
  expect(hidden?.height).toBe(1)
  await city.vanish()
  await city.goOn()
  await city.post({ id: `after-${was}` })
  await page.reload()
  await begin(page)
  expect(await text(page).inputValue()).toBe('Kept over a restart')
  expect(await dialog(page).locator('.value').textContent()).toBe(was)
  expect(await page.locator('[data-file]').textContent()).toContain('lamp.jpg')
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await page
    .locator('[data-measure=received]')
    .getByRole('button', { name: 'Go on with the flag you have begun' })
    .waitFor()

  await visit(page, `${origin}/flags`)
  await page.locator('[data-drafts]').getByRole('button', { name: 'Go on writing' }).click()
  await dialog(page).locator('[data-evidence=shown]').waitFor()
  // No page shows the number here: it is asked for.
  await dialog(page)
    .locator('[data-today=since]', { hasText: String(Number(was) + 1) })
    .waitFor()
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

/** Fills a form of what can be done about a flag, and sends it. */
async function act(page: Page, deed: string, words: Readonly<Record<string, string>> = {}) {
  await page.locator(`[data-deed=${deed}]`).click()
  const form = page.locator(`[data-form=${deed}]`)
  for (const [name, value] of Object.entries(words)) {
    const field = form.locator(`[name=${name}]`).first()
    const isSelect = await field.evaluate(({ nodeName }) => nodeName === 'SELECT')
    await (isSelect ? field.selectOption(value) : field.fill(value))
  }
  await form.locator('[type=submit]').click()
}

/** Does what is done at this address of a flag, without its form. */
async function tell(page: Page, address: string, data: object = {}): Promise<void> {
  const headers = { origin, 'idempotency-key': crypto.randomUUID() }
  const path = address.replace('/flags/', '/api/v1/flags/')
  const answer = await page.request.post(path, { headers, data })
  if (!answer.ok()) throw new Error(await answer.text())
}

const done = (page: Page, kind: string) => page.locator(`[data-act="flag.${kind}"]`).waitFor()

test('an answer arrives on the open page; it is disputed, and the secretariat settles', async () => {
  const { page } = observer
  const address = await raised(page, 'Every step of its life')
  await visit(page, address)
  const desk = secretariat.page
  await visit(desk, address)
  await act(desk, 'answer', { text: 'It was repaired.', links: 'javascript:alert(1)' })
  await desk.getByRole('alert').filter({ hasText: 'write it like https' }).waitFor()
  expect(await desk.getByRole('textbox', { name: 'Answer' }).inputValue()).toBe('It was repaired.')
  await desk.getByRole('textbox', { name: 'Links' }).fill('/tickets\nLamp Act §3')
  await desk.getByRole('button', { name: 'Send answer' }).click()

  await done(page, 'answered')
  await page.locator('[data-cited=rule]').getByText('Lamp Act §3').waitFor()
  await act(page, 'dispute', { reason: 'It is still dark.' })
  await page.locator('[data-state=disputed]').waitFor()
  expect(await page.locator('.standing').textContent()).toMatch(/Disputed.*to be settled by/)
  await page.locator('[data-act="flag.disputed"]').getByText('It is still dark.').waitFor()
  expect(await page.locator('[data-deed=dispute], [data-deed=acceptance]').count()).toBe(0)

  // Nobody judges an answer of their own.
  const judge = await someone('Rosa Meunier', 'secretariat')
  await judge.page.goto(address)
  await judge.page.locator('[data-deed=settlement]').click()
  await judge.page.getByRole('radio', { name: 'for the observer' }).check()
  await judge.page
    .getByRole('textbox', { name: 'The secretariat’s word' })
    .fill('The lamp is dark.')
  await judge.page.locator('[data-form=settlement] [type=submit]').click()
  await page.locator('[data-state=settled]').waitFor()
  expect(await faults(page)).toEqual([])
  await judge.context.close()
})

test('another observer joins with a note; it is transferred with a reason, answered and accepted', async () => {
  const { page } = observer
  const address = await raised(page, 'From one desk to another')
  await visit(page, address)
  await visit(other.page, address)
  await act(other.page, 'joining', { text: 'I see the same from my window.' })
  await page.getByText('I see the same from my window.').waitFor()
  expect(await page.locator('.standing').textContent()).toContain('+1 co-observer')

  await visit(secretariat.page, address)
  await act(secretariat.page, 'transfer', { to: 'Water', reason: 'These are your pipes.' })
  await page.getByText('These are your pipes.').waitFor()
  await visit(official.page, address)
  await act(official.page, 'answer', { text: 'A crew is out.', done: 'The valve was replaced.' })
  await done(page, 'answered')
  expect(await page.locator('.standing').textContent()).toContain('with: Water')
  await act(page, 'acceptance', { text: 'Thank you.' })
  await official.page.locator('[data-state=accepted]').waitFor()
})

test('who raised a flag and was appointed anew hears of it and withdraws it with a reason, and it stays to be read', async () => {
  const { page, id } = other
  const address = await raised(page, 'A mistake of mine')
  const { rows } = await sql<{ appointment: number }>`
    select id as appointment from appointment where person_id = ${id}`.execute(city.db)
  await appointed(city.db, id, { name: 'Aki Tanaka' })
  const revocation = asked(null, decision('appointment.revoked'), { id: rows[0]!.appointment })
  await perform(city.db, { ...revocation, key: null })
  await page.goto(`${origin}/work`)
  await tell(secretariat.page, `${address}/acknowledgement`)
  await page
    .getByRole('region', { name: 'News for you' })
    .getByRole('link', { name: `Flag ${address.split('/').at(-1)}` })
    .click()
  await act(page, 'withdrawal', {})
  await page.locator('[data-form=withdrawal] [role=alert]').waitFor()
  await page.getByRole('textbox', { name: 'Reason' }).fill('I misread the axis.')
  await page.locator('[data-form=withdrawal] [type=submit]').click()
  await page.locator('[data-state=withdrawn]').waitFor()
  await page.getByText('I misread the axis.').waitFor()
  await page.getByText('A mistake of mine').first().waitFor()
  expect(await page.locator('[data-deed=withdrawal]').count()).toBe(0)
})

test('an open page follows what its person is appointed to, also after they were appointed to nothing', async () => {
  const { page, context, id } = await someone('Nadia Roy', 'observer')
  const tool = page.locator('[data-measure=received] [data-flag]')
  await page.goto(origin)
  await tool.waitFor()
  const { rows } = await sql<{ own: number }>`
    select id as own from appointment where person_id = ${id}`.execute(city.db)
  const decide = async (kind: Parameters<typeof decision>[0]) => {
    await perform(city.db, { ...asked(null, decision(kind), { id: rows[0]!.own }), key: null })
  }
  const another = await appointed(city.db, id, { role: 'official' })
  await page.locator('[data-account=in]', { hasText: 'Official' }).waitFor()
  await decide('appointment.suspended')
  await tool.waitFor({ state: 'detached' })
  await decide('appointment.resumed')
  await tool.waitFor()

  const revoked = asked(null, decision('appointment.revoked'), { id: another, key: null })
  await perform(city.db, revoked)
  await decide('appointment.suspended')
  await page.getByText('Your appointment has ended.').waitFor()
  await tool.waitFor({ state: 'detached' })
  await decide('appointment.resumed')
  await tool.waitFor()
  await context.close()
})

async function markOf(wanted: string): Promise<string> {
  const list = await fetch(`${origin}/api/v1/tickets`)
  const { rows } = (await list.json()) as { rows: { mark: string; id: string }[] }
  return rows.find(({ id }) => id === wanted)!.mark
}

test('a correction of a ticket is told with its ticket, and the number that was flagged shows the revision', async () => {
  const { page } = observer
  const long = new Date(Date.now() - 3 * 86_400_000).toISOString()
  const received = async () => {
    const answer = await fetch(`${origin}/api/v1/view?measures=received&window=24h`)
    return ((await answer.json()) as ViewState).totals[1]!
  }
  const before = await received()
  await city.post({ id: 'wrong' })
  await expect.poll(received).toBe(before + 1)
  await visit(page, await raised(page, 'This was received days ago'))
  const mark = await markOf('wrong')

  await city.post({ id: 'wrong', version: 2, receivedAt: long })
  await visit(secretariat.page, page.url())
  await act(secretariat.page, 'corrections', {
    ticket: `${origin}/tickets/${mark}/wrong`,
    text: 'It came three days ago: the source had its clock wrong.',
  })
  await done(page, 'corrected')
  expect(
    await page.locator('[data-act="flag.corrected"] a', { hasText: 'ticket' }).getAttribute('href'),
  ).toBe(`/tickets/${mark}/wrong`)
  await expect.poll(received).toBe(before)
  await page.reload()
  await page.locator('[data-today=same]', { hasText: '−1, less than then' }).waitFor()
})

test('who answers a flag corrects a ticket itself; it is told there and on the ticket, with what was changed and why', async () => {
  const { page } = observer
  const [hour, zone] = [3_600_000, 'Asia/Shanghai']
  await city.post({ id: 'mended', receivedAt: new Date(Date.now() - 5 * hour).toISOString() })
  const address = `/tickets/${await markOf('mended')}/mended`
  await visit(page, await raised(page, 'This was mended hours ago'))
  const desk = secretariat.page
  await visit(desk, page.url())
  await act(desk, 'correction', {
    ticket: origin + address,
    status: 'closed',
    closedAt: '2020-01-01T10:00',
    reason: 'The crew wrote it down.',
  })
  const form = desk.locator('[data-form=correction]')
  const closedAt = form.locator('[data-field=closedAt]')
  await closedAt.getByRole('alert').filter({ hasText: 'before the ticket was received' }).waitFor()
  expect(await faults(desk)).toEqual([])
  await desk.reload()
  await closedAt.locator('input').fill(localTime(Date.now() - hour, zone))
  expect(await form.locator('[name=status]').inputValue()).toBe('closed')
  await form.locator('[type=submit]').click()

  await done(page, 'corrected')
  const told = page.locator('[data-act="flag.corrected"]')
  await told.getByText('status: from open to closed').waitFor()
  await told.getByText('The crew wrote it down.').waitFor()
  await follow(page, address)
  await page.locator('.standing [data-corrected]').waitFor()
  const entry = page
    .getByRole('listitem')
    .filter({ hasText: 'corrected by the secretariat' })
    .last()
  await entry.getByText('The crew wrote it down.').waitFor()
  expect(await entry.getByRole('link').allTextContents()).toEqual([
    expect.stringMatching(/^for flag \d+$/),
    'Receipt',
  ])
  expect(await faults(page)).toEqual([])

  // On the ticket's own page too, and that its close was taken back.
  expect(await page.locator('[data-panel=correct]').count()).toBe(0)
  await visit(desk, origin + address)
  await desk.getByRole('button', { name: 'State what is otherwise' }).click()
  const own = desk.locator('[data-form=correct]')
  await own.getByRole('button', { name: 'Add a reopening' }).click()
  await own.locator('[name=reason]').fill('The lamp went out again.')
  await own.locator('[type=submit]').click()
  await own.getByText('Each reopening needs both times.').waitFor()
  expect(await faults(desk)).toEqual([])
  await own.locator('[name="reopenings.0.at"]').fill(localTime(Date.now() - hour / 2, zone))
  await own.locator('[type=submit]').click()
  await own.getByText('This contradicts the other values').waitFor()
  // What was begun stands open again.
  await desk.reload()
  await own.locator('[name=status]').selectOption('open')
  await own.locator('[type=submit]').click()
  await page.locator('.standing').getByText('reopened once').waitFor()
})

test('a file is pasted or dropped, and everybody sees it with the flag', async () => {
  const { page } = observer
  await begin(page)
  await write(page, 'Two pictures of it')
  expect(await page.locator('[data-file]').count()).toBe(0)
  for (const [index, [gesture, colour]] of [
    ['paste', '#123'],
    ['drop', '#a52'],
  ].entries()) {
    const file = await sharp({
      create: { width: 30, height: 20, channels: 3, background: colour! },
    }).png()
    const bytes = [...(await file.toBuffer())]
    await page
      .locator(gesture === 'paste' ? '#raise textarea' : '#raise [role=group]')
      .first()
      .evaluate(bring, { gesture: gesture!, bytes })
    await page.locator('[data-file]').nth(index).waitFor()
  }
  await raise(page).click()
  await page.waitForURL(/\/flags\/\d+$/)
  const links = page.locator('[data-panel=said] a[href^="/files/"]')
  await expect.poll(() => links.count()).toBe(2)
})

test('a file that a law wants gone is taken down at the record; where it was is said when and why', async () => {
  const { page } = observer
  const link = page.locator('[data-panel=said] a[href^="/files/"]').first()
  const file = (await link.getAttribute('href'))!
  const desk = secretariat.page
  await visit(desk, `${origin}/records`)
  const record = desk.locator('li', { hasText: 'Two pictures of it' })
  await record.getByRole('button', { name: 'Take down …' }).click()
  const what = record.getByLabel('What', { exact: true })
  await what.selectOption({ index: 1 })
  await record.getByLabel('Ground').selectOption('personal-data')
  await record.getByRole('button', { name: 'Take down', exact: true }).click()

  const year = new Date().getFullYear()
  const why = `taken down \\d+ \\w+ ${year}: protection of personal data`
  const gone = page.locator('[data-panel=said] li', { hasText: new RegExp(why) })
  await gone.waitFor()
  expect(await page.locator(`a[href="${file}"]`).count()).toBe(0)
  expect((await fetch(city.origin + file)).status).toBe(410)
  await desk.locator('li', { hasText: 'File taken down' }).first().waitFor()

  await record.getByRole('button', { name: 'Take down …' }).click()
  await record.getByLabel('Ground').selectOption('court-order')
  await record.getByRole('button', { name: 'Take down', exact: true }).click()
  await page
    .getByText(/This text was taken down on .*: order of a court/)
    .first()
    .waitFor()
  const reader = await chromium.newPage()
  await reader.goto(`${origin}/flags`)
  await reader.getByText(/^taken down .*: order of a court$/).waitFor()
  await reader.close()
})

type Constructor<Made = object> = new (...made: readonly unknown[]) => Made

/** What of an element of a page is used where there are no types of pages. */
interface Place {
  ownerDocument: {
    defaultView: Record<'File' | 'ClipboardEvent' | 'DragEvent' | 'Uint8Array', Constructor> & {
      DataTransfer: Constructor<{ items: { add(file: object): void } }>
    }
  }
  dispatchEvent(event: object): void
}

/** In the page: as a browser does it when somebody pastes or drops a file. */
function bring(place: Place, { gesture, bytes }: { gesture: string; bytes: number[] }) {
  const { DataTransfer, File, ClipboardEvent, DragEvent, Uint8Array } =
    place.ownerDocument.defaultView
  const data = new DataTransfer()
  data.items.add(new File([new Uint8Array(bytes)], `${gesture}.png`, { type: 'image/png' }))
  const told = { bubbles: true, cancelable: true }
  place.dispatchEvent(
    gesture === 'paste'
      ? new ClipboardEvent('paste', { ...told, clipboardData: data })
      : new DragEvent('drop', { ...told, dataTransfer: data }),
  )
}

test('whoever was slower is shown what was done meanwhile, and keeps what was written', async () => {
  const slower = secretariat.page
  const address = await raised(observer.page, 'Two at once')
  await visit(observer.page, address)
  await visit(slower, address)
  await slower.locator('[data-deed=answer]').click()
  await slower.getByRole('textbox', { name: 'Answer' }).fill('A slow answer')
  await act(observer.page, 'notes', { text: 'Something more' })

  await slower.locator('[data-news]').filter({ hasText: 'Note added' }).waitFor()
  expect(await slower.getByRole('button', { name: 'Send answer' }).isDisabled()).toBe(true)
  await slower.getByRole('button', { name: 'I have seen it' }).click()
  await slower.getByRole('button', { name: 'Send answer' }).click()
  await slower.locator('[data-state=answered]').waitFor()
  await slower.getByText('A slow answer').first().waitFor()
})

test('flags are narrowed and read on, and what happens meanwhile moves nothing under the reader', async () => {
  const second = await someone('Nia Okafor', 'observer')
  const many = Array.from({ length: 26 }, (_, index) => `Many of them ${index}`)
  await Promise.all([raised(other.page, ...many), raised(second.page, ...many)])
  const page = await chromium.newPage()
  await page.goto(`${origin}/flags`)
  await page.getByRole('searchbox').fill('Many of them')
  await page.getByRole('searchbox').press('Enter')
  await page.waitForURL(/q=Many/)
  await page.getByLabel('State', { exact: true }).selectOption('open')
  const rows = page.locator('li[data-flag]')
  await expect.poll(() => rows.count()).toBe(50)
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => rows.count()).toBe(52)

  await page.goto(`${origin}/flags?q=Many`)
  await expect.poll(() => rows.count()).toBe(50)
  const third = rows.nth(3)
  await third.scrollIntoViewIfNeeded()
  await page.mouse.wheel(0, 400)
  await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(200)
  const placeOf = () => third.evaluate((row) => row.getBoundingClientRect().top)
  const [before, id] = [await placeOf(), await third.getAttribute('data-flag')]
  const asked: string[] = []
  page.on('request', (request) => request.url().includes('/flags?') && asked.push(request.url()))
  await raised(second.page, ...many.slice(0, 4).map((text) => `${text}, more`))
  await visit(secretariat.page, `${origin}/flags/${id}`)
  await act(secretariat.page, 'acknowledgement')
  await third.getByText('Acknowledged').waitFor()
  await page.getByRole('button', { name: 'Show 4 new flags' }).waitFor()

  expect([await placeOf(), await third.getAttribute('data-flag')]).toEqual([before, id])
  expect(asked.length).toBeLessThan(7)
  await page.getByRole('button', { name: 'Show 4 new flags' }).click()
  await rows.first().getByText('Many of them 3, more').waitFor()

  // What is late says so to everybody, and goes on saying so when it was answered.
  const past = Date.now() - 86_400_000
  await city.sql`update flag set state = jsonb_set(state, '{answering,by}', to_jsonb(${past}::bigint)) where id = ${id}`
  await page.goto(`${origin}/flags?late=true`)
  await rows.getByText('late: the answer was due').waitFor()
  expect(await rows.count()).toBe(1)
  await secretariat.page.reload()
  await secretariat.page.getByText('late: the answer was due').waitFor()
  await act(secretariat.page, 'answer', { text: 'It took us long.' })
  await rows.getByText('the observer may accept or dispute until').waitFor()
  await page.goto(`${origin}/flags/${id}`)
  await page.locator('.standing').getByText('answered late').waitFor()
  await page.locator('[data-act="flag.answered"]').getByText('answered late').waitFor()
  await second.context.close()
  await page.close()
})

/** In a city that has drawn its one area. */
async function drawAreas(page: Page): Promise<void> {
  const ring = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 1],
    [0, 0],
  ]
  const geometry = { type: 'MultiPolygon', coordinates: [[ring]] }
  const area = { type: 'Feature', properties: { code: 'Old Town' }, geometry }
  await page.route('**/api/v1/areas.geojson', (route) =>
    route.fulfill({ json: { type: 'FeatureCollection', features: [area] } }),
  )
  await page.route('**/api/v1/deployment', async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...(await response.json()), map: true } })
  })
}

test('a row, a category, an area on the map, a chart with its picture, a ticket and a group are flagged by one gesture each', async () => {
  const { page } = observer
  await drawAreas(page)
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
  await row.hover()
  await row.locator('[data-flag]').click()
  expect(await seen()).toContain('Water')
  await row.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Flag this number' }).click()
  expect(await seen()).toContain('Water')
  await page.locator('tr[data-code=Leaks] [data-flag]').first().click()
  expect(await seen()).toMatch(/Time to close.*Leaks/)
  for (const measure of ['Received', 'Open', 'Overdue']) {
    const cell = `tr[data-code=Leaks] [data-cell=${measure.toLowerCase()}]`
    await page.locator(cell).locator('[data-flag]').click()
    expect(await seen()).toContain(`${measure}Leaks`)
  }
  const map = page.locator('[data-panel=area]')
  await map.scrollIntoViewIfNeeded()
  await map.locator('.areas [data-flag]').click()
  expect(await seen()).toContain('Old Town')
  await page.unrouteAll()
  await page.locator('[data-panel=flow]:has(canvas) [data-flag]').first().click()
  await evidence.locator('figure img').waitFor()
  const drawn = evidence.locator('img')
  const width = () =>
    drawn.evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth)
  await expect.poll(width).toBeGreaterThan(99)
  expect(await seen()).toContain('As the page drew it')
  const steps = page.locator('[data-panel=flow]')
  await steps.getByRole('button', { name: 'Show as a table' }).click()
  const step = steps.locator('tbody tr').nth(1)
  const [hour] = /\d\d:\d\d/.exec(await step.locator('th').innerText())!
  await step.locator('td').nth(2).locator('[data-flag]').click()
  expect(await seen()).toMatch(new RegExp(`Closed\\d+ \\w+ \\d{4}, ${hour}`))

  await visit(page, `${origin}/tickets?group=agency`)
  await page.locator('tr', { hasText: 'Parks' }).locator('[data-flag]').click()
  expect(await seen()).toMatch(/Parks.*1/)
  await follow(page, '/tickets')
  await page.locator('main a[href^="/tickets/"]').first().click()
  await page.waitForURL(/\/tickets\/./)
  await page.getByRole('grid').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /^Flag: Ticket/ }).click()
  expect(await seen()).toContain('Ticket')
})

test('tickets in lists, the backlog, a member’s week and its targets, both sides of a comparison and one’s own tiles are flagged in their place, by key and on a phone too', async () => {
  const { page } = observer
  const evidence = page.locator('[role=dialog] [data-evidence=shown]')
  const seen = async () => {
    await evidence.waitFor()
    const words = await evidence.textContent()
    await page.keyboard.press('Escape')
    await evidence.waitFor({ state: 'detached' })
    return words
  }
  const flagIn = async (path: string, place: string) => {
    if (new URL(page.url()).pathname !== path) await turnTo(page, path)
    await page.locator(place).locator('[data-flag]').first().click()
    return seen()
  }
  await page.goto(`${origin}/tickets`)
  await page.locator('[role=row][data-key] [data-flag]').first().waitFor()
  await page.getByRole('grid').focus()
  // Behind the heads by which it is sorted.
  for (const key of ['ArrowDown', 'Tab', 'Tab', 'Tab', 'Tab', 'Enter']) {
    await page.keyboard.press(key)
  }
  const second = await page.locator('#ticket-1 [role=rowheader]').textContent()
  expect(await seen()).toContain(`Ticket ${second}`)
  expect(await flagIn('/', '[data-panel=now] ol li')).toContain('Ticket')
  expect(await flagIn('/', '[data-panel=backlog] thead')).toContain('Age of the backlog')
  expect(await flagIn('/agencies/Water', '[data-panel=week] [data-row=closed]')).toMatch(
    /Closed.*Water/,
  )
  expect(await flagIn('/agencies/Water', '[data-panel=targets] [data-category=Leaks]')).toMatch(
    /Time to close.*Leaks/,
  )
  const before = `?a=agency%3AWater&b=previous%3Aagency%3AWater`
  await turnTo(page, `/compare${before}`)
  for (const [place, words] of Object.entries({
    '[data-measure=received] [data-side=b]': /Received.*Water/,
    '[data-panel=backlogs] [data-side=a] thead': /backlog.*Water/,
    '[data-panel=flows] [data-side=a]': /Received.*Water/,
    '[data-panel=categories] [data-code=Leaks]': /(Received|Time to close).*Leaks/,
  }))
    expect(await flagIn('/compare', place), place).toMatch(words)
  expect(await flagIn('/work', '[data-tile=open]')).toContain('Open')

  await page.setViewportSize({ width: 390, height: 844 })
  await turnTo(page, '/tickets')
  await page.locator('[role=row][data-key] [data-flag]').first().click()
  expect(await seen()).toContain('Ticket')
  await page.setViewportSize({ width: 1280, height: 720 })
})

test('the secretariat takes a text down where acts are read, and everybody is told when and on which ground', async () => {
  const { page } = secretariat
  const address = await raised(observer.page, 'She lives in Quay Street 4')
  await visit(page, `${origin}/records`)
  const opened = page.locator('[data-act="flag.opened"]').first()
  await opened.getByText('She lives in Quay Street 4').waitFor()
  await opened.getByRole('button', { name: /^Take .*down …$/ }).click()
  const form = opened.locator('form[data-withhold]')
  const take = form.getByRole('button', { name: 'Take down', exact: true })
  await take.click()
  expect(await form.locator('select:invalid').count()).toBe(1)
  await form.getByLabel('Ground').selectOption({ label: 'protection of personal data' })
  await form.getByLabel(/^Order or document/).fill('DPO-2026-4')
  // What was typed outlives the page.
  await page.reload()
  expect(await form.getByLabel('Ground').inputValue()).toBe('personal-data')

  await page.route('**/withholding', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await take.click()
  await form.getByRole('alert').filter({ hasText: 'send it again' }).waitFor()
  expect(await form.getByLabel(/^Order or document/).inputValue()).toBe('DPO-2026-4')
  await page.unroute('**/withholding')
  await take.click()
  const gone = /^\s*This text was taken down on .*: protection of personal data/
  await opened.getByText(gone).waitFor()
  const withheld = page.locator('[data-act="text.withheld"]')
  await expect.poll(() => withheld.count()).toBe(1)
  expect(await withheld.textContent()).toContain('DPO-2026-4')

  const reader = await chromium.newPage()
  await reader.goto(address)
  await reader.locator('[data-panel=said] blockquote').getByText(gone).waitFor()
  expect(await reader.textContent('body')).not.toContain('Quay Street')
  await reader.close()
})

test('the dialog has no fault that axe finds, in both themes, and fits a phone', async () => {
  const { page } = observer
  await page.setViewportSize({ width: 390, height: 844 })
  await begin(page)
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
  expect(await faultsInBoth(page), 'dialog').toEqual([])
  expect(await dialog(page).locator(':focus').count()).toBe(1)
  await page.keyboard.press('Escape')
  await dialog(page).waitFor({ state: 'detached' })
  await page.setViewportSize({ width: 1280, height: 720 })
})

test('in a city that opened nothing, the secretariat and officials answer what is theirs, and nobody else is told whose it is', async () => {
  const { page } = observer
  const [whole, handed] = [await raised(page, 'All of it'), await raised(page, 'Of the pipes')]
  await tell(secretariat.page, `${handed}/transfer`, { to: 'Water', reason: 'Your pipes.' })
  const { policy } = await currentPolicy(city.db)
  await setPolicy(city.db, { ...policy, opened: [] })
  const opened = async () =>
    ((await (await fetch(`${origin}/api/v1/deployment`)).json()) as Deployment).opened
  await expect.poll(opened).toEqual([])

  await secretariat.page.goto(whole)
  await act(secretariat.page, 'answer', { text: 'The city is on it.' })
  await done(secretariat.page, 'answered')
  await official.page.goto(handed)
  expect(await official.page.locator('.standing').textContent()).toContain('with: Water')
  await act(official.page, 'acknowledgement', {})
  await official.page.locator('[data-state=acknowledged]').waitFor()
  await visit(official.page, whole)
  await official.page.getByText('The city is on it.').waitFor()
  expect(await official.page.locator('[data-deed]').count()).toBe(0)
  await page.goto(handed)
  await page.locator('[data-act="flag.acknowledged"]').waitFor()
  expect(await page.textContent('main')).not.toContain('Water')

  // No record tells whose it is; that it waits is counted all the same.
  const counted = secretariat.page.locator('.me').getByRole('link', { name: /unread/ })
  const before = Number((await counted.count()) && (await counted.textContent()))
  await raised(page, 'One more')
  await expect.poll(() => counted.textContent()).toBe(String(before + 1))
})
