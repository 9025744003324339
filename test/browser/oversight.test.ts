import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { withDevice } from '../support/device.ts'
import { mortalCity } from './city.ts'

let city: Awaited<ReturnType<typeof mortalCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let origin: string
let secretariat: Page

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([
    mortalCity({ SIGN_INS_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' }),
    openBrowser(),
  ])
  // Passkeys belong to a name, not to an address.
  origin = city.origin.replace('127.0.0.1', 'localhost')
  await city.post({ id: 'a', agency: 'PWD', area: 'Old' }, { id: 'b', agency: 'PWD', area: 'Old' })
  secretariat = await comeFirst('Inês Cardoso')
  await workOf(secretariat)
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const signedIn = (page: Page, name: string) =>
  page.locator('[data-account=in]').filter({ hasText: name }).waitFor()
const workOf = (page: Page) =>
  page.getByRole('banner').getByRole('link', { name: 'Work', exact: true }).click()
const act = (page: Page, kind: string) => page.locator(`[data-act="flag.${kind}"]`)

/** Somebody opens the link they were handed in a browser of their own, and makes a passkey. */
async function come(name: string, link: string): Promise<Page> {
  const { page } = await withDevice(chromium.browser)
  await page.goto(link)
  await press(page, 'Make a passkey')
  await signedIn(page, name)
  return page
}

/** The link that the server printed when it was first started makes the account of the secretariat. */
async function comeFirst(name: string): Promise<Page> {
  const { page } = await withDevice(chromium.browser)
  await page.goto(/http\S+\/welcome#\S+/.exec(city.said())![0])
  await page.getByLabel('Name').fill(name)
  await page.getByLabel('E-mail address').fill('ines@example.org')
  await press(page, 'Continue')
  await press(page, 'Make a passkey')
  await signedIn(page, name)
  return page
}

/** The secretariat invites somebody and appoints them for PWD; answers the link that is handed over. */
async function appoint(name: string, role: string): Promise<string> {
  const page = secretariat
  await press(page, 'Invite somebody')
  const invitation = page.locator('[data-form=invite]')
  await invitation.getByLabel('Name').fill(name)
  await invitation.getByLabel('E-mail address').fill(`${name.split(' ')[0]}@example.org`)
  await invitation.getByRole('button', { name: 'Invite somebody' }).click()
  const handed = page.locator('[data-panel=people] p').filter({ hasText: `lets ${name} in` })
  const link = await handed.locator('code').innerText()

  await press(page, 'Appoint')
  const form = page.locator('[data-form=appoint]')
  await form.getByLabel('Person').selectOption({ label: name })
  await form.getByLabel('As', { exact: true }).selectOption({ label: role })
  // Nobody answers for all agencies without meaning it.
  const some = form.getByRole('group', { name: 'Agencies' }).getByLabel('Some')
  expect(await some.isChecked()).toBe(role === 'Official')
  await form.getByLabel('Title').fill(`${role} of public works`)
  await form.getByLabel('Appointing body').fill('City Council')
  await form.getByLabel('Document number').fill('CC-2026-18')
  await form.getByLabel(/^Until/).fill('2099-12-31')
  await choose(page, 'Agencies', 'PWD')
  await form.getByRole('button', { name: 'Appoint', exact: true }).click()
  await page.locator('[data-appointment]').filter({ hasText: name }).getByText('current').waitFor()
  return link
}

/** Some members rather than all: one of them, found by its name. */
async function choose(page: Page, group: string, member: string): Promise<void> {
  const members = page.getByRole('group', { name: group }).first()
  await members.getByLabel('Some').check()
  await members.getByRole('combobox').pressSequentially(member)
  await page.getByRole('listbox').getByRole('option', { name: member }).click()
  await members.getByRole('button', { name: `Take off: ${member}` }).waitFor()
}

async function signInAgain(page: Page, name: string): Promise<void> {
  await page.locator('[data-account=in]').click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.waitForURL(`${origin}/sign-in`)
  await press(page, 'Sign in with a passkey')
  await signedIn(page, name)
}

test('an observer who came by passkey flags a moving number; it is answered live, disputed, settled and public; revoked, they are out within 5 s', async () => {
  const links = [
    await appoint('Olga Brandt', 'Official'),
    await appoint('Mei Tanabe', 'Observer'),
  ] as const
  const [official, observer] = await Promise.all([
    come('Olga Brandt', links[0]),
    come('Mei Tanabe', links[1]),
  ])
  await Promise.all([
    official.goto(`${origin}/work?list=answers`),
    signInAgain(observer, 'Mei Tanabe'),
  ])
  await official.getByText('Nothing waits for an answer.').first().waitFor()

  // The number moves on the board, and goes on while the flag on it is written.
  await observer.goto(`${origin}/agencies/PWD`)
  const tile = observer.locator('[data-measure=received]')
  await expect.poll(() => tile.locator('.value').first().innerText()).toBe('2')
  await city.post({ id: 'c', agency: 'PWD', area: 'Old' })
  await expect.poll(() => tile.locator('.value').first().innerText()).toBe('3')
  await tile.locator('[data-flag]').click()
  await observer.locator('[data-evidence=shown]').waitFor()
  await city.post({ id: 'd', agency: 'PWD', area: 'Old' })
  await observer.getByRole('radio', { name: 'Slow' }).check()
  await observer.getByRole('textbox', { name: 'What did you see?' }).fill('旧城的路灯坏了两周。')
  await press(observer, 'Raise flag')
  await observer.waitForURL(/\/flags\/\d+$/)
  const [address, id] = [observer.url(), observer.url().split('/').at(-1)!]
  expect(await observer.locator('[data-evidence=shown] .value').first().innerText()).toBe('3')

  const waiting = official.locator(`[data-flag="${id}"]`)
  await waiting.getByText('旧城的路灯').waitFor()
  await waiting.getByRole('checkbox').check()
  await official.getByLabel('Answer', { exact: true }).fill('A crew comes tonight.')
  await press(official, 'Answer 1 flag')

  await act(observer, 'answered').getByText('A crew comes tonight.').waitFor()
  await press(observer, 'Dispute the answer')
  await observer.getByLabel('Reason').fill('Nobody came.')
  await press(observer, 'Dispute')
  await act(observer, 'disputed').waitFor()

  await secretariat.locator(`[data-panel=owed] [data-owed="flag:${id}"] a`).click()
  await press(secretariat, 'Settle')
  const settlement = secretariat.locator('[data-form=settlement]')
  await settlement.getByRole('radio', { name: 'for the observer' }).check()
  await settlement.getByLabel('The secretariat’s word').fill('The lights are to be lit.')
  await settlement.getByRole('button', { name: 'Settle' }).click()
  await act(observer, 'settled').getByText('The lights are to be lit.').waitFor()

  const visitor = await chromium.newPage()
  await visitor.goto(address)
  for (const [kind, words] of [
    ['answered', 'A crew comes tonight.'],
    ['disputed', 'Nobody came.'],
    ['settled', 'The lights are to be lit.'],
  ] as const) {
    await act(visitor, kind).getByText(words).waitFor()
  }
  await visitor.getByText('旧城的路灯坏了两周。').first().waitFor()
  await visitor.goto(`${origin}/records`)
  await visitor.getByText('The lights are to be lit.').first().waitFor()
  expect(await visitor.locator('[data-account]').getAttribute('data-account')).toBe('none')

  await workOf(secretariat)
  const row = secretariat.locator('[data-appointment]').filter({ hasText: 'Mei Tanabe' })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await row.getByLabel('Reason').fill('She asked for it.')
  await observer.goto(`${origin}/agencies/PWD`)
  await tile.locator('[data-flag]').waitFor()
  await row.locator('form').getByRole('button', { name: 'Revoke' }).click()
  const out = observer.getByText('Your appointment has ended.')
  await out.waitFor({ timeout: 5000 })
  await tile.locator('[data-flag]').waitFor({ state: 'detached' })
  await row.getByText('revoked', { exact: true }).waitFor()
}, 120_000)

const rowOf = (name: string) => secretariat.locator('[data-appointment]').filter({ hasText: name })

/** Opens the form of a decision on somebody's appointment, and answers it. */
async function decide(name: string, decision: string) {
  await rowOf(name).locator('.tools').getByRole('button', { name: decision }).click()
  const form = rowOf(name).locator('form')
  return { form, send: () => form.getByRole('button', { name: decision, exact: true }).click() }
}

test('the secretariat renews, suspends and resumes a term, and lets somebody in who lost every way', async () => {
  const link = await appoint('Rui Tanaka', 'Observer')
  const renewal = await decide('Rui Tanaka', 'Renew')
  await renewal.form.getByLabel('Document number').fill('CC-2027-3')
  await renewal.form.getByLabel('Reason').fill('The works go on.')
  await renewal.form.getByLabel('Until').fill('2099-06-30')
  await renewal.send()
  expect(await renewal.form.locator('input:invalid').count()).toBe(1)
  await renewal.form.getByLabel('Until').fill('2100-12-31')
  await renewal.send()
  await rowOf('Rui Tanaka').getByText('31 Dec 2100').waitFor()

  const suspension = await decide('Rui Tanaka', 'Suspend')
  await suspension.form.getByLabel('Reason').fill('A question of')
  // What was typed outlives the page.
  await secretariat.reload()
  expect(await suspension.form.getByLabel('Reason').inputValue()).toBe('A question of')
  await suspension.form.getByLabel('Reason').fill('A question of bias.')
  await suspension.send()
  await rowOf('Rui Tanaka').getByText('suspended', { exact: true }).waitFor()
  const resumption = await decide('Rui Tanaka', 'Resume')
  await resumption.form.getByLabel('Reason').fill('It was answered.')
  await resumption.send()
  await rowOf('Rui Tanaka').getByText('current', { exact: true }).waitFor()

  const own = rowOf('Inês Cardoso')
  expect(await own.getByRole('button').count()).toBe(0)

  const rui = await come('Rui Tanaka', link)
  // By which name everybody is told of them is theirs to choose.
  await rui.goto(`${origin}/work`)
  const naming = rui.locator('[data-form=name]')
  await naming.getByLabel('Name, or pseudonym').fill('Heron')
  await naming.getByLabel('It is a pseudonym').check()
  await rui.reload()
  expect(await naming.getByLabel('Name, or pseudonym').inputValue()).toBe('Heron')
  await naming.getByRole('button', { name: 'Choose this name' }).click()
  await naming.getByText('You chose it.').waitFor()
  await secretariat.getByRole('button', { name: 'Renew access Rui Tanaka' }).click()
  const handed = secretariat.locator('[data-panel=people] p').filter({ hasText: 'Rui Tanaka' })
  const anew = await handed.locator('code').first().innerText()
  const again = await come('Rui Tanaka', anew)
  // Whoever has the old ways in is out.
  await rui.goto(`${origin}/account`)
  await rui.getByText('You are not signed in.').waitFor()
  await again.goto(`${origin}/observers`)
  await again.getByRole('link', { name: 'Heron' }).waitFor()
  expect(await again.locator('main').getByText('Rui Tanaka').count()).toBe(0)
  await again.getByRole('link', { name: 'Heron' }).click()
  await again.getByText('chosen by the observer').waitFor()
  for (const done of ['Appointed', 'Renewed', 'Suspended', 'Resumed', 'Name chosen']) {
    await again.locator('section li').getByText(done, { exact: true }).waitFor()
  }
  // Who came in as them, and by which link.
  await secretariat.getByRole('button', { name: 'Sign-ins Rui Tanaka' }).click()
  const signIns = secretariat.locator('[data-panel=people] [data-event]')
  await signIns.filter({ hasText: 'Link for renewed access used' }).waitFor()
  // Whoever is signed in as them anywhere is out, by the secretariat’s act.
  await secretariat.getByRole('button', { name: 'Sign out everywhere Rui Tanaka' }).click()
  await secretariat.getByText('Rui Tanaka is signed out everywhere.').waitFor()
  await again.goto(`${origin}/account`)
  await again.getByText('You are not signed in.').waitFor()
}, 60_000)
