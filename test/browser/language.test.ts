import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { boardOn } from './board-page.ts'
import { smallCity } from './city.ts'

let city: Awaited<ReturnType<typeof smallCity>>
let chromium: Awaited<ReturnType<typeof openBrowser>>

/** Called so in every language. */
const members = { agency: 'A1', area: 'B2', category: 'C3' }
const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString()

beforeAll(async () => {
  ;[city, chromium] = await Promise.all([smallCity(), openBrowser()])
  const receivedAt = ago(3)
  await city.post(
    { id: 'T1', receivedAt, ...members },
    { id: 'T2', receivedAt, ...members, status: 'closed', closedAt: ago(2.9) },
  )
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await city[Symbol.asyncDispose]()
})

/** A reader of their own, with nothing stored; `fonts` are the files the page has fetched, in bytes. */
async function openBoard({ locale = 'en-GB', path = '/' } = {}) {
  const context = await chromium.browser.newContext({ locale })
  const board = boardOn(await context.newPage())
  const fonts = new Map<string, number>()
  board.page.on('response', (response) => {
    const name = new URL(response.url()).pathname.split('/').at(-1)!
    if (name.endsWith('.woff2')) fonts.set(name, Number(response.headers()['content-length']))
  })
  await board.page.goto(city.origin + path)
  await board.state('live')
  await board.shows('onTimeRate', '50.0%')
  return {
    ...board,
    fonts,
    menu: board.page.locator('header select'),
    language: () => board.page.locator('html').getAttribute('lang'),
    [Symbol.asyncDispose]: () => context.close(),
  }
}

/** Latin words in what a page says to eye and ear: on a page in Chinese, what was left in English. */
async function latinWords(page: Page): Promise<string[]> {
  const said = (await page.evaluate(`
    [...document.querySelectorAll('body :not(noscript, noscript *, script)')]
      .flatMap((one) => [
        one.ariaLabel,
        one.title,
        ...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
      ])
      .join(' ')
  `)) as string
  return [...new Set(said.match(/[A-Za-z]{2,}/g))].sort()
}

/** Names, and the fields of formulas, are the same in every language. */
const sameInAll = [
  'Asia',
  'CSV',
  'Clerestory',
  'English',
  'Esc',
  'PNG',
  'Shanghai',
  'hotline',
  'numerator',
  'value',
]

test('the whole board changes to Chinese without a reload, and a reload keeps it', async () => {
  await using board = await openBoard()
  const { page, menu, language, tile } = board
  await page.evaluate('globalThis.isSame = true')
  expect(await menu.getAttribute('aria-label')).toBe('Language')

  await menu.selectOption('中文')
  await tile('onTimeRate').getByText('按时办结率').waitFor()
  await page.getByRole('button', { name: '以表格显示' }).click()
  await tile('onTimeRate').getByRole('button').click()
  expect(await page.getByRole('dialog').innerText()).toContain('1 ÷ 2 = 50.0%')
  expect(await language()).toBe('zh')
  expect(await page.title()).toBe('海晏港：市民诉求办理情况')
  expect(sameInAll).toEqual(expect.arrayContaining(await latinWords(page)))
  expect(await page.evaluate('globalThis.isSame')).toBe(true)

  await page.reload()
  await board.state('live')
  expect(await language()).toBe('zh')
  expect(await menu.inputValue()).toBe('zh')
  expect(await tile('onTimeRate').textContent()).toContain('按时办结率')
})

test('a page brings what it says, in the language that is spoken and in the one chosen then', async () => {
  await using board = await openBoard({ locale: 'zh-CN' })
  const { page, menu } = board
  await page.evaluate('globalThis.isSame = true')
  const open = (name: string) =>
    page.locator('header').getByRole('link', { name, exact: true }).click()
  const says = (name: string) => page.getByRole('heading', { name, exact: true }).first().waitFor()

  await open('运行状态')
  await says('运行状态')
  await open('关于')
  await says('关于本站')
  await menu.selectOption('English')
  await says('About this')
  await open('Status')
  await says('How it runs')
  await open('Definitions')
  await says('On-time rate')
  await menu.selectOption('中文')
  await says('按时办结率')
  expect(await page.evaluate('globalThis.isSame')).toBe(true)
})

test('without a choice the browser says which language; a link may say another, and keeps it', async () => {
  await using board = await openBoard({ locale: 'zh-TW' })
  expect(await board.language()).toBe('zh')

  await board.page.goto(`${city.origin}/?lang=en&window=7d`)
  await board.state('live')
  expect(await board.language()).toBe('en')
  expect(new URL(board.page.url()).search).toBe('?window=7d')
  await board.page.reload()
  await board.state('live')
  expect(await board.language()).toBe('en')
})

test('English needs one font file of at most 100 kB, and Chinese none of another language', async () => {
  await using english = await openBoard()
  await english.page.waitForLoadState('networkidle')
  await using chinese = await openBoard({ locale: 'zh-CN' })
  await chinese.page.waitForLoadState('networkidle')

  const bytes = english.fonts.values().reduce((sum, size) => sum + size, 0)
  console.info(`fonts for English: ${bytes} bytes`)
  expect([...english.fonts.keys()]).toEqual([expect.stringMatching(/^inter-latin-/)])
  expect(bytes).toBeLessThanOrEqual(100_000)
  const names = [...chinese.fonts.keys()]
  expect(names.filter((name) => name.startsWith('noto-sans-sc-')).length).toBeGreaterThan(5)
  expect(names.filter((name) => !/^(inter-latin|noto-sans-sc)-/.test(name))).toEqual([])
})

test('a word in Japanese or Korean has the characters of its own language', async () => {
  await using board = await openBoard()
  await board.page.waitForLoadState('networkidle')
  const fetches = async (lang: string) => {
    const before = new Set(board.fonts.keys())
    await board.page.evaluate(
      `document.body.insertAdjacentHTML('beforeend', '<p lang="${lang}">直</p>')`,
    )
    await board.page.evaluate('document.fonts.ready')
    return [...board.fonts.keys()]
      .filter((name) => !before.has(name))
      .map((name) => name.slice(0, 12))
  }

  expect(await fetches('ja')).toEqual(['noto-sans-jp'])
  expect(await fetches('ko')).toEqual(['noto-sans-kr'])
  expect(await fetches('zh')).toEqual(['noto-sans-sc'])
})
