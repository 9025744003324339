import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { readKept } from './kept.ts'

const RESUMED = 'flag-resumed'

interface Resumed {
  person: string
  of: string
}

/** To be opened again when this person has signed in. */
export function resumeLater(resumed: Resumed): void {
  try {
    sessionStorage.setItem(RESUMED, JSON.stringify(resumed))
  } catch {
    // It is found on the page of all flags.
  }
}

/** The claim that was being flagged when the session ended; once. */
export function takeResumed(person: string): ClaimInput | undefined {
  try {
    const text = sessionStorage.getItem(RESUMED)
    if (text === null) return undefined
    const resumed = JSON.parse(text) as Resumed
    if (resumed.person !== person) return undefined
    sessionStorage.removeItem(RESUMED)
    return readKept(person, resumed.of)?.claim
  } catch {
    return undefined
  }
}
