import { setImmediate as nextTurn } from 'node:timers/promises'
import { measures } from '#shared/measures/all.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Told, ToldCell } from '#shared/told.ts'
import type { At } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Archive } from './archive.ts'
import type { Count } from './count.ts'
import { blockOf, type GridWindow } from './grid.ts'
import { insertPublication, type NewPublication } from './queries.ts'
import type { Knowledge } from './knowledge.ts'
import type { Frame } from './pages.ts'
import { isSurveyPart } from './publishable.ts'
import { countsByRow, keysAsBefore, keysNow, rootKeys } from './rows.ts'
import type { Subject } from './subjects.ts'

/** Longer than this nothing else may have to wait, in milliseconds. */
const TURN = 15

/** What is counted, as it stands at one instant. */
export interface Stand {
  at: At
  count: Count
  directory: Directory
}

interface Work {
  archive: Archive
  subject: Subject
  /** The windows that end at one midnight, the shortest first. */
  windows: readonly GridWindow[]
  stand: () => Stand
}

/** Publishes windows of one subject that have ended: once, and for ever. The archive must know all that came before. */
export async function publishWindows(
  trx: Db,
  { archive, subject, windows, stand }: Work,
): Promise<void> {
  const { at, count, directory } = stand()
  const counted = windows.map((window) => ({ window, sums: count(window, subject) }))
  const keys = keysOf(archive, subject, directory, windows[0]!)
  const definitions = Object.fromEntries(subject.measures.map((id) => [id, measures[id].version]))
  for (const { window, sums } of counted) {
    const { start, end, days } = window
    const rows = countsByRow(sums, { ...subject, keys }, directory)
    const frame = { ...subject, start, end, days, keys, totals: totalsOf(rows, subject) }
    archive.knowledge.open(frame, rootKeys(directory, subject.dimension))
    const told = { ...(await tell(archive.knowledge, { frame, rows })), definitions }
    const publication = publicationOf({ subject, window, at, told })
    const id = await insertPublication(trx, publication)
    archive.note({ id, at: 0, ...publication })
  }
}

/**
 * By a closed dimension new members get a row of their own only from the next 90 days on: until then
 * nobody learns when one was first named.
 */
function keysOf(
  archive: Archive,
  subject: Subject,
  directory: Directory,
  day: GridWindow,
): string[] {
  const { kind, dimension } = subject
  const newest = archive.newest(subject)
  const isNew = kind === 'surveys' || !newest || blockOf(newest.endsOn) !== blockOf(day.endsOn)
  return isNew ? keysNow(directory, dimension) : keysAsBefore(newest.keys, directory, dimension)
}

/** What was answered in surveys is not public, not even of the whole city. */
function totalsOf(rows: readonly number[][], { parts, kind }: Subject): (number | null)[] {
  return parts.map((part, column) =>
    kind === 'surveys' && isSurveyPart(part)
      ? null
      : rows.reduce((sum, row) => sum + row[column]!, 0),
  )
}

interface Telling {
  frame: Frame
  /** Exact, by row, then part. */
  rows: readonly number[][]
}

/** Chooses what is told of each count of a window that is open; between, others get their turn. */
export async function tell(
  knowledge: Knowledge,
  { frame, rows }: Telling,
): Promise<Omit<Told, 'definitions'>> {
  const cells: ToldCell[][] = rows.map(() => [])
  let turn = performance.now()
  for (const [column, part] of frame.parts.entries()) {
    for (const [key, row] of rows.entries()) {
      const place = { key, part: part.id }
      const count = row[column]!
      const isExact = frame.kind === 'surveys' && !isSurveyPart(part)
      if (isExact) knowledge.learn(frame, place, [count, count])
      cells[key]!.push(isExact ? [count, count] : knowledge.choose(frame, place, count))
      if (performance.now() - turn < TURN) continue
      await nextTurn()
      turn = performance.now()
    }
  }
  return {
    parts: frame.parts.map(({ id }) => id),
    totals: frame.totals,
    rows: frame.keys.map((key, at) => ({ key, cells: cells[at]! })),
  }
}

interface Published {
  subject: Subject
  window: GridWindow
  at: At
  told: Told
}

function publicationOf({ subject, window, at, told }: Published): NewPublication {
  const { days, startsOn, endsOn, start, end } = window
  return {
    kind: subject.kind,
    dimension: subject.dimension,
    days,
    startsOn,
    endsOn,
    startMinute: start,
    endMinute: end,
    seq: at[0],
    minute: at[1],
    contributions: contributionsVersion,
    told,
  }
}
