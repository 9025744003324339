import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

export const PAGE = 'dist/web'
export const BEING_BUILT = 'dist/web-of-tests'
/** Written where the page could not be built. */
export const WHY_NOT = 'dist/web-of-tests.txt'

/** Resolves when the page of this run is there. */
export async function builtPage(): Promise<void> {
  while (!existsSync(PAGE)) {
    if (existsSync(WHY_NOT)) throw new Error(readFileSync(WHY_NOT, 'utf8'))
    await delay(50)
  }
}
