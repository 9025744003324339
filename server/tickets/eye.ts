import type { Policy } from '#shared/policy.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { MarkOf } from './marks.ts'
import type { Eye } from './public-ticket.ts'

/** What a running server knows of names and policies. */
interface Knowing {
  terms: { directory: Directory; policy: { policy: Pick<Policy, 'opened'> } }
  sources: readonly { id: number; name: string }[]
}

/** What is opened just now, and what things are called. */
export function eyeOf({ terms, sources }: Knowing, markOf: MarkOf): Eye {
  return {
    opened: terms.policy.policy.opened,
    directory: terms.directory,
    markOf,
    nameOf: (id) => sources.find((source) => source.id === id)?.name,
  }
}
