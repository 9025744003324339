import { contributionsVersion } from '#shared/measures/contributions.ts'
import { parts } from '#shared/measures/all.ts'
import { MINUTE } from '#shared/time.ts'
import { NONE } from '#shared/view.ts'
import { eachCommentFactAt, type VisitFact } from '../consultations/facts.ts'
import type { Sql } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { cellOf } from '../journal/cell.ts'
import { addTicket, addTo, type Combination, type Delta } from '../journal/delta.ts'
import { headIn } from '../journal/head.ts'
import { eachAnswerFactAt } from '../polls/facts.ts'
import { addPacked } from '../journal/pack.ts'
import { eachTicketAt, inSnapshot, type Snapshot } from '../tickets/facts.ts'

export interface JournalCheck {
  seq: number
  tickets: number
  /** Undefined: some rows were written by another version of the contributions, and do not add up. */
  differences: string[] | undefined
}

/** Whether all that the journal says was changed adds up to what the tickets contribute. */
export function checkJournal(
  sql: Sql,
  { directory, onTicket }: { directory: Directory; onTicket: () => void },
): Promise<JournalCheck> {
  return inSnapshot(sql, async (snapshot) => {
    const { seq } = await headIn(snapshot)
    const delta: Delta = new Map()
    const isOneVersion = await addJournal(snapshot, delta)
    let tickets = 0
    await eachTicketAt(snapshot, { seq }, (ticket) => {
      tickets++
      onTicket()
      if (isOneVersion) addTicket(delta, ticket, -1)
    })
    const takeAway: VisitFact = (combination, contribute) => {
      if (isOneVersion) contribute(addTo(delta, combination, -1))
    }
    await eachCommentFactAt(snapshot, seq, takeAway)
    await eachAnswerFactAt(snapshot, seq, takeAway)
    return { seq, tickets, differences: isOneVersion ? describe(delta, directory) : undefined }
  })
}

interface Packed {
  contributions: number
  delta: Buffer
}

/** Adds every row up; false when one is of another version of the contributions. */
async function addJournal(snapshot: Snapshot, delta: Delta): Promise<boolean> {
  const rows = snapshot<Packed[]>`select contributions, delta from journal order by seq`
  for await (const page of rows.cursor(1000)) {
    for (const row of page) {
      if (row.contributions !== contributionsVersion) return false
      addPacked(delta, row.delta)
    }
  }
  return true
}

/** What is left when the tickets are taken away from the journal. */
function describe(delta: Delta, directory: Directory): string[] {
  const partIds = new Map(parts.map(({ code, id }) => [code, id]))
  return [...delta.values()].flatMap(({ combination, cells }) =>
    [...cells].map(([key, n]) => {
      const { code, minute } = cellOf(key)
      const at = new Date(minute * MINUTE).toISOString()
      const more = n > 0 ? `${n} more` : `${-n} fewer`
      return `the journal, ${labelOf(combination, directory)}, ${partIds.get(code)} at ${at}: the journal has ${more} than the tickets`
    }),
  )
}

function labelOf(combination: Combination, directory: Directory): string {
  const stated = combination.map((id) => directory.codeOf(id)).filter((code) => code !== NONE)
  return stated.length > 0 ? stated.join(' · ') : 'nothing stated'
}
