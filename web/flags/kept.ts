import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { onOf } from '#shared/oversight/on.ts'
import { keptName } from '../api/kept.ts'

export interface KeptFile {
  hash: string
  name: string
  type: string
  bytes: number
}

/** What somebody wrote and has not sent, as this browser keeps it. */
export interface Kept {
  /** Under which it is sent, once. */
  key: string
  values: Readonly<Record<string, string>>
  files: readonly KeptFile[]
  /** Milliseconds. */
  keptAt: number
  /** What a new flag is on, as it was shown when it was begun. */
  claim?: ClaimInput
  /** It was sent and not answered: what is sent again must be the same. */
  sent?: string
}

/** Told to the page whenever something is kept or forgotten. */
export const KEPT = 'flag-kept'

const nameOf = (person: string, of: string) => keptName({ person, form: `flag.${of}` })

/** Undefined also where a browser keeps nothing. */
export function readKept(person: string, of: string): Kept | undefined {
  try {
    const text = localStorage.getItem(nameOf(person, of))
    return text === null ? undefined : (JSON.parse(text) as Kept)
  } catch {
    return undefined
  }
}

/** False where it could not be kept. */
export function writeKept(person: string, of: string, kept: Kept): boolean {
  try {
    localStorage.setItem(nameOf(person, of), JSON.stringify(kept))
    dispatchEvent(new Event(KEPT))
    return true
  } catch {
    return false
  }
}

export function forget(person: string, of: string): void {
  try {
    localStorage.removeItem(nameOf(person, of))
    dispatchEvent(new Event(KEPT))
  } catch {
    // Nothing is kept.
  }
}

/** New flags that somebody began, the newest first. */
export function keptClaims(person: string): { of: string; kept: Kept }[] {
  const start = nameOf(person, '')
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(start))
      .map((name) => ({
        of: name.slice(start.length),
        kept: readKept(person, name.slice(start.length)),
      }))
      .filter((one): one is { of: string; kept: Kept } => one.kept?.claim !== undefined)
      .sort((a, b) => b.kept.keptAt - a.kept.keptAt)
  } catch {
    return []
  }
}

/** The same for the same number, ticket or list, whenever it is looked at. */
export function subjectOf(claim: ClaimInput): string {
  if (claim.kind === 'number') {
    const { question, measure, row } = claim
    const { by, over, window, filters, period } = question
    return `number:${JSON.stringify([measure, row ?? null, by, over, window, filters, period])}`
  }
  return claim.kind === 'group' ? `group:${claim.query}:${claim.group ?? ''}` : onOf(claim)
}
