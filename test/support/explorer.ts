import { defaultPolicy, type Policy } from '#shared/policy.ts'
import type { PublicTicket, TicketDetail, TicketGroups, TicketList } from '#shared/tickets.ts'
import { ticketPath } from '#shared/tickets.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { runningApp } from './app.ts'
import { newSource } from './events.ts'

export type ExplorerApp = Awaited<ReturnType<typeof explorerApp>>

interface Refused {
  error?: string
  path?: string
}

/** A server whose city opens agency, area and category, with one source. */
export async function explorerApp(overrides: Partial<Policy> = {}) {
  const app = await runningApp({
    prepare: (db) =>
      insertPolicy(db, {
        ...defaultPolicy,
        opened: ['agency', 'area', 'category'],
        respondWithin: { default: 24, byCategory: {} },
        dueWithin: { default: 72, byCategory: {} },
        ...overrides,
      }),
  })
  const source = await newSource(app)

  async function ask<T>(path: string): Promise<T & Refused & { httpStatus: number }> {
    const answer = await app.get(`/api/v1/${path}`)
    if (answer.status >= 500) throw new Error(`${answer.status}: ${await answer.text()}`)
    return { ...((await answer.json()) as T), httpStatus: answer.status }
  }

  return Object.assign(app, {
    source,
    ask,
    list: (query = '') => ask<TicketList>(`tickets?${query}`),
    groups: (query: string) => ask<TicketGroups>(`tickets?${query}`),
    page: (ticket: Pick<PublicTicket, 'mark' | 'id'>) => ask<TicketDetail>(ticketPath(ticket)),
    /** The page of the only ticket of that id. */
    async pageOf(id: string) {
      const { rows } = await ask<TicketList>('tickets?limit=200')
      return ask<TicketDetail>(ticketPath(rows.find((row) => row.id === id)!))
    },
    /** Resolves when the cube has followed the journal to there. */
    async reached(seq: number) {
      while ((await ask<{ seq: number }>('view?measures=received&window=1h')).seq < seq) {
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    },
  })
}

/** An instant so many hours ago, as a source writes it. */
export const hoursAgo = (hours: number): string =>
  new Date(Date.now() - hours * 3_600_000).toISOString()
