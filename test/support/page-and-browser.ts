import { build } from 'vite'
import { serveBrowser } from './browser.ts'

/** The page is built once as it is shipped, and one browser started, for all tests that open it. */
export default async function setup(): Promise<() => Promise<void>> {
  // Vitest says 'test': the page would be built for development, larger and slower.
  process.env.NODE_ENV = 'production'
  const [server] = await Promise.all([serveBrowser(), build({ logLevel: 'error' })])
  process.env.NODE_ENV = 'test'
  process.env.TEST_BROWSER = server.wsEndpoint()
  return () => server.close()
}
