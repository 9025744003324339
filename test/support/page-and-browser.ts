import { execFile } from 'node:child_process'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { browserPath } from './browser.ts'
import { BEING_BUILT, PAGE, WHY_NOT } from './built-page.ts'

/**
 * The page is built once as it is shipped, and the browser unpacked, for all tests that open it. Tests that do not
 * begin meanwhile: `built-page.ts` waits. What is built takes its place whole: other servers look into it as they start.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await Promise.all(
    [PAGE, BEING_BUILT, WHY_NOT].map((one) => rm(one, { recursive: true, force: true })),
  )
  await mkdir('dist', { recursive: true })
  const stop = new AbortController()
  const building = build(stop.signal).catch(async (error: Error) => {
    if (!stop.signal.aborted) await writeFile(WHY_NOT, error.message)
  })
  process.env.TEST_BROWSER = await browserPath()
  return async () => {
    stop.abort()
    await building
  }
}

/** In a process of its own, which holds up no tests. Vitest says 'test': the page would be larger and slower. */
async function build(signal: AbortSignal): Promise<void> {
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']
  const env = { ...process.env, NODE_ENV: 'production' }
  await promisify(execFile)(process.execPath, [...vite, '--outDir', `../${BEING_BUILT}`], {
    env,
    signal,
  })
  await rename(BEING_BUILT, PAGE)
}
