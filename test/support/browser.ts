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

/** The machine's Chromium if it has one, else the one that npm brought. */
async function launchOptions() {
  const installed = INSTALLED.find((file) => existsSync(file))
  const executablePath = installed ?? (await sparticuz.executablePath())
  return { executablePath, args: FLAGS, headless: true }
}

/** A Chromium that others connect to: `TEST_BROWSER` tells them where. */
export async function serveBrowser() {
  return chromium.launchServer(await launchOptions())
}

/** A real Chromium: that of the whole run where there is one, else one of its own. */
export async function openBrowser() {
  const shared = process.env.TEST_BROWSER
  const browser = shared
    ? await chromium.connect(shared)
    : await chromium.launch(await launchOptions())

  return {
    browser,
    newPage: browser.newPage.bind(browser),
    async [Symbol.asyncDispose]() {
      await browser.close()
    },
  }
}
