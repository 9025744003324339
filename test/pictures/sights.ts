import type { ViewState } from '#shared/view.ts'
import { ticketPath, type TicketDetail, type TicketList } from '#shared/tickets.ts'
import type { Sights } from './scenes.ts'

/** So many tickets are looked through for one that has a history. */
const LOOKED_THROUGH = 50
const MINUTES_AGO = 30

/** The agency, area and category of the demonstration city in which most is going on. */
export async function sightsOf(origin: string): Promise<Sights> {
  const ask = async <T>(path: string) =>
    (await (await fetch(`${origin}/api/v1/${path}`)).json()) as T
  const busiest = async (dimension: string): Promise<string> => {
    const { rows } = await ask<ViewState>(`view?measures=received&by=${dimension}&window=7d`)
    return rows.toSorted((a, b) => Number(b[1]) - Number(a[1]))[0]![0]!
  }
  const { at } = await ask<{ at: [seq: number, minute: number] }>('view?measures=open&window=24h')
  const list = await ask<TicketList>(`tickets?status=closed&limit=${LOOKED_THROUGH}`)
  const details = await Promise.all(list.rows.map((row) => ask<TicketDetail>(ticketPath(row))))
  const richest = details.toSorted((a, b) => b.timeline.length - a.timeline.length)[0]!
  return {
    ticket: ticketPath(richest.ticket),
    agency: await busiest('agency'),
    area: await busiest('area'),
    category: await busiest('category'),
    moment: `${at[0]},${at[1] - MINUTES_AGO}`,
  }
}
