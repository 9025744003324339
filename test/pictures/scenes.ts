import type { Page } from 'playwright-core'

/** What the city that is shown has, to name in addresses. */
export interface Sights {
  /** Path of a page of a ticket that has a history. */
  ticket: string
  agency: string
  area: string
  category: string
  /** `SEQ,MINUTE` of a past moment. */
  moment: string
}

export interface Scene {
  name: string
  path: (sights: Sights) => string
  /** What is done on the page before the picture is taken. */
  act?: (page: Page) => Promise<unknown>
  /** Only what one sees first: what is opened lies over it. */
  isView?: boolean
}

const menu = (page: Page, key: string) => page.keyboard.press(key)

/** Every page, and the states that are not seen by opening it. */
export const scenes: readonly Scene[] = [
  { name: 'board', path: () => '/' },
  { name: 'board-week', path: () => '/?window=7d' },
  { name: 'board-narrowed', path: ({ agency, area }) => `/?agency=${agency}&area=${area}` },
  { name: 'board-past', path: ({ moment }) => `/?at=${moment}` },
  { name: 'board-lost', path: () => '/', act: lose },
  { name: 'board-card', path: () => '/', act: openCard, isView: true },
  { name: 'board-search', path: () => '/', act: (page) => menu(page, '/'), isView: true },
  { name: 'board-keys', path: () => '/', act: (page) => menu(page, '?'), isView: true },
  { name: 'compare', path: ({ agency }) => `/compare?a=agency:${agency}&window=7d` },
  { name: 'tickets', path: () => '/tickets', isView: true },
  { name: 'ticket', path: ({ ticket }) => `/${ticket}` },
  { name: 'agency', path: ({ agency }) => `/agencies/${agency}` },
  { name: 'area', path: ({ area }) => `/areas/${area}` },
  { name: 'category', path: ({ category }) => `/categories/${category}` },
  { name: 'definitions', path: () => '/definitions' },
  { name: 'status', path: () => '/status' },
  { name: 'about', path: () => '/about' },
  { name: 'design', path: () => '/design' },
  { name: 'missing', path: () => '/nowhere' },
  ...['headline', 'flow', 'ranking', 'movers'].map((scene) => ({
    name: `screen-${scene}`,
    path: () => `/screen?scenes=${scene}`,
    isView: true,
  })),
]

/** The network is gone, for as long as it takes the page to notice. */
async function lose(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.waitForTimeout(6000)
}

async function openCard(page: Page): Promise<void> {
  await page.locator('[data-define="onTimeRate"]').first().click()
}
