import { type Decide, decideBy } from './decide.ts'
import type { KeptPolicy } from './queries.ts'
import { type Span, timelineOf } from './timeline.ts'

/** Which stored tickets are to be held against the policies. */
export interface Due {
  newest: number
  decide: Decide
  spans: readonly Span[]
  /** Tickets received before are left as they are; infinite when all are, or none. */
  since: number
}

/** What the versions that are not known to be done are about; undefined when every one is done. */
export function dueOf(versions: readonly KeptPolicy[]): Due | undefined {
  const undone = versions.filter(({ rewrittenAt }) => rewrittenAt === null)
  if (undone.length === 0) return undefined
  const all = everythingDue(versions)
  const numbers = new Set(undone.map(({ version }) => version))
  const starts = all.spans.filter(({ version }) => numbers.has(version)).map(({ from }) => from)
  return { ...all, since: Math.min(...starts) }
}

/** Every ticket, also those that were decided before policies had dates. */
export function everythingDue(versions: readonly KeptPolicy[]): Due {
  const newest = versions.at(-1)?.version ?? 0
  return { newest, decide: decideBy(versions), spans: timelineOf(versions), since: -Infinity }
}
