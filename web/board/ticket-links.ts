import { DAY, MINUTE } from '#shared/time.ts'
import type { Filters } from '#shared/view.ts'
import type { BacklogRow } from './backlog.ts'
import type { BoardState } from './board-state.svelte.ts'
import { type Selection, viewFilters } from './selection.ts'
import { windowStart } from './timeline.ts'

type Board = Pick<BoardState, 'answeredWindow' | 'hasStream' | 'minute' | 'spec' | 'steps' | 'view'>

/** A hundred years: nothing has been open for longer. */
const LONGEST = 36_525
/** Between how many days ago the open tickets of a row were received. */
const ages: Record<BacklogRow['id'], [most: number, least: number]> = {
  days0to7: [7, 0],
  days8to30: [30, 7],
  days31to90: [90, 30],
  daysOver90: [LONGEST, 90],
  all: [LONGEST, 0],
}

/** Where the tickets of a row of the backlog are listed; undefined where single tickets are not shown. */
export function bandHref(board: Board, id: BacklogRow['id']): string | undefined {
  const [most, least] = ages[id]
  if (id === 'all') return listHref(board, ['open'])
  const end = board.minute * MINUTE
  return listHref(board, ['open'], { from: end - most * DAY, until: end - least * DAY })
}

/** The same of those received in a step of the flow. */
export function stepHref(board: Board, index: number): string | undefined {
  const { steps, minute, answeredWindow } = board
  const startAt = windowStart(board.view('flow')?.rows[0]?.[0], answeredWindow, minute)
  const step = steps[index]
  if (!step || startAt === undefined) return undefined
  const from = Math.max(step.startAt, startAt)
  const until = steps[index + 1]?.startAt ?? minute * MINUTE
  return listHref(board, ['open', 'closed'], { from, until })
}

/** Where all tickets of a selection are listed, which its stream is of. */
export function streamHref(selection: Selection | undefined): string {
  const params = filterParams(selection && viewFilters(selection))
  return params.size > 0 ? `/tickets?${params}` : '/tickets'
}

/** Filters as an address has them. */
export function filterParams(filters: Filters = {}): URLSearchParams {
  const params = new URLSearchParams()
  for (const [dimension, codes] of Object.entries(filters))
    for (const code of codes) params.append(dimension, code)
  return params
}

interface Received {
  from: number
  until: number
}

/** Those that count, narrowed as the numbers are. */
function listHref(
  board: Board,
  statuses: readonly string[],
  received?: Received,
): string | undefined {
  if (!board.hasStream || board.minute === 0) return undefined
  const params = filterParams(board.spec('now')?.filters)
  for (const status of statuses) params.append('status', status)
  if (received) params.set('received', `${isoMinute(received.from)}/${isoMinute(received.until)}`)
  return `/tickets?${params}`
}

const isoMinute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`
