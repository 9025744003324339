import type { Browser, BrowserContext, Page } from 'playwright-core'

/** Gives a page a device that knows its owner, and holds passkeys. */
export async function giveDevice(page: Page, { isUserVerified = true } = {}): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified,
      automaticPresenceSimulation: true,
    },
  })
}

/** A browser of somebody's own, with a device that knows its owner. */
export async function withDevice(
  browser: Browser,
  { isUserVerified = true } = {},
): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await giveDevice(page, { isUserVerified })
  return { page, context }
}
