import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'
import { article, comment, consultation, draft } from '../support/consultations.ts'
import { ndjson, newSource } from '../support/events.ts'
import { faults, faultsInBoth } from '../support/faults.ts'
import { inSession } from '../support/signed-in.ts'
import { poll, response } from '../support/polls.ts'
import { pictureOf } from './picture-of.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let chromium: Awaited<ReturnType<typeof openBrowser>>
let source: Awaited<ReturnType<typeof newSource>>

const now = Date.now()
const iso = (days: number) => new Date(now + days * 86_400_000).toISOString()
const said = (overrides: object) => comment({ receivedAt: iso(-1), language: 'en', ...overrides })

beforeAll(async () => {
  ;[app, chromium] = await Promise.all([runningApp(), openBrowser()])
  source = await newSource(app)
  await source.send(
    ndjson(
      consultation({ opensAt: iso(-5), closesAt: iso(9.5) }),
      said({ provision: '1', stance: 'support', text: 'Slower is better.' }),
      said({ provision: '2', stance: 'oppose', text: '<b>Horns</b> save lives.' }),
      consultation({
        id: 'quays',
        titles: { en: 'Quays' },
        opensAt: iso(-60),
        closesAt: iso(-40),
      }),
      said({ consultation: 'quays', receivedAt: iso(-58) }),
      consultation({
        id: 'tides',
        titles: { en: 'Tides' },
        opensAt: iso(-500),
        closesAt: iso(-470),
      }),
      said({ consultation: 'tides', receivedAt: iso(-490), provision: '2' }),
      poll({ opensAt: iso(-5), closesAt: iso(9.5), isSealed: true }),
      response({ answeredAt: iso(-1) }),
    ),
  )
})

afterAll(async () => {
  await chromium[Symbol.asyncDispose]()
  await app[Symbol.asyncDispose]()
})

/** A page of 390 pixels does not have to be moved sideways, once what is drawn has followed; it is left as wide as it was. */
async function fitsOnPhone(page: Page): Promise<void> {
  const before = page.viewportSize()!
  await page.setViewportSize({ width: 390, height: 844 })
  const wider = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  await expect.poll(wider, { message: page.url() }).toBeLessThanOrEqual(0)
  await page.setViewportSize(before)
}

test('comments posted through intake move the heat strip within a second, and a letter campaign is seen, shown and not hidden', async () => {
  const page = await chromium.newPage()
  await page.goto(`${app.origin}/consultations`)
  await page.getByRole('link', { name: 'Night ferry rules' }).click()
  const column = page.locator('button[data-provision="2"]')
  await column.click()
  await page.locator('button[data-provision="2"][data-comments="1"]').waitFor()
  expect(await page.locator('main').innerText()).toContain('9 days left')
  // What is said is text, whatever it holds.
  await page.getByText('<b>Horns</b> save lives.').waitFor()

  await source.send(
    ndjson(
      said({ provision: '2', stance: 'amend', text: 'Only in fog.', person: 'p1' }),
      said({ provision: '2', stance: 'oppose', text: 'Never.', person: 'p1' }),
      said({ status: 'withheld', reason: 'abuse' }),
    ),
  )
  const sentAt = performance.now()
  await page.locator('button[data-provision="2"][data-comments="3"]').waitFor()
  expect(performance.now() - sentAt).toBeLessThan(1000)
  await page.getByText('Only in fog.').waitFor()
  // What is chosen narrows the figures, stands in the address, and Escape leaves it.
  await page.locator('[data-measure=peopleOfProvision]').getByText('2', { exact: true }).waitFor()
  expect(new URL(page.url()).search).toBe('?provision=2')
  expect(await page.locator('nav span[aria-current=page]').innerText()).toBe('Article 2')
  await page.keyboard.press('Escape')
  await page.locator('[data-measure=people]').waitFor()
  expect(new URL(page.url()).search).toBe('')
  expect(await page.locator('[data-panel=curve] li').allInnerTexts()).toEqual([
    expect.stringContaining('Night ferry rules'),
    expect.stringContaining('Quays'),
  ])
  const press = (panel: string) => () =>
    page
      .locator(`[data-panel=${panel}]`)
      .getByRole('button', { name: /^Download as PNG/ })
      .click()
  const drawn = await pictureOf(page, press('curve'))
  expect(drawn.colors['--series-1']).toBeGreaterThan(100)
  // Above the curves stands which is which, also in the picture: it is higher than what the page shows.
  const shown = (await page.locator('[data-panel=curve] .body').boundingBox())!
  expect(drawn.height).toBeGreaterThan(2 * (shown.height + 122))
  expect((await pictureOf(page, press('strip'))).colors['--series-1']).toBeGreaterThan(100)
  const curve = page.locator('[data-panel=curve]').getByRole('link', { name: /CSV/ })
  const csv = await (await fetch(app.origin + (await curve.getAttribute('href')))).text()
  expect(csv).toMatch(/^night-ferry,/m)
  expect(csv).toMatch(/^quays,/m)
  await page.locator('[data-panel=strip]').getByRole('button', { name: /table/i }).click()
  const second = page.locator('[data-panel=strip] [data-row="2"]')
  expect(await second.locator('td').allInnerTexts()).toEqual(['3', '0', '2', '1', 'not answered'])
  await page.locator('[data-panel=curve]').getByRole('button', { name: /table/i }).click()
  expect(new URL(page.url()).search).toBe('?show=curve-table,strip-table')
  const third = page.locator('[data-panel=curve] [role=region] tr', { hasText: 'Day 3' })
  expect((await third.locator('td').allInnerTexts())[1]).toBe('1')
  await page.goBack()
  await page.goBack()
  // Also why: that was not so when the page was opened.
  await page.locator('[data-measure=commentsWithheld] .foot', { hasText: 'abuse 1' }).waitFor()
  expect(await page.locator('[data-measure=commentsWithheld] .value').innerText()).toBe('1')
  expect(await page.locator('[data-measure=people] .value').innerText()).toBe('3')

  // A letter campaign is seen with its differences, and hides nobody: all of it is counted as before.
  const letter = 'The last boat home is not a luxury: nurses and bakers finish after midnight.'
  const sent = Array.from({ length: 9 }, (_, n) =>
    said({ provision: '2', text: n < 6 ? letter : `${letter} Thank you.`, person: `l${n}` }),
  )
  await source.send(ndjson(...sent))
  await page.locator('button[data-provision="2"][data-comments="12"]').waitFor()
  const group = page.locator('article[data-comments="9"]')
  await group.getByText('in 2 wordings').waitFor()
  await group.locator('summary').click()
  expect(await group.locator('li').innerText()).toContain('3 comments say:')
  expect(await group.locator('ins').innerText()).toContain('Thank you')
  await page.locator('[data-measure=commentsDistinct]').getByText('8 are nearly the same').waitFor()
  expect(await page.locator('[data-measure=commentsPublished] .value').innerText()).toBe('13')
  await page.getByRole('searchbox', { name: 'Search all comments' }).fill('horns')
  await page.keyboard.press('Enter')
  await page.locator('[data-panel=find] li').first().waitFor()
  expect(await page.locator('[data-panel=find] li').allInnerTexts()).toEqual([
    expect.stringContaining('<b>Horns</b> save lives.'),
  ])
  // What is found says what it is on and leads there, and letters and search are narrowed with the page.
  await page.locator('[data-panel=find] li').getByRole('link', { name: 'Article 2' }).click()
  await page.getByText('Only what was said on: Article 2.').waitFor()
  await page.getByText('Only letters first on: Article 2.').waitFor()
  expect(new URL(page.url()).search).toBe('?q=horns&provision=2')
  await page.locator('[data-panel=find] li', { hasText: 'save lives' }).waitFor()
  await page.getByRole('button', { name: 'Next: Article 3' }).click()
  await page.getByText('No published comment says “horns” on: Article 3.').waitFor()
  await page.getByText('No letter is first on: Article 3.').waitFor()
  await page.goBack()
  await group.waitFor()
  await page.goBack()
  await page.reload()
  await page.locator('[data-panel=find] li', { hasText: 'save lives' }).waitFor()
  expect(await page.getByRole('searchbox').last().inputValue()).toBe('horns')
  await page.goBack()
  await page.locator('[data-panel=find] li').waitFor({ state: 'detached' })
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('a comment by the form shows in the heat strip, and a withheld one as withheld', async () => {
  const page = await chromium.newPage()
  await page.goto(`${app.origin}/consultations/night-ferry`)
  await page.locator('button[data-provision="3"]').click()
  await page.getByRole('link', { name: 'Comment on Article 3' }).click()
  expect(await page.getByLabel('What it is about').inputValue()).toBe('3')
  expect(await faults(page)).toEqual([])
  await page.getByLabel('Your comment').fill('Three would be better.')
  await page.getByLabel('Amend it').check()
  await page.getByLabel('Wording that you propose').fill('At three.')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText(/Receipt [0-9A-F]{12}/).waitFor()
  await page.getByRole('link', { name: 'See your comment' }).click()
  await page.getByText('Three would be better.').waitFor()
  await page.getByRole('link', { name: 'The draft' }).click()
  await page.locator('button[data-provision="3"][data-comments="1"]').click()
  await page.getByText('Three would be better.').waitFor()

  const { db, origin } = app
  const visit = { browser: chromium.browser, db, origin }
  const { page: desk } = await inSession({ ...visit, role: 'secretariat', name: 'Ines' })
  await desk.goto(`${app.origin}/consultations/night-ferry/moderation`)
  const said = desk.locator('li[data-comment]', { hasText: 'Three would be better.' })
  await desk.getByLabel('Reason, from the published list').selectOption('off-topic')
  await said.getByRole('button', { name: 'Withhold' }).click()
  await desk.getByText('1 done').waitFor()
  await page.locator('button[data-provision="3"][data-comments="0"]').waitFor()
  await page.locator('[data-withheld="off-topic"]').getByText('off topic').waitFor()
  expect(await page.locator('main').innerText()).not.toContain('Three would be better.')

  await said.getByRole('button', { name: 'Publish again' }).click()
  await desk.getByText('Say why it is published again.').waitFor()
  await desk.getByLabel('In words, public').fill('It is about the last boat.')
  await desk.reload()
  const words = [desk.getByLabel('In words, public'), desk.getByLabel('Reason, from the')]
  await expect.poll(() => words[0]!.inputValue()).toBe('It is about the last boat.')
  expect(await words[1]!.inputValue()).toBe('off-topic')
  await said.getByRole('button', { name: 'Publish again' }).click()
  await page.getByText('Three would be better.').waitFor()
  await page.close()
  await desk.close()
})

test('the form works without scripts: what is missing is said beside it, and nothing typed is lost', async () => {
  const context = await chromium.browser.newContext({ javaScriptEnabled: false, locale: 'zh' })
  const page = await context.newPage()
  await page.goto(`${app.origin}/consultations/night-ferry/form?provision=1`)
  await page.getByLabel('建议的条文').fill('不超过六节。')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '提交意见' }).press('Enter')
  await page.getByText('请在此写下您的意见。').waitFor()
  expect(await page.getByLabel('建议的条文').inputValue()).toContain('不超过六节。')
  await page.getByLabel('您的意见').fill('八节仍太快。')
  await page.getByRole('button', { name: '提交意见' }).click()
  await page.getByText(/回执编号：[0-9A-F]{12}/).waitFor()
  const stored = await app.db
    .selectFrom('comment')
    .select(['text', 'proposal'])
    .where('text', '=', '八节仍太快。')
    .execute()
  expect(stored).toEqual([{ text: '八节仍太快。', proposal: '不超过六节。' }])
  await context.close()
})

test('on the board a consultation is looked at closer until Escape leaves it, beside polls whose answers are sealed', async () => {
  const page = await chromium.newPage()
  await page.goto(`${app.origin}/?consultation=night-ferry`)
  const closer = page.locator('[data-closer=night-ferry]')
  await closer.locator('[data-row="2"]').waitFor()
  await closer.locator('[data-curve=people] b').waitFor()
  await page.getByRole('button', { name: 'Remove the filter Night ferry rules' }).waitFor()
  expect(await closer.innerText()).toContain('tickets belong to no consultation')
  // Each number of its line is of this draft, and its card explains the number that all together have.
  const draft = page.locator('[data-consultation=night-ferry]')
  const counted = async (measure: string) =>
    /\d+(?=\D*$)/.exec(await draft.locator(`[data-measure=${measure}]`).innerText())?.[0]
  const view = 'measures=commentsDistinct&by=consultation&window=90d&consultation=night-ferry'
  const distinct = (await (await fetch(`${app.origin}/api/v1/view?${view}`)).json()) as {
    rows: [string, number][]
  }
  expect(await counted('commentsDistinct')).toBe(String(distinct.rows[0]![1]))
  await draft.locator('[data-measure=answerRate]', { hasText: '0.0%' }).waitFor()
  expect(await draft.innerText()).toContain('9 days left')
  await draft.getByRole('link').focus()
  await page.keyboard.press('ArrowRight')
  await draft.locator('.closer button:focus').waitFor()
  await page.getByRole('button', { name: 'Answer rate of drafts' }).click()
  const card = page.getByRole('dialog')
  await card.getByText(/^0 ÷ \d+ = 0.0%$/).waitFor()
  expect(await card.innerText()).toContain('since each was opened')
  await page.keyboard.press('Escape')
  const line = page.locator('[data-poll=evenings]')
  expect(await line.locator('[data-answers]').innerText()).toContain('1')
  expect(await line.innerText()).toContain('sealed until it closes')
  expect(await faults(page)).toEqual([])

  await page.locator('main').press('Escape')
  await closer.waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('')
  await page.getByRole('button', { name: 'Closer: Night ferry rules' }).click()
  await closer.waitFor()
  expect(new URL(page.url()).search).toBe('?consultation=night-ferry')

  // An article is found by its number, from everywhere.
  await page.keyboard.press('/')
  await page.keyboard.type('article 2')
  await page.getByRole('option', { name: /Article 2.*Night ferry rules/ }).click()
  await page.locator('nav span[aria-current=page]', { hasText: 'Article 2' }).waitFor()
  expect(new URL(page.url()).search).toBe('?provision=2')
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('an address of no consultation says so, and what was said longer ago than is held live is counted', async () => {
  const page = await chromium.newPage({ locale: 'zh' })
  await page.goto(`${app.origin}/consultations/nothing`)
  await page.getByText('没有这次征求意见').waitFor()
  await page.goto(`${app.origin}/consultations/tides`)
  await page.locator('button[data-provision="2"][data-comments="1"]').click()
  await page.locator('[data-measure=peopleOfProvision]').getByText('1', { exact: true }).waitFor()
  await page.locator('[data-live=past]').waitFor()
  expect(await faults(page)).toEqual([])
  await page.close()
})

test('an official answers a letter, which everybody sees at once, and an observer freezes a provision and opens it again', async () => {
  const letter = 'Keep the quay lights on until the last boat has left, or nobody finds the steps.'
  const id = 'quay-lights'
  const lit = draft(1, article.speed, article.horn, article.fines)
  const texts = {
    en: `Quay lights\n${lit.texts.en}`,
    zh: '码头照明\n第一条\n夜间航速不超过八节。\n第二条\n夜间不鸣笛。\n第三条\n违者罚款。',
  }
  await source.send(
    ndjson(
      consultation({ id, drafts: [{ ...lit, texts }], opensAt: iso(-5), closesAt: iso(9.5) }),
      said({ consultation: id, provision: 'preamble', stance: 'support', person: 'e' }),
      ...['a', 'b', 'c'].map((person) =>
        said({ consultation: id, provision: '1', stance: 'amend', text: letter, person }),
      ),
    ),
  )
  const { db, origin } = app
  const visit = { browser: chromium.browser, db, origin }
  const [official, observer, reader] = await Promise.all([
    inSession({ ...visit, role: 'official', name: 'Omar' }),
    inSession({ ...visit, role: 'observer', name: 'Mei' }),
    chromium.newPage(),
  ])
  await reader.goto(`${origin}/consultations/${id}`)
  await reader.locator('article[data-comments="3"]').waitFor()
  // The languages of the draft stand beside each other, where there is room.
  const boxIn = async (language: string) =>
    (await reader.locator(`[data-panel=article] [lang=${language}]`).boundingBox())!
  const [en, zh] = [await boxIn('en'), await boxIn('zh')]
  expect(zh.y).toBe(en.y)
  expect(zh.x).toBeGreaterThan(en.x + en.width)

  const desk = official.page
  await desk.goto(`${origin}/work?list=drafts`)
  const owed = desk.locator(`[data-reply-owed^="${id} "]`)
  const link = owed.getByRole('link', { name: 'Keep the quay lights' })
  const work = await official.context.newPage()
  // What has no number in the draft is owed too: the desk leads to its words, where it is answered.
  const preamble = owed.getByRole('link', { name: 'Preamble', exact: true })
  await work.goto(`${origin}${await preamble.getAttribute('href')}`)
  await work.locator('[data-panel=article]').getByText('Quay lights').waitFor()
  const answers = work.locator('[data-panel=answers]')
  await answers.getByText('Answer what was said on: Preamble').waitFor()
  await answers.getByLabel('Reasons').fill('The name stays.')
  await answers.getByRole('button', { name: 'Answer', exact: true }).click()
  await preamble.waitFor({ state: 'detached' })

  await work.goto(`${origin}${await link.getAttribute('href')}`)
  expect(await owed.count()).toBe(2)
  const group = work.locator('article[data-comments="3"]')
  await group.getByLabel('Accepted in part').check()
  await group.getByLabel('Reasons').fill('They stay on for a quarter of an hour.')
  await group.getByRole('button', { name: 'Answer', exact: true }).click()
  for (const page of [work, reader]) {
    const shown = page.locator('article[data-comments="3"] [data-reply=partly]')
    await shown.getByText('They stay on for a quarter of an hour.').waitFor()
  }
  // All that was said on it is answered, and the strip and the head say so.
  await reader.locator('button[data-provision="1"][data-answered=whole]').waitFor()
  const answered = reader.locator('[data-measure=answerRate] .value')
  await answered.getByText('100.0%').waitFor()
  await work.locator('[data-spread=language] [data-code=en]', { hasText: '4' }).waitFor()
  expect(await reader.locator('[data-panel=spread]').count()).toBe(0)
  // It leaves the desk by itself.
  await link.waitFor({ state: 'detached' })
  expect(await owed.count()).toBe(1)

  const { page } = observer
  await page.goto(`${origin}/consultations/${id}?on=${id}/1/1`)
  await page.locator('[data-panel=article]').getByRole('button', { name: /Flag/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.locator('[data-evidence=shown] .value').waitFor()
  await dialog.getByLabel('Unfair').check()
  await dialog.locator('textarea[name=text]').fill('Nobody asked those who live there.')
  await source.send(ndjson(said({ consultation: id, provision: '1', text: 'Yes.', person: 'd' })))
  await reader.locator('button[data-provision="1"][data-comments="4"]').waitFor()
  await reader.locator('button[data-provision="1"][data-answered=partly]').waitFor()
  await answered.getByText('80.0%').waitFor()
  await reader.getByRole('button', { name: 'Next: Article 2' }).click()
  await reader.locator('nav span[aria-current=page]', { hasText: 'Article 2' }).waitFor()
  await dialog.getByRole('button', { name: 'Raise flag' }).click()
  await page.waitForURL(/\/flags\/\d+$/)
  const evidence = page.locator('[data-evidence=shown]')
  await evidence.locator('[data-today=same]').waitFor()
  expect(await evidence.locator('.value').innerText()).toBe('3 comments')
  expect(await evidence.innerText()).toContain('enters the inner harbour')
  expect(await evidence.locator('[data-today=same]').innerText()).toContain('4 comments')

  // What an answer and a suggestion changed is a link to the clause, wherever the page was.
  const tell = (at: Page, path: string, data: object) =>
    at.request.post(`${origin}/api/v1${path}`, {
      headers: { origin, 'idempotency-key': crypto.randomUUID() },
      data,
    })
  const answer = { about: { provision: `${id}/1/3` }, verdict: 'accepted', text: 'Yes.' }
  await tell(work, `/consultations/${id}/answer`, { ...answer, clauses: [`${id}/1/1`] })
  await reader.getByRole('button', { name: 'Next: Article 3' }).click()
  await reader.getByRole('link', { name: 'Article 1 of draft 1' }).click()
  const chosen = reader.locator('[data-panel=article]')
  await chosen.getByRole('heading', { name: 'Article 1' }).waitFor()
  const suggestion = {
    target: 'rule',
    title: 'Dim the quay',
    text: 'Do.',
    why: 'So.',
    language: 'en',
  }
  const submitted = await tell(page, '/suggestions', {
    ...suggestion,
    flags: [Number(page.url().split('/').at(-1))],
  })
  const { href } = ((await submitted.json()) as { suggestion: { href: string } }).suggestion
  await tell(work, `${href}/review`, {})
  await work.goto(origin + href)
  await work.getByRole('button', { name: 'Adopt', exact: true }).click()
  const form = work.locator('form[data-form=adoption]')
  await form.getByLabel('Reason').fill('So it shall be.')
  await form.getByRole('combobox', { name: 'Add a clause' }).pressSequentially('2')
  await work.getByRole('option', { name: 'Article 2 of draft 1, Night ferry rules' }).click()
  await form.locator('b', { hasText: 'Article 2 of draft 1' }).waitFor()
  expect(await faults(work)).toEqual([])
  await form.getByRole('button', { name: 'Adopt', exact: true }).click()
  await work.locator('[data-step=clause] a').waitFor()
  await work.getByRole('link', { name: 'Article 2 of draft 1, Night ferry rules' }).click()
  const changed = work.locator('[data-panel=article]').getByRole('heading', { name: 'Article 2' })
  await changed.waitFor()
  await expect.poll(async () => (await changed.boundingBox())!.y).toBeLessThan(720)
  for (const one of [desk, work, page]) expect(await faults(one)).toEqual([])
  expect(await faultsInBoth(reader)).toEqual([])
  for (const one of [work, reader]) await fitsOnPhone(one)
  await reader.goto(`${origin}/api/v1/consultations/${id}/report?language=zh`)
  await reader.getByText('已答复 2 处').waitFor()
  expect(await faultsInBoth(reader)).toEqual([])
  await fitsOnPhone(reader)
  await Promise.all([official.context.close(), observer.context.close(), reader.close()])
})
