import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable']

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

/** A real Chromium: the machine's if it has one, else the one that npm brought. */
export async function openBrowser() {
  const installed = INSTALLED.find((file) => existsSync(file))
  const browser = await chromium.launch({
    executablePath: installed ?? (await sparticuz.executablePath()),
    args: FLAGS,
    headless: true,
  })

  return {
    browser,
    newPage: browser.newPage.bind(browser),
    async [Symbol.asyncDispose]() {
      await browser.close()
    },
  }
}
