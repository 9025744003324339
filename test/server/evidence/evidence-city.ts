import { expect } from 'vitest'
import { pino } from 'pino'
import type { Claim, Reopened } from '#shared/oversight/evidence.ts'
import { Claim as ClaimSchema } from '#shared/oversight/evidence.ts'
import type { ClaimInput } from '#shared/oversight/evidence.ts'
import { openEvidenceDesk } from '../../../server/evidence/open-desk.ts'
import { freeze } from '../../../server/evidence/freeze.ts'
import { Engine } from '../../../server/live/engine.ts'
import { loadMarks } from '../../../server/tickets/marks.ts'
import type { Policy } from '#shared/policy.ts'
import { explorerApp } from '../../support/explorer.ts'

/** A city with a server, and a second process beside it whose acts freeze evidence. */
export async function evidenceCity(policy: Partial<Policy> = {}) {
  const app = await explorerApp(policy)
  const log = pino({ level: 'silent' })
  const pace = { atMost: 0, every: 20 }
  const engine = await Engine.start({ db: app.db, sql: app.sql, log, pace, clock: 'database' })
  const desk = openEvidenceDesk({ ...app, engine, markOf: await loadMarks(app.db) })

  return Object.assign(app, {
    engine,
    desk,
    /** As intake is told; resolves when it is counted. */
    async tell(...events: object[]): Promise<number> {
      const body = events.map((event) => JSON.stringify(event)).join('\n')
      const { seq, status, rejected } = await app.source.send(body)
      expect([status, rejected]).toEqual([200, []])
      await engine.reached([seq!, 0])
      await app.reached(seq!)
      return seq!
    },
    freeze: (claim: ClaimInput, person = 'ada') =>
      freeze(app.db, desk, { claim: ClaimSchema.parse(claim) as Claim, person }),
    reopen: (hash: string) => app.ask<Reopened>(`evidence/${hash}`),
    stop: async () => {
      await engine.close()
      await app[Symbol.asyncDispose]()
    },
  })
}
