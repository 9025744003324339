import type { MeasureId } from '#shared/measures/all.ts'
import { backlogAge } from '#shared/measures/backlog-age.ts'
import { closed } from '#shared/measures/closed.ts'
import { dueSoon } from '#shared/measures/due-soon.ts'
import { excluded } from '#shared/measures/excluded.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { onTimeRate } from '#shared/measures/on-time-rate.ts'
import { open } from '#shared/measures/open.ts'
import { overdue } from '#shared/measures/overdue.ts'
import { overdueByAge } from '#shared/measures/overdue-by-age.ts'
import { received } from '#shared/measures/received.ts'
import { refused } from '#shared/measures/refused.ts'
import { reopened } from '#shared/measures/reopened.ts'
import { resolutionAsserted } from '#shared/measures/resolution-asserted.ts'
import { resolutionConfirmed } from '#shared/measures/resolution-confirmed.ts'
import { resolutionGap } from '#shared/measures/resolution-gap.ts'
import { responseRate } from '#shared/measures/response-rate.ts'
import { satisfactionRate } from '#shared/measures/satisfaction-rate.ts'
import { surveyCoverage } from '#shared/measures/share-of-closed.ts'
import { timeToClose } from '#shared/measures/time-to-close.ts'

/** The definitions of the measures that the board shows: the others stay out of the page. */
export const defined = {
  received,
  open,
  overdue,
  dueSoon,
  backlogAge,
  overdueByAge,
  closed,
  reopened,
  responseRate,
  onTimeRate,
  resolutionAsserted,
  resolutionConfirmed,
  resolutionGap,
  satisfactionRate,
  surveyCoverage,
  timeToClose,
  excluded,
  refused,
} satisfies Record<string, Measure>

export type DefinedId = keyof typeof defined

/** What a card explains: how it is computed is the server's. */
export type Explained = Omit<Measure, 'parts' | 'compute'>

/** Of a panel that comes later, and brings their definitions along. */
export type LaterId =
  | ('people' | 'commentsReceived' | 'commentsPublished' | 'commentsDistinct' | 'commentsWithheld')
  | 'answerRate'

const later: Partial<Record<LaterId, Explained>> = {}

export function defineLater(definitions: Readonly<Record<LaterId, Explained>>): void {
  Object.assign(later, definitions)
}

export const isAtOnce = (id: DefinedId | LaterId): id is DefinedId => id in defined

/** Throws for one whose panel has not come: nothing else of it is on the page. */
export function definitionOf(id: DefinedId | LaterId): Explained {
  const definition = isAtOnce(id) ? defined[id] : later[id]
  if (!definition) throw new Error(`The page has no definition of ${id} yet.`)
  return definition
}

/** Where a number stands. */
export interface NumberPlace {
  measure: MeasureId | 'answerRate'
  /** The view it stands in. */
  view: string
  /** The key of its row, and what the row is called; the totals when absent. */
  row?: { key: string; name: string }
}

/** Which number a definition card is about. */
export interface About extends NumberPlace {
  measure: DefinedId | LaterId
  /** What it is counted of, where the page has several such beside each other. */
  of?: string | undefined
}

export const isSame = (a: About, b: About | undefined): boolean =>
  a.measure === b?.measure && a.view === b.view && a.row?.key === b.row?.key
