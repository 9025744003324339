import { expect } from 'vitest'
import type { Receipt } from '#shared/events.ts'
import { measures, ticketMeasureIds as measureIds } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { calendarOf } from '../../server/cube/calendar.ts'
import type { Db } from '../../server/db/connect.ts'
import { ndjson, ticket } from './events.ts'
import { readFacts, recount } from './recount.ts'

/** What `expectExact` asks by. */
export const opened = { ...defaultPolicy, opened: ['agency' as const, 'area' as const] }

/** What the public may ask for live. */
const shown = measureIds.filter((id) => !(measures[id] as Measure).isSurvey)

/**
 * Posts batches without pause, new tickets and changes of them, from two connections at once, until
 * it is told to stop. Remembers what was acknowledged; what failed is sent again, as a source does.
 */
export function posting(origin: () => string, key: string) {
  const acknowledged = new Map<string, number>()
  let isOn = true
  let failures = 0
  let batch = 0

  async function post(body: object[]): Promise<void> {
    while (isOn) {
      try {
        const answer = await fetch(`${origin()}/api/v1/events`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
          body: ndjson(...body),
          signal: AbortSignal.timeout(5000),
        })
        if (answer.status !== 200) throw new Error(await answer.text())
        const { accepted, unchanged, stale } = (await answer.json()) as Receipt
        expect(accepted + unchanged + stale).toBe(body.length)
        for (const { id, version } of body as { id: string; version: number }[]) {
          acknowledged.set(id, Math.max(version, acknowledged.get(id) ?? 0))
        }
        return
      } catch {
        failures++
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
  }

  async function writer(): Promise<void> {
    while (isOn) {
      const at = batch++
      const time = (minutes: number) =>
        new Date(Date.now() - 86_400_000 + minutes * 60_000).toISOString()
      const opening = Array.from({ length: 150 }, (_, i) =>
        ticket({
          id: `${at}-${i}`,
          receivedAt: time(i),
          dueAt: time(i + 600),
          agency: `A${i % 5}`,
          area: `R${at % 3}`,
        }),
      )
      const closing = opening
        .filter((_, i) => i % 2 === 0)
        .map((event) => ({
          ...event,
          version: 2,
          status: 'closed',
          closedAt: time(900),
          area: 'R9',
        }))
      await post(opening)
      await post(closing)
    }
  }

  const writers = [writer(), writer()]
  return {
    acknowledged,
    failures: () => failures,
    async stop() {
      isOn = false
      await Promise.all(writers)
    },
  }
}

/** Nothing acknowledged is missing, and the running server's numbers equal a recount of the facts. */
export async function expectExact(
  db: Db,
  origin: string,
  acknowledged: ReadonlyMap<string, number>,
) {
  const stored = new Map(
    (await db.selectFrom('ticket').select(['id', 'version']).execute()).map((row) => [
      row.id,
      row.version,
    ]),
  )
  const lost = [...acknowledged].filter(([id, version]) => !((stored.get(id) ?? 0) >= version))
  expect(lost).toEqual([])

  const facts = await readFacts(db)
  for (const by of [undefined, 'agency', 'area', 'hour'] as const) {
    const query = `measures=${shown.join()}&window=7d${by ? `&by=${by}` : ''}`
    const answer = (await (await fetch(`${origin}/api/v1/view?${query}`)).json()) as {
      at: [number, number]
      rows: unknown
      totals: unknown
    }
    const wanted = recount(
      facts,
      { measures: shown, window: '7d', by },
      { minute: answer.at[1], calendar: calendarOf('UTC') },
    )
    expect({ rows: answer.rows, totals: answer.totals }, query).toEqual(wanted)
  }
  const journal = await db.selectFrom('journal').select('seq').orderBy('seq').execute()
  expect(journal.map(({ seq }) => seq)).toEqual(journal.map((_, i) => i + 1))
}

/** Resolves when the server has counted the whole journal. */
export async function caughtUp(db: Db, origin: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { seq } = await db.selectFrom('journalHead').select('seq').executeTakeFirstOrThrow()
        const answer = await fetch(`${origin}/readyz`)
        return answer.status === 200 && ((await answer.json()) as { seq: number }).seq === seq
      },
      { timeout: 60_000 },
    )
    .toBe(true)
}
