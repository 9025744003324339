import type { Dimension } from '#shared/ticket.ts'
import { ticketPath } from '#shared/tickets.ts'
import { NONE } from '#shared/view.ts'
import type { StreamEvent } from '#shared/wire.ts'
import { t } from '../i18n/t.ts'
import { detailOf, isSameDay, type StreamContext } from './stream-detail.ts'

/** An event as the stream writes it. */
export interface StreamRow {
  kind: StreamEvent['kind']
  /** The ticket's page. */
  href: string
  /** 14:38:05, or the day of what is told later. */
  time: string
  iso: string
  /** What happened. */
  verb: string
  /** To what: category and area, as far as the city shows them. */
  subject: string
  /** How, and after how long; may be empty. */
  detail: string
}

export function streamRow(event: StreamEvent, context: StreamContext): StreamRow {
  const { times } = context
  return {
    kind: event.kind,
    href: `/${ticketPath(event)}`,
    time: isSameDay(event.at, context) ? times.clock(event.at) : times.day(event.at),
    iso: new Date(event.at).toISOString(),
    verb: t(`stream.${event.kind}`),
    subject: subjectOf(event, context),
    detail: detailOf(event, context),
  }
}

/** What is said of a ticket by which it is known: its number where nothing else is shown of it. */
function subjectOf(event: StreamEvent, { nameOf }: StreamContext): string {
  const what: Dimension = event.category === undefined ? 'agency' : 'category'
  const named = [what, 'area' as const].flatMap((dimension) => {
    const code = event[dimension]
    return code === undefined || code === NONE ? [] : [nameOf(dimension, code)]
  })
  return named.length > 0 ? named.join(t('mark.comma')) : event.id
}
