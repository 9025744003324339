import type { TicketEvent } from '#shared/events.ts'
import { openIntake } from '../../server/intake/intake.ts'
import { readEvent } from '../../server/intake/read-event.ts'
import { inFlight } from './in-flight.ts'
import { CONCURRENT } from './intake.ts'
import { BATCH, bodyOf } from './load.ts'
import type { Stage } from './stage.ts'

const MOST = 30_000

/** Events a second through `intake.submit` in this process: the same SQL without HTTP and validation. */
export async function submitDirectly(stage: Stage, seconds: number): Promise<number> {
  await empty(stage)
  const now = Date.now()
  const batches = Array.from({ length: Math.ceil((seconds * MOST) / BATCH) }, (_, number) =>
    eventsOf(bodyOf(number, now).bytes, now),
  )
  const intake = await openIntake({ db: stage.db })
  let events = 0
  const startedAt = performance.now()
  await inFlight(CONCURRENT, async (number) => {
    const batch = batches[number]
    if (!batch || performance.now() - startedAt > seconds * 1000) return false
    const { accepted } = await intake.submit(stage.sourceId, batch)
    events += accepted
    return true
  })
  const took = (performance.now() - startedAt) / 1000
  await intake.close()
  return events / took
}

function eventsOf(bytes: Buffer, now: number): TicketEvent[] {
  const lines = bytes.toString().trimEnd().split('\n')
  return lines.map((line) => readEvent(JSON.parse(line), now).event as TicketEvent)
}

/** For a run from the start; no server may be running. */
async function empty({ sql }: Stage): Promise<void> {
  await sql`truncate ticket, ticket_history`
  await sql`delete from journal`
  await sql`update journal_head set seq = 0, newest_at = null`
}
