import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { bodyOf } from '../server/accounts/visitor.ts'
import { appointing } from '../support/asker.ts'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { smallPng } from '../support/hostile-files.ts'
import { personInSession } from '../support/session.ts'
import { addCookie } from '../support/signed-in.ts'
import { smallCity } from './city.ts'
import { visit } from './follow.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let people: Record<'ines' | 'olga' | 'mei', Person>

/** What a route of an act answers, as far as a test reads it. */
interface Said {
  flag?: { id: number }
  suggestion?: { id: number }
}

interface View {
  at: readonly [number, number]
  columns: readonly { id: string }[]
  totals: readonly (number | null)[]
}

interface Life {
  flag: { answer: object | null }
}

type Person = Awaited<ReturnType<typeof signedIn>>

const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString()

/** Closed, and judged by the citizen. */
const surveyed = (id: string, satisfaction: number, rest: object = {}) => ({
  ...{ id, status: 'closed', closeReason: 'resolved', receivedAt: hours(-30) },
  ...{ respondedAt: hours(-29), dueAt: hours(10), closedAt: hours(-2) },
  survey: { at: hours(-1), resolved: satisfaction > 3, satisfaction },
  ...rest,
})

/** In the 24 hours before the last. */
const theDayBefore = {
  ...{ receivedAt: hours(-60), respondedAt: hours(-59), dueAt: hours(-20) },
  ...{ closedAt: hours(-31), survey: { at: hours(-30), resolved: true, satisfaction: 5 } },
}

/** Somebody who is signed in, and what they do. */
async function signedIn(name: string) {
  const id = name.toLowerCase()
  const cookie = await personInSession(city.db, { id, name })

  async function act(path: string, body: object) {
    const answer = await fetch(`${city.origin}/api/v1/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...{ cookie, origin: city.origin },
      },
      body: JSON.stringify(body),
    })
    const said = (await answer.json()) as Said
    if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(said)}`)
    return said
  }
  return { id, act, cookie, context: await browserOf(cookie) }
}

/** A browser in which somebody is signed in. */
async function browserOf(cookie: string, locale = 'en'): Promise<BrowserContext> {
  const viewport = { width: 1440, height: 900 }
  const context = await chromium.browser.newContext({ viewport, colorScheme: 'light', locale })
  await addCookie(context, { cookie, origin: city.origin })
  return context
}

/** Opens a flag on the number of tickets that came in for Water, or for whom they are narrowed to. */
async function flag(text: string, filters: { agency?: string[] } = { agency: ['Water'] }) {
  const narrowed = filters.agency ? `&agency=${filters.agency.join()}` : ''
  const asked = `measures=received&window=24h${narrowed}`
  const view: View = await bodyOf(fetch(`${city.origin}/api/v1/view?${asked}`))
  const value = view.totals[view.columns.findIndex(({ id }) => id === 'received')]
  const question = { measures: ['received'], window: '24h', filters }
  const claim = { kind: 'number', question, measure: 'received', at: view.at, saw: { value } }
  const said = await people.mei.act('flags', { claim, kind: 'slow', text, language: 'en' })
  return said.flag!.id
}

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([
    smallCity({ SIGN_INS_PER_MINUTE: '0', REQUESTS_PER_MINUTE: '0' }),
    openBrowser(),
  ])
  await city.post(
    { id: 'soon', dueAt: hours(1), respondedAt: hours(-0.001) },
    { id: 'over', receivedAt: hours(-50), dueAt: hours(-20), respondedAt: hours(-40) },
    { id: 'theirs', agency: 'Parks', dueAt: hours(1) },
    ...[5, 2, 4].map((satisfaction, n) => surveyed(`asked-${n}`, satisfaction)),
    surveyed('asked-elsewhere', 1, { agency: 'Parks' }),
    ...[1, 2].map((n) => surveyed(`asked-before-${n}`, 5, theDayBefore)),
  )
  // No form knows an agency before the server does.
  const water = `${city.origin}/api/v1/view?measures=received&window=24h&agency=Water`
  await vi.waitUntil(async () => (await fetch(water)).ok, { timeout: 30_000 })
  const [ines, olga, mei] = [await signedIn('Ines'), await signedIn('Olga'), await signedIn('Mei')]
  people = { ines, olga, mei }
  await appointFirst(city.db, ines.id)
  const jurisdiction = { agencies: ['Water'], areas: null, categories: null }
  const named = (id: string, name: string, rest: object) => appointing(id, { name, ...rest })
  await ines.act('appointments', named(olga.id, 'Olga Brandt', { role: 'official', jurisdiction }))
  await ines.act('appointments', named(mei.id, 'Mei Tanaka', {}))
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** The one page of somebody, turned to their workspace anew: another load would cost most of a test. */
async function workOf(who: keyof typeof people, path = '/work'): Promise<Page> {
  const { context } = people[who]
  const page = context.pages()[0] ?? (await context.newPage())
  await visit(page, city.origin + path)
  return page
}

const text = (page: Page, selector: string) => page.locator(selector).first().innerText()

test('an official sees what falls due for their agency, and a ticket that comes in meanwhile', async () => {
  const page = await workOf('olga')
  await page.locator('[data-list=breach] [data-code]').waitFor()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Water')
  expect(await page.locator('[data-list=breach] [data-code]').count()).toBe(1)
  expect(await text(page, '[data-list=breach] [data-code]')).toContain('soon')
  expect(await text(page, '[data-list=overdue] [data-code]')).toContain('over')

  await city.post({ id: 'sooner', dueAt: hours(0.2), respondedAt: hours(-0.001) })
  await expect.poll(() => text(page, '[data-list=breach] [data-code]')).toContain('sooner')
  expect(await page.locator('nav [aria-current] .value').last().innerText()).toBe('2')
})

test('an official sees what citizens say of their own agency, which nobody else is told', async () => {
  const page = await workOf('olga')
  const rate = page.locator('[data-rate=satisfactionRate]')
  await rate.locator('.number').waitFor()
  expect(await rate.locator('.number').innerText()).toBe('66.7%')
  expect(await rate.innerText()).toContain('2 of 3 who answered')
  expect(await text(page, '[data-rate=resolutionConfirmed] .number')).toBe('66.7%')
  // What moved it, since the day on which both were content.
  expect(await rate.locator('.movers').innerText()).toMatch(/Leaks.*33\.3/)

  const mine = await workOf('mei')
  await mine.locator('[data-tile=satisfactionRate] .n').waitFor()
  expect(await text(mine, '[data-tile=satisfactionRate]')).toContain('2 of 4')
})

test('what is read stays in its place until the reader lets go', async () => {
  const page = await workOf('olga')
  const rows = page.locator('[data-list=breach] [data-code]')
  await rows.first().waitFor()
  const before = await rows.allInnerTexts()
  await rows.first().locator('a').first().focus()
  await city.post({ id: 'next', dueAt: hours(0.1), respondedAt: hours(-0.001) })
  await page.getByRole('button', { name: 'Others have come' }).waitFor()
  expect((await rows.allInnerTexts()).length).toBe(before.length)
  await page.getByRole('button', { name: 'Others have come' }).click()
  await expect.poll(() => rows.first().innerText()).toContain('next')
})

test('an official answers several flags at once, and the observer says their word', async () => {
  const ids = [await flag('The number is of last week.'), await flag('It is still dripping.')]
  const mine = await workOf('mei')
  for (const id of ids)
    await mine.locator(`[data-panel=upcoming] [data-owed="flag:${id}"]`).waitFor()
  // What happens from here on is new since the last look.
  await mine.reload()
  await mine.locator('[data-panel=changes] [data-act]').first().waitFor()
  expect(await mine.locator('[data-panel=changes] [data-act].new').count()).toBe(0)
  const page = await workOf('olga', '/work?list=answers')
  for (const id of ids) await page.locator(`[data-flag="${id}"] input`).check()
  await page.getByLabel('Answer', { exact: true }).fill('A crew was there this morning.')
  await page.reload()
  const answer = page.getByLabel('Answer', { exact: true })
  await expect.poll(() => answer.inputValue()).toContain('A crew')
  const many = page.locator('[data-panel=many]')
  await many.getByLabel('Links').fill('/tickets\n\n By-law 12 ')
  const pump = { name: 'pump.png', mimeType: 'image/png', buffer: smallPng() }
  await many.getByLabel('Files').setInputFiles(pump)
  await many.getByRole('link', { name: 'pump.png' }).waitFor()
  await page.getByRole('button', { name: 'Answer 2 flags', exact: true }).click()
  await page.getByText('2 of 2 were answered.').waitFor()
  for (const id of ids) {
    const told: Life = await bodyOf(fetch(`${city.origin}/api/v1/flags/${id}`))
    expect(told.flag.answer).toMatchObject({
      links: ['/tickets', { kind: 'rule', to: 'By-law 12' }],
      attachments: [expect.stringMatching(/^[0-9a-f]{64}$/)],
    })
  }
  // How the agency answers is read anew, on the page that was open all the while.
  await page.locator('[data-panel=answers] dd', { hasText: '2 of 2' }).first().waitFor()
  await mine
    .locator(`[data-panel=upcoming] [data-owed="flag:${ids[0]}"]`)
    .waitFor({ state: 'detached' })
  await mine.locator('[data-panel=changes] [data-act].new').first().waitFor()
  await mine.locator(`[data-word="${ids[0]}"]`).getByRole('button', { name: 'Accept' }).click()
  await mine.locator(`[data-word="${ids[0]}"]`).waitFor({ state: 'detached' })
  const second = mine.locator(`[data-word="${ids[1]}"]`)
  await second.getByRole('button', { name: 'Dispute' }).click()
  await second.getByLabel('Why the answer does not do').fill('It drips again.')
  await second.getByRole('button', { name: 'Dispute' }).click()
  await second.waitFor({ state: 'detached' })
  expect(await text(mine, `[data-own="flag:${ids[1]}"]`)).toContain('disputed')

  const desk = await workOf('ines')
  await desk.locator(`[data-panel=owed] [data-owed="flag:${ids[1]}"]`).waitFor()
})

test('an observer of several jurisdictions looks at each, and an official of every agency sees how each answers', async () => {
  const rosa = await signedIn('Rosa')
  const anywhere = { agencies: null, areas: null, categories: null }
  const jurisdictions = { Water: { agencies: ['Water'] }, 'Old Town': { areas: ['Old Town'] } }
  for (const limits of Object.values(jurisdictions)) {
    const jurisdiction = { ...anywhere, ...limits }
    await people.ines.act('appointments', appointing(rosa.id, { name: 'Rosa Salim', jurisdiction }))
  }
  const everywhere = { name: 'Rosa Salim', role: 'official' as const }
  await people.ines.act('appointments', appointing(rosa.id, everywhere))
  const page = await rosa.context.newPage()
  await page.goto(`${city.origin}/work`)
  await page.locator('[data-panel=answers] h3', { hasText: 'Water' }).waitFor()
  expect(await page.locator('[data-panel=answers] h3').count()).toBe(1)
  const id = await flag('The number leaves out the night.')
  for (const where of Object.keys(jurisdictions)) {
    await page.getByRole('button', { name: `Observer: ${where}` }).click()
    await page.getByText(`Your jurisdiction: ${where}`).waitFor()
    const board = page.locator('[data-panel=mine] a', { hasText: 'board' })
    expect(await board.getAttribute('href')).toContain(where.split(' ')[0])
    // It lies in no area: it is every one's.
    const changes = page.locator('[data-panel=changes]')
    await changes.getByRole('link', { name: new RegExp(`^Flag ${id}:`) }).waitFor()
  }
  // An official of every agency says whose template it is.
  await visit(page, `${city.origin}/work?list=answers`)
  const panel = page.locator('[data-panel=templates]')
  await panel.getByRole('button', { name: 'Write a template' }).click()
  await panel.getByLabel('Name').fill('Parks alone')
  await panel.getByLabel('Agency').selectOption('Parks')
  await panel.getByLabel('Answer', { exact: true }).fill('The gardeners come.')
  await panel.getByRole('button', { name: 'Save' }).click()
  await panel.getByText('The gardeners come.').waitFor()
  await rosa.context.close()
})

test('one answer that is refused holds back no other, and says why', async () => {
  const ids = [await flag('One.'), await flag('Another.')]
  const page = await workOf('olga', '/work?list=answers')
  for (const id of ids) await page.locator(`[data-flag="${id}"] input`).check()
  await page.getByLabel('Answer', { exact: true }).fill('Done.')
  await people.mei.act(`flags/${ids[0]}/withdrawal`, { reason: 'I was wrong.' })
  await page.getByRole('button', { name: 'Answer 2 flags', exact: true }).click()
  await page.getByText('1 of 2 were answered.').waitFor()
  expect(await text(page, '[data-outcome="409"]')).toContain(`Flag ${ids[0]}`)
})

test('a template is written, revised, used for an answer, and retired', async () => {
  const id = await flag('The pump is silent.')
  const page = await workOf('olga', '/work?list=answers')
  const panel = page.locator('[data-panel=templates]')
  await panel.getByRole('button', { name: 'Write a template' }).click()
  await panel.getByLabel('Name').fill('Crew')
  await panel.getByLabel('Answer', { exact: true }).fill('A crew comes.')
  // Also where the server has too much to do when it is asked who is there.
  const refused = { status: 429, json: { code: 'too-often', error: 'Later.' } }
  await page.route('**/api/v1/account', (route) => route.fulfill(refused), { times: 1 })
  await page.reload()
  expect(await panel.getByLabel('Name').inputValue()).toBe('Crew')
  await panel.getByRole('button', { name: 'Save' }).click()
  const row = panel.locator('[data-template]')
  await row.getByRole('button', { name: 'Revise Crew' }).click()
  await panel.getByLabel('Answer', { exact: true }).fill('A crew comes tomorrow.')
  await panel.getByRole('button', { name: 'Save' }).click()
  await row.getByText('A crew comes tomorrow.').waitFor()

  const many = page.locator('[data-panel=many]')
  await many.getByLabel('Template').selectOption({ label: 'Crew' })
  expect(await many.getByLabel('Answer', { exact: true }).inputValue()).toBe(
    'A crew comes tomorrow.',
  )
  await page.locator(`[data-flag="${id}"] input`).check()
  await many.getByRole('button', { name: 'Answer 1 flag', exact: true }).click()
  await page.getByText('1 of 1 were answered.').waitFor()

  // A colleague was faster: what was typed stays, and goes on top of it.
  const template = Number(await row.getAttribute('data-template'))
  const theirs = { name: 'Crew', text: 'A crew came.', done: '', language: 'en', version: 2 }
  await row.getByRole('button', { name: 'Revise Crew' }).click()
  await panel.getByLabel('Answer', { exact: true }).fill('A crew comes on Monday.')
  await people.olga.act(`templates/${template}/revision`, theirs)
  await panel.getByRole('button', { name: 'Save' }).click()
  await panel.getByText('What you wrote is kept').waitFor()
  await row.getByText('A crew came.').waitFor()
  expect(await panel.getByLabel('Answer', { exact: true }).inputValue()).toContain('Monday')
  await panel.getByRole('button', { name: 'Save' }).click()
  await row.getByText('A crew comes on Monday.').waitFor()
  await row.getByRole('button', { name: 'Retire Crew' }).click()
  await row.waitFor({ state: 'detached' })
})

test('a suggestion to an agency is reviewed, decided and said to be implemented beside its flags, by the one it waits for', async () => {
  const suggest = async (agency: string | null, title: string) => {
    const form = {
      ...{ target: 'service', title, text: 'Paint it.', why: 'It rusts.', language: 'en' },
      ...{ agency, area: null, category: null, claims: [], evidence: [] },
    }
    return (await people.mei.act('suggestions', form)).suggestion!.id
  }
  const [id, general] = [await suggest('Water', 'Paint the pumps'), await suggest(null, 'One form')]
  const page = await workOf('olga', '/work?list=answers')
  const one = page.locator(`[data-panel=suggestions] [data-decide="${id}"]`)
  await one.getByRole('button', { name: 'Review' }).click()
  await one.locator('form').getByRole('button', { name: 'Review' }).click()
  await one.getByRole('button', { name: 'Adopt in part' }).click()
  await one.getByLabel('Reason').fill('Only the blue ones.')
  await one.locator('form').getByRole('button', { name: 'Adopt in part' }).click()
  await one.waitFor({ state: 'detached' })
  expect(await page.locator(`[data-decide="${general}"]`).count()).toBe(0)
  const adopted = page.locator(`[data-panel=adopted] [data-decide="${id}"]`)
  await adopted.getByRole('button', { name: 'Say that it is implemented' }).click()
  const form = adopted.locator('form')
  await form.getByLabel('Reason').fill('They are blue again.')
  await form.getByRole('textbox', { name: 'Number, citation or address' }).fill('WO-12')
  await form
    .getByLabel('Files')
    .setInputFiles({ name: 'pump.png', mimeType: 'image/png', buffer: smallPng() })
  await form.getByRole('link', { name: 'pump.png' }).waitFor()
  await form.getByRole('button', { name: 'Say that it is implemented' }).click()
  await adopted.waitFor({ state: 'detached' })

  const desk = await workOf('ines')
  await desk.locator(`[data-decide="${general}"]`).getByText('One form').waitFor()
  expect(await text(desk, '[data-count=owed]')).toContain('Waiting for you')
  const mine = await workOf('mei')
  await mine.locator(`[data-own="suggestion:${id}"]`).getByText('implemented').waitFor()
})

test('the secretariat sees which deadlines were missed, what was transferred, its sources and its policy', async () => {
  const [late, theirs] = [await flag('Nobody answers.'), await flag('It is their pump.')]
  const past = Date.now() - 86_400_000
  await city.sql`update flag set state = jsonb_set(state, '{answering,by}', to_jsonb(${past}::bigint)) where id = ${late}`
  await people.olga.act(`flags/${theirs}/transfer`, { to: 'Parks', reason: 'Parks owns it.' })
  const desk = await workOf('ines')
  const panel = (name: string) => desk.locator(`[data-panel=${name}]`)
  await panel('missed').locator(`[data-owed="flag:${late}"]`).waitFor()
  await panel('transfers').getByText('Parks owns it.').waitFor()
  await panel('sources').getByText('hotline').waitFor()
  await panel('policy').getByText('Asia/Shanghai').waitFor()
  expect(await panel('policy').locator('dd').count()).toBe(7)
  expect(await text(desk, '[data-count=missed]')).toMatch(/^1\b/)

  // What no agency owns it answers itself, with a template of its own.
  await panel('templates').getByRole('button', { name: 'Write a template' }).click()
  await panel('templates').getByLabel('Name').fill('All of it')
  await panel('templates').getByLabel('Answer', { exact: true }).fill('We count it anew.')
  await panel('templates').getByRole('button', { name: 'Save' }).click()
  await panel('templates').locator('[data-template]').waitFor()
  const whole = await flag('The total is wrong.', {})
  await panel('many').locator(`[data-flag="${whole}"] input`).check()
  await panel('many').getByLabel('Template').selectOption({ label: 'All of it' })
  await panel('many').getByRole('button', { name: 'Answer 1 flag', exact: true }).click()
  await panel('many').getByText('1 of 1 were answered.').waitFor()
})

test('the secretariat invites somebody and appoints them; a form keeps what was typed', async () => {
  const page = await workOf('ines')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const invitation = page.locator('[data-form=invite]')
  await invitation.getByLabel('Name').fill('Aki Sato')
  await invitation.getByLabel('E-mail address').fill('mei@example.org')
  await invitation.getByRole('button', { name: 'Invite somebody' }).click()
  await invitation.getByRole('alert').waitFor()
  expect(await invitation.getByLabel('Name').inputValue()).toBe('Aki Sato')
  await invitation.getByLabel('E-mail address').fill('aki@example.org')
  await invitation.getByRole('button', { name: 'Invite somebody' }).click()
  expect(await text(page, '[data-panel=people] code')).toMatch(/\/welcome#[\w-]{43}$/)
  // A link that is renewed is the one of whom it is said to be.
  for (const name of ['Olga', 'Aki Sato']) {
    await page.getByRole('button', { name: `Renew access ${name}` }).click()
    await page.getByText(`This link lets ${name} in`).waitFor()
    const token = (await text(page, '[data-panel=people] code')).split('#')[1]
    const welcome = await page.request.post(`${city.origin}/api/v1/account/welcome`, {
      headers: { origin: city.origin },
      data: { token },
    })
    expect(await welcome.json()).toMatchObject({ name })
  }

  await page.getByRole('button', { name: 'Appoint', exact: true }).click()
  const form = page.locator('[data-form=appoint]')
  await form.getByLabel('Person').selectOption({ label: 'Aki Sato' })
  await form.getByLabel('Title').fill('Observer')
  await form.getByLabel('Appointing body').fill('City Council')
  await form.getByLabel('Document number').fill('CC-2026-18')
  const agencies = form.getByRole('group', { name: 'Agencies' }).first()
  await agencies.getByLabel('Some').check()
  await form.getByLabel('Until').fill('2099-12-31')
  await form.getByRole('button', { name: 'Appoint', exact: true }).click()
  await form.getByText('Add one at least, or choose “All”.').waitFor()
  await page.reload()
  await page.getByRole('button', { name: 'Appoint', exact: true }).click()
  expect(await form.getByLabel('Document number').inputValue()).toBe('CC-2026-18')
  await agencies.getByRole('combobox').pressSequentially('Water')
  await page.getByRole('listbox').getByRole('option', { name: 'Water' }).click()
  await form.getByRole('button', { name: 'Appoint', exact: true }).click()
  const row = page.locator('[data-appointment]').filter({ hasText: 'Aki Sato' })
  await row.getByRole('button', { name: 'Revoke' }).click()
  await row.getByLabel('Reason').fill('Moved away.')
  await row.locator('form').getByRole('button', { name: 'Revoke' }).click()
  await row.getByText('revoked', { exact: true }).waitFor()
})

test('what concerns somebody is counted in the header on every device, and read on all of them', async () => {
  // One that has read nothing yet.
  const nils = await signedIn('Nils')
  const jurisdiction = { agencies: ['Water'], areas: null, categories: null }
  await people.ines.act('appointments', appointing(nils.id, { role: 'official', jurisdiction }))
  const phone = await browserOf(nils.cookie)
  const [page, other] = [await nils.context.newPage(), await phone.newPage()]
  await page.goto(`${city.origin}/about`)
  await other.goto(`${city.origin}/status`)
  const count = (tab: Page) => tab.locator('header').getByRole('link', { name: /unread message/ })
  for (const tab of [page, other]) await tab.locator('[data-account=in]').waitFor()
  const isFollowing = `!!JSON.parse(localStorage['clerestory.records.${nils.id}'] ?? '{}').at`
  for (const tab of [page, other]) await expect.poll(() => tab.evaluate(isFollowing)).toBe(true)
  await flag('Nobody has come.')
  const countsTo = async (n: string) => {
    for (const tab of [page, other]) {
      await expect.poll(() => count(tab).innerText()).toBe(n)
    }
  }
  await countsTo('1')

  // What happens before the tabs are back is told to both, once.
  await city.vanish()
  await city.goOn()
  await flag('Still nobody.')
  await countsTo('2')
  await page.getByRole('link', { name: 'Work' }).click()
  await page.getByRole('button', { name: 'Mark all as read' }).click()
  for (const tab of [page, other]) await count(tab).waitFor({ state: 'detached' })
  await Promise.all([nils.context.close(), phone.close()])
})

test('what an observer saw on one device is not new on another', async () => {
  const noor = await signedIn('Noor')
  await people.ines.act('appointments', appointing(noor.id, {}))
  const page = await noor.context.newPage()
  await page.goto(`${city.origin}/work`)
  await page.locator('[data-act]').first().waitFor()
  const newest = Number(await page.locator('[data-act]').first().getAttribute('data-act'))
  const kept = () =>
    city.db.selectFrom('unread').select('state').where('personId', '=', noor.id).executeTakeFirst()
  await expect.poll(async () => (await kept())?.state.looked).toBe(newest)
  expect(await page.locator('[data-act].new').count()).toBe(0)
  await noor.context.close()

  const id = await flag('It leaks again.')
  const phone = await browserOf(noor.cookie)
  const other = await phone.newPage()
  await other.goto(`${city.origin}/work`)
  await other.locator('[data-act].new', { hasText: `Flag ${id}` }).waitFor()
  expect(await other.locator('[data-act].new').count()).toBe(1)
  await phone.close()
})

test('the person’s menu fits whatever the name and the window, is used with the keyboard, and signs out', async () => {
  const { context } = await signedIn('Bartholomew Featherstonehaugh-Cholmondeley')
  const page = await context.newPage()
  await page.goto(`${city.origin}/about`)
  await page.locator('[data-account=in]').waitFor()
  for (const width of [1920, 1600, 1440, 1280, 1210, 800]) {
    await page.setViewportSize({ width, height: 900 })
    expect(await page.evaluate('document.documentElement.scrollWidth'), `at ${width}`).toBe(width)
    const languages = (await page.locator('header select').boundingBox())!
    const person = (await page.locator('[data-account=in]').boundingBox())!
    expect(person.x, `at ${width}`).toBeGreaterThanOrEqual(languages.x + languages.width)
  }
  await page.locator('[data-account=in]').focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${city.origin}/sign-in`)
  expect(await page.getByRole('link', { name: 'Work' }).count()).toBe(0)
  await context.close()
})
