import { eachSpell } from '#shared/measures/spells.ts'
import { isExcluded, type Ticket } from '#shared/ticket.ts'
import type { TimelineEntry } from '#shared/tickets.ts'
import { type Happening, happeningsBetween, isCorrection } from './public-changes.ts'
import { type Eye, factsOf, iso, type SeenFacts, type SeenRow } from './public-ticket.ts'
import type { KeptVersion } from './queries.ts'

interface Showing {
  eye: Eye
  now: number
  /** When a policy was set, by its version: a target it changed changed then, whenever that was noticed. */
  setAt: (policyVersion: number) => number | null
}

/**
 * All that the public may see happen to a ticket, the oldest first. A version that changes nothing to be
 * seen, because it brings a survey, say, leaves no trace: neither an entry nor a gap in their count.
 */
export function publicTimeline(
  versions: readonly KeptVersion[],
  { eye, now, setAt }: Showing,
): TimelineEntry[] {
  const entries: (TimelineEntry & { sortedAt: number })[] = []
  let before: SeenFacts | undefined
  let seen = 0
  let last = -Infinity
  for (const row of versions.filter(({ fate }) => fate !== 'stale')) {
    const after = factsOf(row, eye)
    const happenings = happeningsBetween(before, after)
    const earlier = before ? [] : transferredEarlier(after)
    const told = isCorrection(before, after) ? { correction: after.correction! } : sourced(row, eye)
    before = after
    if (happenings.length > 0) seen++
    for (const happening of happenings) {
      const toldAt = happening.kind === 'redecided' ? setAt(row.policyVersion) : row.at
      const at = happening.at ?? toldAt
      last = at ?? last
      entries.push({
        ...entryOf(happening, at),
        ...told,
        version: seen,
        sortedAt: last,
      })
    }
    for (const happening of earlier) {
      const entry = { ...entryOf(happening, null), ...told, version: seen }
      entries.push({ ...entry, sortedAt: after.receivedAt })
    }
  }
  const current = versions.find(({ fate }) => fate === 'current')
  for (const at of current ? overdueAt(current, now) : []) {
    entries.push({ kind: 'overdue', at: iso(at), version: null, sortedAt: at })
  }
  entries.sort((a, b) => a.sortedAt - b.sortedAt)
  return entries.map(({ sortedAt: _, ...entry }) => entry)
}

/** What the first word of a ticket tells of its way until then: that it was transferred, and not when. */
function transferredEarlier({ transfers }: SeenFacts): Happening[] {
  if (!transfers) return []
  return [{ kind: 'transferred', at: null, field: 'transfers', from: 0, to: transfers }]
}

function sourced({ source }: KeptVersion, { opened }: Eye): { source?: string } {
  return opened.includes('channel') ? { source } : {}
}

const instants = new Set<string>(['receivedAt', 'respondBy', 'respondedAt', 'dueAt', 'closedAt'])

function entryOf({ field, from, to, ...rest }: Happening, at: number | null) {
  const shown = (value: string | number | null = null) =>
    typeof value === 'number' && instants.has(field!) ? iso(value) : value
  return {
    ...rest,
    at: at === null ? null : iso(at),
    ...(field && { field, from: shown(from), to: shown(to) }),
  }
}

/** When it became overdue: in each spell in which it was open past its due date. */
function overdueAt(row: SeenRow, now: number): number[] {
  const { dueAt } = row
  if (dueAt === null || isExcluded(row)) return []
  const all: number[] = []
  eachSpell(row as unknown as Ticket, (start, end) => {
    const at = Math.max(start, dueAt)
    if (at < Math.min(end, now)) all.push(at)
  })
  return all
}
