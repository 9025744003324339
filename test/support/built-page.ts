import { build } from 'vite'

/** The page is built once for all tests that open it. */
export default async function setup(): Promise<void> {
  await build({ logLevel: 'error' })
}
