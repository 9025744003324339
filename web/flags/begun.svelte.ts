import type { ClaimInput } from '#shared/oversight/evidence.ts'
import type { What } from './flagging.svelte.ts'
import { KEPT, keptClaims, subjectOf } from './kept.ts'

/** What somebody has begun to flag in this browser and not sent, in whichever tab. */
class Begun {
  #subjects = $state.raw<ReadonlySet<string>>(new Set())

  has(what: What): boolean {
    if (this.#subjects.size === 0) return false
    const subject = subjectOfWhat(what)
    return subject !== undefined && this.#subjects.has(subject)
  }

  /** Answers how to stop. */
  follow(person: string): () => void {
    const look = () => {
      this.#subjects = new Set(keptClaims(person).map(({ of }) => of))
    }
    look()
    addEventListener(KEPT, look)
    addEventListener('storage', look)
    return () => {
      removeEventListener(KEPT, look)
      removeEventListener('storage', look)
      this.#subjects = new Set()
    }
  }
}

export const begun = new Begun()

/** As a claim of what is shown would be kept, whatever is shown of it now. */
function subjectOfWhat(what: What): string | undefined {
  if (!('about' in what)) {
    const claim = what.claim()
    return claim && subjectOf(claim)
  }
  const { board, about } = what
  const { measure, view, row } = about
  const days = board.published.newest?.days
  const question =
    view === 'published' ? days && { window: `${days.start}/${days.end}` } : board.spec(view)
  if (!question) return undefined
  return subjectOf({ kind: 'number', question, measure, row: row?.key ?? null } as ClaimInput)
}
