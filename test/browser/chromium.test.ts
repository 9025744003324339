import { expect, test } from 'vitest'
import { runningApp } from '../support/app.ts'
import { openBrowser } from '../support/browser.ts'

test('a browser reaches the running app', async () => {
  await using app = await runningApp()
  await using chromium = await openBrowser()
  const page = await chromium.newPage()

  const response = await page.goto(`${app.origin}/livez`)

  expect(response?.status()).toBe(200)
})
