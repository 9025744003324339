import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import { Policy } from '#shared/policy.ts'
import type { ViewState } from '#shared/view.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { runningApp } from '../../support/app.ts'

export type City = Awaited<ReturnType<typeof bostonServer>>

export const policy = Policy.parse(
  JSON.parse(readFileSync('mappings/boston-311.policy.json', 'utf8')),
)

/** A whole server that goes by Boston's policy from the start. */
export const bostonServer = (clock: 'database' | 'events') =>
  runningApp({ clock, prepare: (db) => insertPolicy(db, policy) })

export async function view(city: City, query: string): Promise<ViewState & { seq: number }> {
  const response = await fetch(`${city.origin}/api/v1/view?${query}`)
  expect(response.status).toBe(200)
  return (await response.json()) as ViewState & { seq: number }
}

export async function total(city: City, query: string, column: string): Promise<number> {
  const { columns, totals } = await view(city, query)
  return totals[columns.findIndex(({ id }) => id === column)] as number
}

/** Resolves when the server has counted all that is stored. */
export async function settled(city: City): Promise<void> {
  const [head] = await city.sql`select seq from journal_head`
  while ((await view(city, 'measures=received&window=1h')).seq < head!.seq) await delay(100)
}
