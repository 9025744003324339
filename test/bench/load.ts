import { HOUR, MINUTE } from '#shared/time.ts'

export const BATCH = 1000
/** In a batch; the others close tickets that came so many batches before. */
const NEW = 600
const LAG = 20

const AGENCIES = 9
const AREAS = 12
const CATEGORIES = 23
const channels = ['phone', 'app', 'web', 'crew', 'counter']

/** Events of a batch: one a line, ready to be sent. */
export interface Body {
  bytes: Buffer
  /** Tickets that were not there before. */
  created: number
  updated: number
}

/** The `number`th batch of a run that began at `now`: new tickets, and closes of earlier ones. */
export function bodyOf(number: number, now: number): Body {
  const created = number < LAG ? BATCH : NEW
  const updated = BATCH - created
  const lines: string[] = []
  for (let index = 0; index < created; index++) lines.push(opened(number, index, now))
  for (let index = 0; index < updated; index++) lines.push(closed(number - LAG, index, now))
  return { bytes: Buffer.from(`${lines.join('\n')}\n`), created, updated }
}

function opened(batch: number, index: number, now: number): string {
  return JSON.stringify({ ...ticket(batch, index, now), version: 1, status: 'open' })
}

function closed(batch: number, index: number, now: number): string {
  const before = ticket(batch, index, now)
  const receivedAt = Date.parse(before.receivedAt)
  return JSON.stringify({
    ...before,
    version: 2,
    status: 'closed',
    respondedAt: iso(Math.min(now, receivedAt + 40 * MINUTE + index * 1000)),
    closedAt: iso(Math.min(now, receivedAt + HOUR + ((index * 7919) % (30 * HOUR)))),
    closeReason: 'resolved',
  })
}

function ticket(batch: number, index: number, now: number) {
  const number = batch * BATCH + index
  const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0
  const receivedAt = now - (mixed % (7 * 24 * 60)) * MINUTE - (index % 60) * 1000
  const category = mixed % CATEGORIES
  return {
    type: 'ticket',
    id: `BENCH-${String(number).padStart(9, '0')}`,
    receivedAt: iso(receivedAt),
    agency: `agency-${category % AGENCIES}`,
    area: `area-${(mixed >>> 8) % AREAS}`,
    category: `category-${category}`,
    channel: channels[(mixed >>> 16) % channels.length],
    language: mixed % 3 === 0 ? 'en' : 'zh',
    dueAt: iso(receivedAt + (1 + (category % 10)) * 24 * HOUR),
    summary: `Number ${number}: what a citizen says in a line or two about a street light`,
  }
}

const iso = (at: number): string => new Date(at).toISOString()
