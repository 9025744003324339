import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { create } from 'qrcode'
import { invite } from '../../server/accounts/invite.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { openBrowser } from '../support/browser.ts'
import { withDevice as aDevice } from '../support/device.ts'
import { faults } from '../support/faults.ts'
import { personInSession } from '../support/session.ts'
import { addCookie } from '../support/signed-in.ts'
import { qrPath } from '../../web/design/qr-path.ts'
import { codeOf, nextCodeOf } from '../server/accounts/visitor.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let origin: string

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([
    smallCity({ SIGN_INS_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' }),
    openBrowser(),
  ])
  // Passkeys belong to a name, not to an address.
  origin = city.origin.replace('127.0.0.1', 'localhost')
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

let people = 0
const someone = () => ({ name: 'Inês Cardoso', email: `ines${++people}@example.org`, by: null })

/** A browser of its own, with a device that knows its owner; `asked` are the addresses it asked for. */
async function withDevice(options?: { isUserVerified: boolean }) {
  const { page, context } = await aDevice(chromium.browser, options)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  return { page, context, asked }
}

const who = (page: Page) => page.locator('[data-account]')
/** At the door of the account, the newest first. */
const happened = (page: Page) => page.locator('[data-panel=events] li b').allTextContents()
const press = (page: Page, name: string) => page.getByRole('button', { name }).click()

test('an invited person makes a passkey, signs out, and signs in with it', async () => {
  const { token } = await invite(city.db, someone())
  const { page, context, asked } = await withDevice()
  await page.goto(`${origin}/welcome#${token}`)
  await page.getByText('Inês Cardoso, choose how you sign in.').waitFor()
  await press(page, 'Make a passkey')
  await who(page).filter({ hasText: 'Inês Cardoso' }).waitFor()

  await who(page).click()
  await page.getByRole('menuitem', { name: 'Your account' }).click()
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor()
  await expect.poll(() => happened(page)).toEqual(['Signed in by passkey', 'Invitation used'])
  await press(page, 'Sign out')
  await page.waitForURL(`${origin}/sign-in`)
  await press(page, 'Sign in with a passkey')
  await who(page).filter({ hasText: 'Inês Cardoso' }).waitFor()
  expect(asked.filter((url) => url.includes(token))).toEqual([])
  await context.close()
})

test('a device that did not ask who holds it lets nobody in', async () => {
  const { token } = await invite(city.db, someone())
  const { page, context } = await withDevice({ isUserVerified: false })
  await page.goto(`${origin}/welcome#${token}`)
  await press(page, 'Make a passkey')
  await page.getByRole('alert').filter({ hasText: 'passkey' }).waitFor()
  expect(await who(page).getAttribute('data-account')).toBe('none')
  await context.close()
})

test('a password needs the code of an app before anything can be done with it', async () => {
  const person = someone()
  const { token } = await invite(city.db, person)
  const { page, context } = await withDevice()
  await page.goto(`${origin}/welcome#${token}`)
  await page.getByLabel('New password').fill('lanterns on the quay')
  await press(page, 'Continue')
  const uri = (await page.getByRole('link', { name: 'Open in an app' }).getAttribute('href'))!
  const drawn = page.getByRole('img', { name: 'QR code for the authenticator app' }).locator('path')
  expect(await drawn.getAttribute('d')).toBe(qrPath(create(uri).modules).d)
  expect(await faults(page)).toEqual([])
  const code = page.getByRole('textbox', { name: 'Code' })
  await code.fill(codeOf(uri, Date.now() + 3_600_000))
  await press(page, 'Confirm')
  await page.getByText('This code does not count. Take the newest one.').waitFor()
  expect(await code.getAttribute('aria-invalid')).toBe('true')
  await code.fill(codeOf(uri))
  await press(page, 'Confirm')
  await who(page).filter({ hasText: person.name }).waitFor()
  await page.goto(`${origin}/account`)
  await press(page, 'Sign out')

  await page.getByLabel('E-mail address').fill(person.email)
  await page.getByLabel('Password').fill('not this one')
  await press(page, 'Continue')
  await page.getByText('This e-mail address and this password do not belong together.').waitFor()
  expect(await page.getByLabel('E-mail address').inputValue()).toBe(person.email)
  await page.getByLabel('Password').fill('lanterns on the quay')
  await press(page, 'Continue')
  const asked = page.getByRole('textbox', { name: 'Code' })
  const signIn = page.locator('form').getByRole('button', { name: 'Sign in', exact: true })
  await asked.fill(codeOf(uri, Date.now() + 3_600_000))
  await signIn.click()
  await page.getByText('This code does not count. Take the newest one.').waitFor()
  expect(await asked.getAttribute('aria-invalid')).toBe('true')
  await asked.fill(nextCodeOf(uri))
  await signIn.click()
  await who(page).filter({ hasText: person.name }).waitFor()
  // Had it been a stranger, the owner would see it.
  await page.goto(`${origin}/account`)
  await expect
    .poll(async () => (await happened(page)).slice(0, 5))
    .toEqual([
      'Signed in by password and code',
      'Refused: wrong code after the right password',
      'Password right, code still to come',
      'Refused: wrong password',
      'Signed out',
    ])
  expect(await faults(page)).toEqual([])
  await context.close()
})

test('a session that is ended in another browser is out, alone or with all others', async () => {
  const person = someone()
  const { token } = await invite(city.db, person)
  const { page, context } = await withDevice()
  await page.goto(`${origin}/welcome#${token}`)
  await press(page, 'Make a passkey')
  await who(page).filter({ hasText: person.name }).waitFor()
  // Sessions with the same passkey, in the same browser without the first one's cookie.
  const cookies = await context.cookies()
  const signInAnew = async () => {
    await context.clearCookies()
    await page.goto(`${origin}/sign-in`)
    await press(page, 'Sign in with a passkey')
    await who(page).filter({ hasText: person.name }).waitFor()
  }
  for (let time = 0; time < 3; time++) await signInAnew()
  await page.goto(`${origin}/account`)
  const others = page.locator('[data-session=other]')
  await expect.poll(() => others.count()).toBe(3)
  await others.last().getByRole('button').click()
  await expect.poll(() => others.count()).toBe(2)
  await press(page, 'End all others')
  await expect.poll(() => others.count()).toBe(0)
  await page.locator('[data-session=this]').waitFor()

  // What was typed about oneself outlives the session, and what is wrong is said beside its field.
  const profile = page.locator('[data-form=profile]')
  const name = profile.getByLabel('Name')
  const save = () => profile.getByRole('button', { name: 'Save' }).click()
  await name.fill('Ada Brandt of the harbour')
  await context.clearCookies()
  await save()
  await page.getByRole('alert').filter({ hasText: 'You are signed out.' }).waitFor()
  await signInAnew()
  await page.goto(`${origin}/account`)
  await name.waitFor()
  expect(await name.inputValue()).toBe('Ada Brandt of the harbour')
  await name.fill(' ')
  await save()
  await expect.poll(() => name.getAttribute('aria-invalid')).toBe('true')

  await context.clearCookies()
  await context.addCookies(cookies)
  await page.goto(`${origin}/account`)
  await page.getByText('You are not signed in.').waitFor()
  await context.close()
})

test('who only watches is warned, signed out kindly, and comes back to what they typed', async () => {
  const { token, personId } = await invite(city.db, someone())
  await appointFirst(city.db, personId)
  const { page, context } = await withDevice()
  await page.clock.install()
  await page.goto(`${origin}/welcome#${token}`)
  await press(page, 'Make a passkey')
  await who(page).filter({ hasText: 'Inês Cardoso' }).waitFor()
  await page.goto(`${origin}/work`)
  await press(page, 'Invite somebody')
  await page.getByLabel('Name', { exact: true }).fill('Aki Sato')
  await page.clock.fastForward('28:30')
  const warning = page.getByText('Nobody has touched this page for a while.')
  await warning.waitFor()
  expect(await faults(page)).toEqual([])
  await press(page, 'Stay signed in')
  await warning.waitFor({ state: 'detached' })

  await page.clock.fastForward('31:00')
  const said = page
    .getByRole('listitem')
    .filter({ hasText: 'You were signed out after 30 minutes' })
  await said.getByRole('button', { name: 'Sign in' }).click()
  await press(page, 'Sign in with a passkey')
  await page.waitForURL(`${origin}/work`)
  await press(page, 'Invite somebody')
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Aki Sato')
  await context.close()
})

test('one click signs in as somebody of the demonstration, which asks for nothing', async () => {
  const context = await chromium.browser.newContext({ locale: 'en-GB' })
  const page = await context.newPage()
  const cookie = await personInSession(city.db, { id: 'demo-streets', name: 'Shao Yuheng' })
  // To found the demonstration takes longer than all of these tests: what it answers is asked of the server elsewhere.
  await page.route('**/api/v1/account', async (route) => {
    const response = await route.fetch()
    const demo = [{ who: 'streets', name: 'Shao Yuheng', about: { en: 'Official of streets' } }]
    await route.fulfill({ response, json: { ...((await response.json()) as object), demo } })
  })
  const asked: unknown[] = []
  await page.route('**/api/v1/account/sign-in/demo', async (route) => {
    asked.push(route.request().postDataJSON())
    await addCookie(context, { cookie, origin })
    await route.fulfill({ json: {} })
  })
  await page.goto(`${origin}/sign-in`)
  await press(page, 'Shao Yuheng')
  await who(page).filter({ hasText: 'Shao Yuheng' }).waitFor()
  expect(asked).toEqual([{ who: 'streets' }])
  await context.close()
})

test('an invitation that does not count says what to do', async () => {
  const page = await chromium.newPage()
  await page.goto(`${origin}/welcome#nothing`)
  await page.getByText('Ask the secretariat for a new one.').waitFor()
  await page.close()
})
