import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import en from '../../web/i18n/en.json' with { type: 'json' }
import type { Key } from '../../web/i18n/languages.ts'
import { match } from '../../web/router/match.ts'
import { alterSocket, type Hearing } from '../support/altered-socket.ts'
import { openBrowser } from '../support/browser.ts'
import { faults, faultsInBoth } from '../support/faults.ts'
import { addCookie } from '../support/signed-in.ts'
import { turnTo } from './follow.ts'
import { type Who, wholeCity } from './whole-city.ts'

type City = Awaited<ReturnType<typeof wholeCity>>
type Path = string | ((paths: City['paths']) => string)

interface Sight {
  path: Path
  /** What is there once the page stands. */
  has: string
  /** Who looks; everybody who does speaks Chinese. */
  as?: Who
  /** What is done on the page before it is looked at. */
  act?: (page: Page) => Promise<unknown>
  /** Looked at by axe from right to left too: it has most of what could be turned around. */
  isMirrored?: true
}

/** What can be wrong of a page that is turned around, and was checked before. */
const OF_PLACES = ['target-size', 'scrollable-region-focusable', 'link-in-text-block']
const WIDE = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }

let city: City
let chromium: Awaited<ReturnType<typeof openBrowser>>
let page: Page
let silent: Page
let altered: Awaited<ReturnType<typeof openAltered>>
let who: Who | undefined

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([wholeCity(), openBrowser()])
  ;[page, silent, altered] = await Promise.all([openPage(), openUnanswered(), openAltered()])
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

async function openPage(): Promise<Page> {
  const look = { viewport: WIDE, colorScheme: 'light', reducedMotion: 'reduce' } as const
  const context = await chromium.browser.newContext(look)
  const opened = await context.newPage()
  opened.setDefaultTimeout(20_000)
  return opened
}

const pathOf = (path: Path): string => (typeof path === 'string' ? path : path(city.paths))

/** Goes on within the page, or loads it anew for somebody else. */
async function lookAt({ path, as, has, act }: Sight): Promise<void> {
  const address = pathOf(path)
  if (page.url() === 'about:blank' || as !== who) {
    await page.context().clearCookies()
    if (as) await addCookie(page.context(), { cookie: city.cookies[as], origin: city.origin })
    who = as
    await page.goto('about:blank')
    const lang = as === undefined ? 'en' : 'zh'
    await page.goto(city.origin + address.replace(/(\?|(?=#|$))/, `?lang=${lang}&`))
  } else await turnTo(page, address)
  await page.locator(has).first().waitFor()
  await act?.(page)
  await expect.poll(() => page.locator('main [aria-busy=true]').count()).toBe(0)
}

/** What lies outside of the window, or on the margins of the page, or is cut off, and cannot be scrolled to. */
const outside = (on: Page): Promise<string[]> =>
  on.evaluate(`{
    const isHeld = (one) => one.closest('.hidden-text, svg, canvas, [hidden], .skip') !== null
    const scrolls = (one) => one !== null && one !== document.body &&
      (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement))
    const edge = (one, side) => parseFloat(getComputedStyle(one)['padding-' + side])
    const main = document.querySelector('main')
    const ground = main.getBoundingClientRect()
    const isOut = (one) => {
      const [least, most] = main.contains(one)
        ? [ground.left + edge(main, 'left'), ground.right - edge(main, 'right')]
        : [0, innerWidth]
      const { left, right, width } = one.getBoundingClientRect()
      return width > 1 && (left < least - 1 || right > most + 1)
    }
    const isCut = (one) => {
      if (one.scrollWidth <= one.clientWidth + 1) return false
      const { overflowX, textOverflow } = getComputedStyle(one)
      return overflowX !== 'visible' && textOverflow !== 'ellipsis'
    }
    const saysSo = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())
    const found = [...document.querySelectorAll('body *')].filter((one) =>
      saysSo(one) && (isOut(one) || isCut(one)) &&
      one.checkVisibility({ visibilityProperty: true }) && !isHeld(one) && !scrolls(one))
    const said = (one) => one.tagName + '.' + one.className + ': ' + one.textContent.trim().slice(0, 60)
    const wide = document.documentElement.scrollWidth - innerWidth
    ;[
      ...(wide > 0 ? ['the page is ' + wide + ' wider than the window'] : []),
      ...found.map(said),
    ]
  }`)

/** As soon as charts have taken the size of the window. */
const expectInside = (on: Page, how: string) =>
  expect.poll(() => outside(on), { message: how, timeout: 5_000 }).toEqual([])

const write = (on: Page, direction: 'ltr' | 'rtl') =>
  on.evaluate(`document.documentElement.dir = '${direction}'`)

const open = (selector: string) => (on: Page) => on.locator(selector).first().click()

/** Every page, as it mostly is: what else is on it is for the tests of its own. None follows on another of its path. */
const sights: readonly Sight[] = [
  { path: '/', has: '[data-measure=received][data-state=live]', isMirrored: true },
  { path: '/tickets', has: '[data-key]', isMirrored: true },
  {
    path: '/?window=7d&area=Saltmarsh',
    has: '[data-panel=flow] canvas',
    act: open('[data-panel=flow] .tools button'),
  },
  { path: ({ ticket }) => ticket, has: 'li[data-kind]', isMirrored: true },
  {
    path: '/?agency=Water',
    has: '[data-measure=onTimeRate][data-state=live]',
    act: open('[data-define=onTimeRate]'),
  },
  { path: '/tickets?group=agency', has: 'main table tbody tr' },
  { path: ({ past }) => past, has: '[data-live=past]' },
  { path: '/consultations/night-ferry', has: 'article[data-group]', isMirrored: true },
  { path: '/consultations', has: 'main li' },
  { path: '/consultations/night-ferry?provision=2', has: '[data-panel=article]' },
  { path: '/polls', has: 'main li' },
  { path: '/polls/evenings', has: '[data-choice]' },
  { path: '/polls/night', has: '[data-panel=map] canvas' },
  { path: '/flags', has: 'main [data-flag]', isMirrored: true },
  { path: ({ flag }) => flag, has: '[data-evidence=shown]' },
  { path: '/suggestions', has: 'main li' },
  { path: ({ suggestion }) => suggestion, has: 'main .words' },
  { path: '/suggestions?view=list', has: 'main li' },
  { path: ({ trace }) => trace, has: '[data-step]' },
  { path: '/observers', has: 'main li a' },
  { path: ({ observer }) => observer, has: 'main [data-act]' },
  { path: '/ledger', has: '[data-ledger=size]' },
  { path: '/records', has: '[data-act]' },
  { path: ({ receipt }) => receipt, has: '[data-verdict=receipt]' },
  { path: '/agencies/Water', has: '[data-row=received]' },
  { path: '/areas/Saltmarsh', has: '[data-row=received]' },
  { path: '/categories/Leaks', has: '[data-row=received]' },
  { path: '/definitions', has: '[data-live=live]', isMirrored: true },
  { path: '/status', has: '[data-fact=version] dd' },
  { path: '/about', has: '[data-about=licences]' },
  {
    path: '/compare?a=agency:Water&b=agency:Parks',
    has: '[data-panel=categories] [data-code=Leaks]',
  },
  { path: ({ evidence }) => evidence, has: '[data-step]' },
  { path: '/sign-in', has: '[data-ways=password]' },
  { path: ({ welcome }) => welcome, has: 'input[type=password]' },
  { path: '/nowhere', has: 'main a[href="/"]' },
  { path: '/account', has: '[data-panel=sessions]', as: 'mei' },
  { path: '/suggestions/new', has: 'main form', as: 'mei' },
  { path: '/work', has: '[data-own]', as: 'mei', isMirrored: true },
  { path: '/work', has: '[data-list=breach]', as: 'olga', isMirrored: true },
  { path: ({ flag }) => flag, has: '[data-deed]', as: 'olga' },
  { path: '/work?list=answers', has: 'main [data-flag]', as: 'olga' },
  { path: '/consultations/night-ferry', has: '[data-form=reply]', as: 'olga' },
  { path: '/work', has: '[data-appointment]', as: 'ines', isMirrored: true },
  { path: '/consultations/night-ferry/moderation', has: 'li[data-comment]', as: 'ines' },
]

const called = (path: Path) =>
  typeof path === 'string' ? path : /\.?(\w+)$/.exec(path.toString())![1]!
const named = ({ path, as }: Sight) => `${called(path)}, to ${as ?? 'anybody'}`

test.each(sights.map((sight) => [named(sight), sight] as const))(
  'axe finds no fault of %s, wide and light or on a phone and dark, and nothing lies outside, whichever way one reads',
  async (_, sight) => {
    await lookAt(sight)
    expect(await faults(page), 'wide and light').toEqual([])
    await expectInside(page, 'wide')
    await write(page, 'rtl')
    await expectInside(page, 'wide, from right to left')
    await page.setViewportSize(PHONE)
    await expectInside(page, 'on a phone, from right to left')
    if (sight.isMirrored)
      expect(await faults(page, { only: OF_PLACES }), 'from right to left').toEqual([])
    await write(page, 'ltr')
    await page.emulateMedia({ colorScheme: 'dark' })
    await expectInside(page, 'on a phone')
    expect(await faults(page), 'on a phone and dark').toEqual([])
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(WIDE)
  },
)

/** What is looked at by tests of its own, in all its sizes and states. */
const elsewhere = ['/screen', '/design']

test('every page there is is looked at', () => {
  const source = readFileSync('web/pages.ts', 'utf8')
  const routes = Array.from(source.matchAll(/path: '(\/[^']*)'/g), ([, path]) => ({ path: path! }))
  const seen = [...sights.map(({ path }) => pathOf(path)), ...elsewhere].map(
    (path) => match(routes, path.split(/[?#]/)[0]!)?.route.path,
  )
  expect(routes.map(({ path }) => path).filter((path) => !seen.includes(path))).toEqual([])
})

/** What is said where there is none of it, or nothing in it. */
const without: readonly (readonly [path: Path, says: Key])[] = [
  ['/areas/Quiet%20Quay', 'standing.none'],
  ['/tickets?received=2001-01-01/2001-01-02', 'tickets.empty'],
  ['/flags?q=nowheretobefound', 'flags.empty'],
  ['/tickets?q=nowheretobefound', 'tickets.search.none'],
  ['/suggestions?view=list&q=nowheretobefound', 'suggestion.empty'],
  ['/records?q=nowheretobefound', 'publicRecord.empty'],
  ['/tickets/nobody/nothing', 'ticketPage.missing'],
  ['/consultations/nothing', 'consultation.none'],
  ['/polls/nothing', 'poll.none'],
  ['/flags/999999', 'flags.none'],
  ['/suggestions/999999', 'suggestion.notThere'],
  ['/trace/flag:999999', 'trace.none'],
  ['/observers/999999', 'observers.none'],
  [`/evidence/${'0'.repeat(64)}`, 'evidence.missing'],
  ['/ledger?act=999999', 'ledger.failed.unknown'],
  ['/agencies/nobody', 'member.unknown.agency'],
  ['/welcome#nothing', 'refused.used-up'],
  ['/work', 'work.signIn.say'],
  ['/account', 'account.ended'],
]

test.each(without.map(([path, says]) => [called(path), says, path] as const))(
  'axe finds no fault where there is nothing: %s says %s',
  async (_, says, path) => {
    await lookAt({ path, has: 'main' })
    await expectSaid(page, says)
  },
)

/** Nothing is wrong with a page that says so, light or dark, wide or on a phone. */
async function expectSaid(on: Page, says: Key): Promise<void> {
  await on.locator('main').getByText(en[says]).first().waitFor()
  expect(await faultsInBoth(on)).toEqual([])
  await on.setViewportSize(PHONE)
  await expectInside(on, 'on a phone')
  await on.setViewportSize(WIDE)
}

test('axe finds no fault where the log was written anew', async () => {
  await lookAt({ path: ({ broken }) => broken, has: '[data-verdict=broken]' })
  expect(await faultsInBoth(page)).toEqual([])
})

/** What is said until the server answers, and what where it answers that it cannot, unless that is the same. */
const unanswered: readonly (readonly [path: Path, waiting: Key, failing?: Key])[] = [
  ['/', 'lede.loading'],
  ['/tickets', 'tickets.counting', 'age.unreached'],
  [({ ticket }) => ticket, 'ticketPage.loading', 'age.unreached'],
  ['/consultations', 'consultation.loading', 'consultation.failing'],
  ['/consultations/night-ferry', 'consultation.loading', 'consultation.failing'],
  ['/polls', 'poll.loading', 'poll.failing'],
  ['/polls/evenings', 'poll.loading', 'poll.failing'],
  ['/flags', 'flags.listLoading', 'age.unreached'],
  [({ flag }) => flag, 'flags.loading', 'age.unreached'],
  ['/suggestions', 'suggestion.loading', 'suggestion.failing'],
  [({ suggestion }) => suggestion, 'suggestion.loading', 'suggestion.failing'],
  ['/suggestions?view=list', 'suggestion.loading', 'suggestion.listFailing'],
  [({ trace }) => trace, 'trace.loading', 'trace.failed'],
  ['/observers', 'observers.loading', 'observers.failing'],
  [({ observer }) => observer, 'observers.loading', 'observers.failing'],
  ['/records', 'publicRecord.loading', 'publicRecord.failing'],
  ['/ledger', 'ledger.loading', 'ledger.failed.unanswered'],
  [({ evidence }) => evidence, 'evidence.loading', 'evidence.unreached'],
  ['/agencies/Water', 'age.none'],
  ['/compare', 'compare.say', 'age.unreached'],
  ['/definitions', 'state.loading'],
  ['/status', 'age.none'],
  ['/about', 'place.loading'],
  ['/work', 'age.none'],
  ['/account', 'account.loading', 'account.failing'],
]

/** Ways in which numbers are not current, one after the other; of the board and of a page that follows as it does. */
const states: readonly (readonly [path: string, hears: Hearing, sign: string, after: number])[] = [
  ['/compare?a=agency:Water', 'nothing', 'reconnecting', 0],
  ['/agencies/Water?at=999999,1', 'everything', 'refused', 0],
  ['/', 'a silent source', 'live', 0],
  ['/', 'old news', 'delayed', 0],
  ['/', 'nothing', 'stale', 90_000],
  ['/', 'a refusal', 'refused', 30_000],
  ['/', 'that it is outdated', 'outdated', 30_000],
]

/** A page whose time can be made to pass, and whose socket tells it what never happens here. */
async function openAltered() {
  const opened = await openPage()
  await opened.clock.install()
  const hear = await alterSocket(opened)
  await opened.goto(`${city.origin}/sign-in?lang=en`)
  return { page: opened, hear }
}

test.each(states)(
  'axe finds no fault of %s that hears %s: it is %s',
  async (path, hears, sign, after) => {
    const { page: on, hear } = altered
    const { pathname, search } = new URL(on.url())
    if (pathname + search !== path) {
      await hear('everything')
      await turnTo(on, path)
      await on.locator('[data-live=live], [data-live=refused]').waitFor()
    }
    await hear(hears)
    await on.clock.fastForward(after)
    await on.locator(`[data-live=${sign}]`).waitFor()
    if (sign === 'live') await on.locator('[data-state=silent]').first().waitFor()
    expect(await faultsInBoth(on)).toEqual([])
    await on.setViewportSize(PHONE)
    await expectInside(on, 'on a phone')
    await on.setViewportSize(WIDE)
  },
)

let answers: 'nothing' | 'that it cannot' = 'nothing'

/** A page to which the server says nothing, or only that it cannot. */
async function openUnanswered(): Promise<Page> {
  const opened = await openPage()
  await opened.routeWebSocket('**/socket.io/**', () => {})
  await opened.route(/\/(api\/v1|ledger)\//, async (route) => {
    if (answers === 'nothing') return
    await route.fulfill({ status: 500, json: { error: 'The database does not answer.' } })
  })
  await opened.goto(`${city.origin}/sign-in?lang=en`)
  return opened
}

test.each(
  (['nothing', 'that it cannot'] as const).flatMap((which) =>
    unanswered.flatMap(([path, waiting, failing]) => {
      const says = which === 'nothing' ? waiting : failing
      return says ? [[called(path), which, says, path] as const] : []
    }),
  ),
)(
  'axe finds no fault of %s while the server answers %s: it says %s',
  async (_, which, says, path) => {
    if (answers !== which) await turnTo(silent, '/sign-in')
    answers = which
    await turnTo(silent, pathOf(path))
    await expectSaid(silent, says)
  },
)

test('axe finds no fault where a page does not come', async () => {
  await silent.route('**/assets/*.js', (route) => route.abort())
  await turnTo(silent, '/design')
  await expectSaid(silent, 'missing.notLoaded')
})
