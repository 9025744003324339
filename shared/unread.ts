import type { Concern } from './oversight/concern.ts'
import type { RecordPoint } from './records.ts'

/** A record that concerns who is signed in, and why: it is about what is theirs, or their agency's to answer. */
export interface Told {
  seq: number
  subject: string
  kind: string
  why: Concern
}

/**
 * What is known of a person's records: all up to `at` were looked at, by whichever tab of whichever device. Any two can
 * be merged, in any order and as often as one likes, so that none has to ask another before it counts.
 */
export interface Unread {
  /** Of two, the higher one holds: the one before was of another past. */
  past: number
  at: RecordPoint | null
  told: readonly Told[]
  /** Up to which seq it was read, by subject. */
  read: Readonly<Record<string, number>>
  /** Up to which seq all of it was. */
  readUpTo: number
  /** The newest act that they saw on their desk; 0: they never looked. */
  looked: number
}

export const none: Unread = { past: 0, at: null, told: [], read: {}, readUpTo: 0, looked: 0 }

/** So many are kept, and so many subjects; an older one that nobody read is forgotten. */
export const MOST = 200

export const unreadOf = ({ told, read, readUpTo }: Unread): Told[] =>
  told.filter(({ seq, subject }) => seq > Math.max(readUpTo, read[subject] ?? 0))

/** A record was looked at. What another tab has looked at already is not told again. */
export function take(state: Unread, { seq, mark }: RecordPoint, told: Told | undefined): Unread {
  if (state.at && seq <= state.at.seq) return state
  return pruned({ ...state, at: { seq, mark }, told: told ? [...state.told, told] : state.told })
}

export function readSubject(state: Unread, subject: string): Unread {
  const seqs = state.told.filter((one) => one.subject === subject).map(({ seq }) => seq)
  if (seqs.length === 0) return state
  return pruned({ ...state, read: { ...state.read, [subject]: Math.max(...seqs) } })
}

export const readAll = (state: Unread): Unread =>
  pruned({ ...state, readUpTo: Math.max(state.readUpTo, state.at?.seq ?? 0) })

/** They saw on their desk what happened up to there. */
export const lookAt = (state: Unread, act: number): Unread =>
  act <= state.looked ? state : { ...state, looked: act }

/** Another past: nothing of what was told is of it. */
export const beginAnew = ({ past }: Unread, at: RecordPoint): Unread => ({
  ...none,
  past: past + 1,
  at,
})

export function merge(one: Unread, other: Unread): Unread {
  if (one.past !== other.past) return one.past > other.past ? one : other
  const told = new Map([...one.told, ...other.told].map((each) => [each.seq, each]))
  const subjects = Object.keys({ ...one.read, ...other.read })
  return pruned({
    past: one.past,
    at: later(one.at, other.at),
    told: [...told.values()].sort((a, b) => a.seq - b.seq),
    read: Object.fromEntries(
      subjects.map((name) => [name, Math.max(one.read[name] ?? 0, other.read[name] ?? 0)]),
    ),
    readUpTo: Math.max(one.readUpTo, other.readUpTo),
    looked: Math.max(one.looked, other.looked),
  })
}

function later(one: RecordPoint | null, other: RecordPoint | null): RecordPoint | null {
  if (!one || !other) return one ?? other
  return one.seq >= other.seq ? one : other
}

/** What was forgotten stays read: else a tab that still knows it would tell it anew. */
function pruned(state: Unread): Unread {
  if (state.told.length <= MOST && Object.keys(state.read).length <= MOST) return state
  const told = state.told.slice(-MOST)
  const subjects = new Set(told.map(({ subject }) => subject))
  const isFull = told.length < state.told.length
  const readUpTo = isFull ? Math.max(state.readUpTo, told[0]!.seq - 1) : state.readUpTo
  const read = Object.entries(state.read).filter(
    ([name, seq]) => seq > readUpTo && subjects.has(name),
  )
  return { ...state, told, readUpTo, read: Object.fromEntries(read) }
}
