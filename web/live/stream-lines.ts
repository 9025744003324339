import type { StreamEvent, StreamPart } from '#shared/wire.ts'

/** So many are kept: who wants to read further back finds every ticket in the list of tickets. */
const KEPT = 30

/** A line of the stream: what happened, or so many that a busy tick did not tell one by one. */
export type StreamLine = {
  /** Larger than that of every older line. */
  key: number
  /** It came while the reader looked on. */
  isNew: boolean
} & ({ event: StreamEvent } | { more: number })

/** Puts what is told on top; the first message replaces everything. */
export function addPart(lines: readonly StreamLine[], part: StreamPart): readonly StreamLine[] {
  const isNew = !part.isFirst
  const told = part.events.map((event) => ({ event }))
  const came = part.more > 0 ? [...told, { more: part.more }] : told
  const top = (lines[0]?.key ?? 0) + came.length
  const fresh = came.map((line, place): StreamLine => ({ ...line, key: top - place, isNew }))
  return [...fresh, ...(part.isFirst ? [] : lines)].slice(0, KEPT)
}

/** How many of a message's events are not among the lines. */
export function countNew(lines: readonly StreamLine[], { events, more }: StreamPart): number {
  const known = new Set(lines.map((line) => 'event' in line && nameOf(line.event)))
  return events.filter((event) => !known.has(nameOf(event))).length + more
}

/** An event has no id of its own: what happened to which ticket, when, is told once. */
const nameOf = ({ mark, id, kind, at, field = '' }: StreamEvent): string =>
  [mark, id, kind, at, field].join('\n')
