import { build } from 'vite'
import { serveBrowser } from './browser.ts'

/** The page is built once, and one browser started, for all tests that open it. */
export default async function setup(): Promise<() => Promise<void>> {
  const [server] = await Promise.all([serveBrowser(), build({ logLevel: 'error' })])
  process.env.TEST_BROWSER = server.wsEndpoint()
  return () => server.close()
}
