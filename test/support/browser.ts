import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
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

/** The machine's Chromium if it has one, else the one that npm brought, which is unpacked the first time. */
export async function browserPath(): Promise<string> {
  const installed = INSTALLED.find((file) => existsSync(file))
  return installed ?? sparticuz.executablePath()
}

async function launch() {
  const executablePath = process.env.TEST_BROWSER ?? (await browserPath())
  const browser = await chromium.launch({ executablePath, args: FLAGS, headless: true })
  const stopped = stoppedBy(browser)
  return { browser, stopped, ...(await readerIn(browser)) }
}

/** What the security policy stops in any page, as it is told. */
function stoppedBy(browser: Browser): string[] {
  const stopped: string[] = []
  browser.on('context', (context) =>
    context.on('console', (message) => {
      const isOfPolicy = /Content Security Policy/.test(message.text())
      if (isOfPolicy) stopped.push(`${message.page()?.url()}: ${message.text()}`)
    }),
  )
  return stopped
}

/** Of a worker, for all its files; it ends with the worker. */
let shared: ReturnType<typeof launch> | undefined

/** A real Chromium: that of the worker in a run of tests, where the policy must have nothing to stop, else one of its own. */
export async function openBrowser() {
  if (!process.env.TEST_BROWSER) return ownBrowser()
  const { browser, newPage, reader, stopped } = await (shared ??= launch())
  return {
    browser,
    newPage,
    /** What a test that failed has left open must not go on behind the next. */
    async [Symbol.asyncDispose]() {
      const others = browser.contexts().filter((context) => context !== reader)
      await Promise.all([...others, ...reader.pages()].map((one) => one.close()))
      const reports = [...new Set(stopped.splice(0))]
      if (reports.length > 0) throw new Error(`The policy stopped\n${reports.join('\n')}`)
    },
  }
}

async function ownBrowser() {
  const { browser, newPage } = await launch()
  return { browser, newPage, [Symbol.asyncDispose]: () => browser.close() }
}
