import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'
import { readerIn } from './reader.ts'

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

/** Of a worker, for all its files. */
let connected: ReturnType<typeof connect> | undefined

async function connect(address: string) {
  const browser = await chromium.connect(address)
  return { browser, ...(await readerIn(browser)) }
}

/** A real Chromium: that of the whole run where there is one, else one of its own. */
export async function openBrowser() {
  const address = process.env.TEST_BROWSER
  if (!address) return ownBrowser()
  const { browser, newPage, reader } = await (connected ??= connect(address))
  return {
    browser,
    newPage,
    /** What a test that failed has left open must not go on behind the next. */
    async [Symbol.asyncDispose]() {
      const others = browser.contexts().filter((context) => context !== reader)
      await Promise.all([...others, ...reader.pages()].map((one) => one.close()))
    },
  }
}

async function ownBrowser() {
  const browser = await chromium.launch(await launchOptions())
  const { newPage } = await readerIn(browser)
  return { browser, newPage, [Symbol.asyncDispose]: () => browser.close() }
}
