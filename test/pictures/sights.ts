import { flagStandings } from '#shared/oversight/flag.ts'
import { stages } from '#shared/oversight/suggestion.ts'
import type { ViewState } from '#shared/view.ts'
import { mostRows, type PublicTicket, type TicketList, ticketPath } from '#shared/tickets.ts'
import type { Ask, Sights } from './scene.ts'
import { talksOf } from './talks.ts'
import { newestIn } from './told.ts'

const MINUTES_AGO = 30

/** Of the demonstration city: where most is going on, where least, and one of everything it has. */
export async function sightsOf(origin: string, welcome: string): Promise<Sights> {
  const ask: Ask = async <T>(path: string) =>
    (await (await fetch(`${origin}/api/v1/${path}`)).json()) as T
  const flag = await newestIn(ask, 'flags', flagStandings)
  const owed = await newestIn(ask, 'flags', ['open'], '&agency=streets')
  const suggestion = await newestIn(ask, 'suggestions', stages)
  const [agencies, areas, categories] = [
    await byReceived(ask, 'agency'),
    await byReceived(ask, 'area'),
    await byReceived(ask, 'category'),
  ]
  const { at } = await ask<{ at: [seq: number, minute: number] }>('view?measures=open&window=24h')
  const { flags } = await ask<{ flags: { evidence: { hash: string } }[] }>('flags?limit=1')
  const { observers } = await ask<{ observers: { id: string }[] }>('observers')
  const changed = suggestion('implemented')
  return {
    ticket: await richestTicket(ask),
    agency: agencies[0]!,
    area: areas[0]!,
    category: categories[0]!,
    quietAgency: agencies.at(-1)!,
    quietArea: areas.at(-1)!,
    moment: `${at[0]},${at[1] - MINUTES_AGO}`,
    flag,
    owedFlag: owed('open'),
    suggestion,
    evidence: flags[0]!.evidence.hash,
    trace: changed?.replace('/suggestions/', '/trace/suggestion:'),
    observer: observers[0]!.id,
    ...(await talksOf(origin, ask)),
    welcome,
  }
}

/** Members of a dimension, that of most tickets first. */
async function byReceived(ask: Ask, dimension: string): Promise<string[]> {
  const { rows } = await ask<ViewState>(`view?measures=received&by=${dimension}&window=7d`)
  return rows.toSorted((a, b) => Number(b[1]) - Number(a[1])).map(([code]) => code!)
}

/** The closed ticket of the last weeks that has been through most. */
async function richestTicket(ask: Ask): Promise<string> {
  const { rows } = await ask<TicketList>(`tickets?status=closed&sort=closed&limit=${mostRows}`)
  const through = (row: PublicTicket) => row.reopenings + (row.transfers ?? 0)
  return ticketPath(rows.toSorted((a, b) => through(b) - through(a))[0]!)
}
