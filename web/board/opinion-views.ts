import type { ConsultationLine } from '#shared/consultations/told.ts'
import type { PollLine } from '#shared/polls/told.ts'
import type { Dimension } from '#shared/ticket.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { Cell, ViewSpec, ViewState } from '#shared/view.ts'
import { cellReader } from './read-view.ts'

interface Clock {
  minute: number
  isoDate: (at: number) => string
}

interface Term {
  code: string
  opensAt: number
  closesAt: number
}

/** The server counts no further back. */
const HELD = 390 * DAY

/** One view of all drafts that are open, over the days of all of them: a comment belongs to one. */
export function openViews(open: readonly ConsultationLine[], clock: Clock): ViewSpec[] {
  const counted = countedOf(open, clock)
  if (counted.length === 0) return []
  return [
    {
      id: 'consultations',
      measures: [
        ...(['people', 'commentsReceived', 'commentsPublished', 'commentsWithheld'] as const),
        'commentsDistinct',
      ],
      by: 'consultation',
      window: daysOf(counted, clock),
      filters: { consultation: codesOf(counted) },
    },
  ]
}

/** The same of polls: who answered, and of those on statements the votes. */
export function pollViews(open: readonly PollLine[], clock: Clock): ViewSpec[] {
  const counted = countedOf(open, clock)
  if (counted.length === 0) return []
  const asked = {
    by: 'poll',
    window: daysOf(counted, clock),
    filters: { poll: codesOf(counted) },
  } as const
  return [{ id: 'polls', measures: ['respondents', 'agreement'], ...asked }]
}

/** Comments have these places too; each is asked for where the city opened it. */
const places = ['channel', 'language', 'area'] as const satisfies readonly Dimension[]
export type CommentPlace = (typeof places)[number]

export const openedPlaces = (opened: readonly Dimension[]): CommentPlace[] =>
  places.filter((place) => opened.includes(place))

/** Of the one that is shown closer. */
export function closerViews(
  line: ConsultationLine,
  { opened, ...clock }: Clock & { opened: readonly Dimension[] },
): ViewSpec[] {
  const asked = { window: daysOf([line], clock), filters: { consultation: [line.code] } } as const
  return [
    { id: 'closer-days', measures: ['people', 'commentsPublished'], by: 'day', ...asked },
    { id: 'closer-provisions', measures: ['commentsPublished'], by: 'provision', ...asked },
    ...openedPlaces(opened).map((by): ViewSpec => ({
      id: `closer-${by}`,
      measures: ['commentsPublished'],
      by,
      ...asked,
    })),
  ]
}

const countedOf = <Line extends Term>(open: readonly Line[], { minute }: Clock): Line[] =>
  open.filter(({ opensAt }) => opensAt > minute * MINUTE - HELD).slice(0, 100)

const codesOf = (all: readonly Term[]): string[] => all.map(({ code }) => code).sort()

function daysOf(all: readonly Term[], { isoDate }: Clock): string {
  const from = Math.min(...all.map(({ opensAt }) => opensAt))
  const until = Math.max(...all.map(({ closesAt }) => closesAt))
  return `${isoDate(from)}/${isoDate(until + DAY)}`
}

/** A line, and what is counted of it by the name of its column; null where the view does not tell it. */
export type Counted<Line> = Line & { counts: (column: string) => Cell }

/** Those that close first stand first. One of which nothing was said yet has no row, and zeros. */
export function withCounts<Line extends Term>(
  open: readonly Line[],
  view: ViewState | undefined,
  isAsked: (code: string) => boolean,
): Counted<Line>[] {
  const read = view && cellReader(view)
  const rows = new Map(view?.rows.map((row) => [row[0], row]))
  return open
    .toSorted((one, other) => one.closesAt - other.closesAt)
    .map((line) => {
      const row = rows.get(line.code)
      const none = read && isAsked(line.code) ? 0 : null
      return { ...line, counts: (column) => (read && row ? read(row, column) : none) }
    })
}
