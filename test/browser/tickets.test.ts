import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type TicketDetail,
  type TicketGroups,
  type TicketList,
  ticketPath,
} from '#shared/tickets.ts'
import { openBrowser } from '../support/browser.ts'
import { faults } from '../support/faults.ts'
import { smallCity } from './city.ts'
import { follow, visit } from './follow.ts'
import { hideable, restSoon } from './hidden-page.ts'

const TICKETS = 5000
const MINUTE = 60_000
const WIDE = { width: 1440, height: 900 }

/** Of the page, where some of these functions run. */
declare const scrollY: number
declare const document: {
  querySelectorAll(
    selector: string,
  ): { length: number; [at: number]: { ariaRowIndex: string } } & Iterable<{ ariaRowIndex: string }>
}

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let posted = 0
let wide: Page

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const startedAt = Date.now() - 60 * MINUTE
  const tickets = Array.from({ length: TICKETS }, (_, i) => ({
    id: `T${i}`,
    receivedAt: new Date(startedAt - i * MINUTE).toISOString(),
    area: `Area ${i % 5}`,
    category: i % 2 ? 'Leaks' : 'Noise',
    ...(i % 10 === 0 && { status: 'closed', closedAt: new Date(startedAt).toISOString() }),
  }))
  for (let i = 0; i < TICKETS; i += 1000) await city.post(...tickets.slice(i, i + 1000))
  wide = await chromium.newPage({ viewport: WIDE })
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** Tickets with ids of their own, received a moment ago, in an area of their test's own. */
function receive(count: number, change: object = {}) {
  const tickets = Array.from({ length: count }, () => ({
    id: `N${++posted}`,
    receivedAt: new Date().toISOString(),
    ...change,
  }))
  return city.post(...tickets).then(() => tickets.map(({ id }) => id))
}

/** In the page of all tests that need none of their own. */
async function open(path: string): Promise<Page> {
  await visit(wide, city.origin + path)
  return wide
}

async function openList(query = '', page = wide) {
  await visit(page, `${city.origin}/tickets${query}`)
  await page.locator('[data-key]').first().waitFor()
  await page.getByText(/as of .*, live/).waitFor()
  return page
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Tickets' })
const rowOf = (page: Page, id: string) =>
  grid(page).getByRole('row', { name: new RegExp(`^${id} `) })
const api = async <T>(query: string) =>
  (await (await fetch(`${city.origin}/api/v1/${query}`)).json()) as T

/** The id at each place that is drawn. */
const drawn = (page: Page) =>
  page.evaluate<[number, string][]>(
    `[...document.querySelectorAll('[data-key]')].map((row) =>
      [Number(row.ariaRowIndex) - 2, row.querySelector('a').textContent])`,
  )

/** Every id of a list, page by page. */
async function allIds(query = ''): Promise<string[]> {
  const ids: string[] = []
  let after = ''
  for (;;) {
    const list = await api<TicketList>(`tickets?limit=200${query}${after}`)
    ids.push(...list.rows.map(({ id }) => id))
    if (list.next === null) return ids
    after = `&after=${encodeURIComponent(list.next)}`
  }
}

test('one scrolls through thousands of tickets, each at its place, to the end the scrollbar promised', async () => {
  const page = await openList()
  const ids = await allIds()
  await page
    .locator('main')
    .getByText(`${ids.length.toLocaleString('en')} tickets`)
    .waitFor()
  expect(await grid(page).getAttribute('aria-rowcount')).toBe(String(ids.length + 1))
  const height = await page.evaluate('document.documentElement.scrollHeight')

  for (const share of [0.1, 0.35, 0.7, 1, 0.5]) {
    await page.evaluate(`scrollTo(0, ${share} * document.documentElement.scrollHeight)`)
    await page.waitForFunction(
      (least) => {
        const [first] = document.querySelectorAll('[data-key]')
        const isWaiting = document.querySelectorAll('[role=row][aria-busy]').length > 0
        return !isWaiting && Number(first?.ariaRowIndex) > least
      },
      share * ids.length - 60,
    )
    for (const [index, id] of await drawn(page)) expect(id).toBe(ids[index])
  }
  expect(await page.evaluate('document.documentElement.scrollHeight')).toBe(height)
  expect(await grid(page).getByRole('row').count()).toBeLessThan(60)
})

test('filters and order stand in the address, narrow the list, and lead back', async () => {
  const page = await openList()
  await page.getByLabel('Narrow to an area').selectOption('Area 3')
  await page.getByLabel('Narrow to a status').selectOption('open')
  await page.getByRole('button', { name: 'Due' }).click()
  await page.waitForURL('**/tickets?area=Area+3&status=open&sort=due')
  const ids = await allIds('&area=Area+3&status=open&sort=due')
  await page
    .locator('main')
    .getByText(`${ids.length.toLocaleString('en')} tickets`)
    .waitFor()
  const due = grid(page).getByRole('columnheader', { name: 'Due' })
  expect(await due.getAttribute('aria-sort')).toBe('ascending')
  expect((await drawn(page))[0]).toEqual([0, ids[0]])
  expect(await rowOf(page, ids[0]!).textContent()).toContain('Overdue')

  await page.getByRole('button', { name: 'Due' }).click()
  await page.waitForURL('**sort=due&order=desc')
  expect(await due.getAttribute('aria-sort')).toBe('descending')
  await page.goBack()
  await page.goBack()
  await page.waitForURL('**/tickets?area=Area+3&status=open')
  await page.getByRole('button', { name: 'Clear all' }).click()
  await page.waitForURL('**/tickets')
})

test('new tickets do not move what is being read: they wait to be shown', async () => {
  const page = await openList()
  await page.evaluate('scrollTo(0, 3000)')
  const row = page.locator('[aria-rowindex="80"][data-key]')
  await row.hover()
  const before = { ...(await row.boundingBox())!, text: await row.textContent() }
  const ids = await receive(3)
  const show = page.getByRole('button', { name: '3 new tickets, show' })
  await show.waitFor()
  expect({ ...(await row.boundingBox())!, text: await row.textContent() }).toEqual(before)

  await show.click()
  await rowOf(page, ids[0]!).waitFor()
  expect(
    (await drawn(page))
      .slice(0, 3)
      .map(([, id]) => id)
      .sort(),
  ).toEqual([...ids].sort())
  expect(await page.evaluate('document.activeElement.role')).toBe('grid')
  expect(await show.count()).toBe(0)
})

test('they come by themselves where nothing is read, and wait under the pointer', async () => {
  const page = await openList()
  await page.mouse.move(5, 5)
  // One region says how many there are, and nothing of each that comes.
  expect(await page.locator('main').locator('[aria-live], [role=status]').count()).toBe(0)
  const region = page.getByRole('status').filter({ hasText: /^[\d,]+ tickets$/ })
  const said = (await region.textContent())!
  const [first] = await receive(1)
  await rowOf(page, first!).waitFor()
  expect(await region.textContent()).toBe(said)
  // What is seen has moved on.
  expect(await page.locator('main').getByText(said, { exact: true }).count()).toBe(0)
  expect((await drawn(page))[0]).toEqual([0, first])

  const row = rowOf(page, first!)
  await row.hover()
  const y = (await row.boundingBox())!.y
  const [second] = await receive(1)
  await page.getByRole('button', { name: '1 new ticket, show' }).waitFor()
  expect((await row.boundingBox())!.y).toBe(y)
  expect(await rowOf(page, second!).count()).toBe(0)
})

test('a listed ticket changes in its place when it changes', async () => {
  const page = await openList('?area=Area+2&order=asc')
  const [[, id]] = (await drawn(page)) as [[number, string]]
  const row = rowOf(page, id)
  expect(await row.textContent()).toContain('Overdue')
  const receivedAt = (await api<TicketList>('tickets?area=Area+2&order=asc&limit=1')).rows[0]!
    .receivedAt
  const marked = row.locator('.standing .changed').waitFor()
  await city.post({
    id,
    version: 2,
    receivedAt,
    area: 'Area 2',
    category: 'Leaks',
    status: 'closed',
    closedAt: new Date().toISOString(),
  })
  await row.getByText('Closed late').waitFor()
  await marked
  expect((await drawn(page))[0]).toEqual([0, id])
})

test('a ticket is found and opened by keyboard alone, and back is where one was', async () => {
  const page = await openList('', await chromium.newPage({ viewport: WIDE }))
  await page.keyboard.press('Tab')
  for (let i = 0; i < 40; i++) {
    if ((await page.evaluate('document.activeElement.role')) === 'grid') break
    await page.keyboard.press('Tab')
  }
  for (let i = 0; i < 5; i++) await page.keyboard.press('PageDown')
  await page.keyboard.press('ArrowDown')
  const active = grid(page).locator('.active')
  const id = (await active.getByRole('rowheader').textContent())!.trim()
  expect(await grid(page).getAttribute('aria-activedescendant')).toBe(
    await active.getAttribute('id'),
  )
  const scrolled = await page.evaluate<number>('Math.round(scrollY)')
  expect(scrolled).toBeGreaterThan(1000)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /^(Leaks|Noise), Area/ }).waitFor()
  expect(await page.textContent('main')).toContain(id)

  await page.goBack()
  await rowOf(page, id).waitFor()
  await page.waitForFunction((top) => Math.abs(scrollY - top) <= 1, scrolled)

  await grid(page).focus()
  await page.keyboard.press('End')
  await rowOf(page, 'T4999').waitFor()
  await page.keyboard.press('Home')
  expect((await drawn(page))[0]![0]).toBe(0)
  await page.close()
})

test('the file is the whole list as the API tells it', async () => {
  const page = await openList('?category=Noise&status=closed')
  const download = page.getByRole('link', { name: 'Download as CSV' })
  const text = await (await fetch(city.origin + (await download.getAttribute('href'))!)).text()
  const [head, ...lines] = text.trim().split(/\r?\n/)
  const place = head!.split(',').indexOf('id')
  expect(lines.map((line) => line.split(',')[place])).toEqual(
    await allIds('&category=Noise&status=closed'),
  )
})

test('counted by area, each count leads to its tickets', async () => {
  const page = await open('/tickets?group=area&category=Leaks')
  const { groups } = await api<TicketGroups>('tickets?by=area&category=Leaks')
  const area = groups.find(({ key }) => key === 'Area 1')!
  const row = page.getByRole('row', { name: /^Area 1 / })
  expect(await row.textContent()).toContain(String(area.tickets))
  const file = await page.getByRole('link', { name: 'Download as CSV' }).getAttribute('href')
  expect(await (await fetch(city.origin + file)).text()).toContain(`Area 1,${area.tickets}\r\n`)
  await row.getByRole('link').click()
  await page.waitForURL('**/tickets?area=Area+1&category=Leaks')
  await page.locator('main').getByText(`${area.tickets} tickets`).waitFor()
})

test('a list that keeps nothing says what to do, and an empty question is answered when something comes', async () => {
  const page = await open('/tickets?status=duplicate')
  await page.getByText('No ticket is like this').waitFor()
  await receive(1, { status: 'duplicate', closedAt: new Date().toISOString() })
  await page.locator('[data-key]').waitFor()
})

/** Two areas side by side, a tenth of a degree wide each. */
const areas = {
  type: 'FeatureCollection',
  features: [121.4, 121.5].map((west, at) => ({
    type: 'Feature',
    properties: { code: `Area ${4 - at}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 31.2],
          [west + 0.1, 31.2],
          [west + 0.1, 31.3],
          [west, 31.3],
          [west, 31.2],
        ],
      ],
    },
  })),
}

test('a ticket shows where it lies, what is like it and what happened to it, and what happens while it is looked at', async () => {
  const location = { lat: 31.234_56, lon: 121.471_23 }
  const [id] = await receive(1, { area: 'Area 4', category: 'Leaks', location })
  const { rows } = await api<TicketList>('tickets?area=Area+4&limit=1')
  const page = await chromium.newPage()
  await page.route('**/api/v1/areas.geojson', (route) => route.fulfill({ json: areas }))
  await page.goto(`${city.origin}/tickets/${rows[0]!.mark}/${id}`)
  await page.getByRole('heading', { level: 1, name: 'Leaks, Area 4' }).waitFor()
  const entries = page.locator('ol li[data-kind]')
  expect(await entries.allInnerTexts()).toEqual([expect.stringContaining('Received')])
  expect(await page.locator('[data-clock=close]').textContent()).toMatch(
    /Running, (29|30)\smin left/,
  )

  // The square that it lies in, on the map, and no closer.
  const map = page.getByRole('img', { name: /^Map of the areas, with the square in Area 4/ })
  expect(await map.locator('path').count()).toBe(2)
  expect(await map.locator('path.own').getAttribute('d')).toMatch(/^M0\.0 /)
  const cell = async (name: string) => Number(await map.locator('rect').getAttribute(name))
  // Both areas are 320 wide, so a hundredth of a degree is 16, and 16 more northwards by the latitude.
  expect([await cell('x'), await cell('width')]).toEqual([
    expect.closeTo(7 * 16, 1),
    expect.closeTo(16, 1),
  ])
  const north = 16 / Math.cos((31.25 * Math.PI) / 180)
  expect([await cell('y'), await cell('height')]).toEqual([
    expect.closeTo(6 * north, 1),
    expect.closeTo(north, 1),
  ])
  expect(await page.locator('[data-panel=where]').innerText()).toContain(
    'in the square from 31.23, 121.47 to 31.24, 121.48 degrees',
  )

  const similar = page.locator('[data-panel=similar] li a')
  const mark = rows[0]!.mark
  const { similar: told } = await api<TicketDetail>(`tickets/${mark}/${id}`)
  expect(await similar.allInnerTexts()).toEqual(told.map((ticket) => ticket.id))
  expect(told.length).toBeGreaterThan(5)
  expect(await similar.first().getAttribute('href')).toBe(`/${ticketPath(told[0]!)}`)

  const board = page.getByRole('link', { name: 'all of these' })
  await board.focus()
  const { receivedAt } = rows[0]!
  const change = { id, receivedAt, area: 'Area 4', category: 'Noise', version: 2 }
  await city.post({ ...change, respondedAt: new Date().toISOString() })
  await entries.nth(2).waitFor()
  expect(await entries.nth(2).innerText()).toContain('category: from Leaks to Noise')
  expect(await entries.nth(1).innerText()).toContain('First answer')
  expect(await page.evaluate('document.activeElement.textContent')).toBe('all of these')

  const closedAt = new Date().toISOString()
  await city.post({ ...change, version: 3, status: 'closed', closedAt, closeReason: 'resolved' })
  await page.locator('li[data-kind=closed]').waitFor()
  await page.locator('[data-clock=close]').getByText('Kept').waitFor()
  expect(await board.getAttribute('href')).toBe('/?category=Noise&area=Area+4&agency=Water')
})

test('a ticket in a hidden tab is sent nothing, and is right when it is shown', async () => {
  const [id] = await receive(1, { area: 'Area 3', category: 'Noise' })
  const { rows } = await api<TicketList>('tickets?area=Area+3&limit=1')
  const page = await chromium.newPage()
  let frames = 0
  page.on('websocket', (socket) => socket.on('framereceived', () => frames++))
  await hideable(page)
  await restSoon(page)
  await page.goto(`${city.origin}/tickets/${rows[0]!.mark}/${id}`)
  await page.getByText(/as of .*, live/).waitFor()

  await page.evaluate('setHidden(true)')
  await page.getByText(/as of .*, asking anew/).waitFor()
  const before = frames
  const { receivedAt } = rows[0]!
  const closed = { status: 'closed', closedAt: new Date().toISOString() }
  await city.post({ id, receivedAt, area: 'Area 3', category: 'Noise', version: 2, ...closed })
  await page.waitForTimeout(2_500)
  expect(frames).toBe(before)
  expect(await page.evaluate('globalThis.intervals.size')).toBe(0)

  await page.evaluate('setHidden(false)')
  await page.locator('li[data-kind=closed]').waitFor()
  await page.getByText(/as of .*, live/).waitFor()
  await page.close()
})

const isOpen = async (page: Page, id: string, name: string) => {
  await page.waitForURL(new RegExp(`/tickets/[^/]+/${id}$`))
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

test.each(['/', '/tickets'])(
  'a ticket is searched by its id from %s, found and opened',
  async (path) => {
    const page = await open(path)
    await page.locator('h1').waitFor()
    await page.keyboard.press('/')
    await page.locator('[role=combobox]:focus').waitFor()
    await page.keyboard.type('T4321')
    await page.getByRole('option', { name: /T4321/ }).waitFor()
    await page.keyboard.press('Enter')
    await isOpen(page, 'T4321', 'Leaks, Area 1')
  },
)

test('the id of a ticket, given to the list of tickets, opens it', async () => {
  const page = await openList()
  await page.locator('main').getByRole('searchbox').fill('T4322')
  await page.keyboard.press('Enter')
  await isOpen(page, 'T4322', 'Noise, Area 2')
})

test('an address of no ticket says so, with a way on', async () => {
  const page = await open('/tickets/of/nobody')
  await page.getByText('There is no such ticket').waitFor()
  await page.getByRole('link', { name: 'All tickets' }).click()
  await page.waitForURL('**/tickets')
  await page.locator('[data-key]').first().waitFor()
})

test('greys the list within five seconds of a lost server, and catches up when it is back (I5)', async () => {
  const page = await openList()
  await page.mouse.move(5, 5)
  await city.vanish()
  const lostAt = performance.now()
  await page.getByText(/as of .*, reconnecting/).waitFor()
  expect(performance.now() - lostAt).toBeLessThan(5000)
  expect(await grid(page).getAttribute('class')).toContain('old')
  expect(await faults(page)).toEqual([])
  const told = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor()
  await told('connection to the server is lost')

  await city.goOn()
  const [id] = await receive(1)
  await rowOf(page, id!).waitFor({ timeout: 40_000 })
  await page.getByText(/as of .*, live/).waitFor()
  await told('The connection is back')
})
