import type { Server } from 'node:http'
import { Router } from 'express'
import type { AppOptions } from './app.ts'
import { answerAudits } from './audit/answer-audits.ts'
import { noteDefinitions } from './definitions/note-definitions.ts'
import { foundCity } from './demo/found.ts'
import { playDemo } from './demo/play.ts'
import { intakeRoutes } from './intake/routes.ts'
import { openIntake } from './intake/intake.ts'
import { Engine } from './live/engine.ts'
import { openSockets, type Sockets } from './live/sockets.ts'
import type { Reading } from './metrics/metrics.ts'
import { requirePublic } from './views/public-rule.ts'
import { viewRoutes } from './views/routes.ts'

/** Everything that needs the database: it opens when the cube is loaded. */
export interface EngineRoom {
  engine: Engine
  /** Under `/api/v1`. */
  api: Router
  readings: readonly Reading[]
  close(): Promise<void>
}

export async function openEngineRoom(
  http: Server,
  { db, sql, log, config }: AppOptions,
  stopping: AbortSignal,
): Promise<EngineRoom> {
  const demoSources = config.demo ? await foundCity(db) : undefined
  const told: { engine?: Engine; sockets?: Sockets } = {}
  const intake = await openIntake({ db, committed: () => told.engine?.ring() })
  const demo = demoSources && playDemo({ sources: demoSources, intake, log })
  stopping.addEventListener('abort', () => void demo?.stop())
  // A page that fills up before one's eyes would show numbers that are not the city's.
  await demo?.caughtUp
  await noteDefinitions(db)
  const engine = await Engine.start({
    db,
    sql,
    log,
    clock: config.clock,
    // The first ticks may come before there is anybody to tell.
    onTick: (tick) => told.sockets?.publish(tick),
    onTerms: () => intake.reload(),
  })
  told.engine = engine
  // Names or policies may have changed while the cube was being loaded.
  await intake.reload()
  const audits = await answerAudits({ db, sql, engine, log })
  const sockets = openSockets(http, {
    engine,
    log,
    requireAllowed: (spec) => requirePublic(spec, engine.terms.policy.policy.opened),
  })
  told.sockets = sockets

  return {
    engine,
    api: Router().use(intakeRoutes({ db, intake, log }), viewRoutes({ engine, db, sql, log })),
    readings: [
      {
        name: 'clerestory_journal_seq',
        help: 'Journal row the cube holds',
        read: () => engine.at[0],
      },
      { name: 'clerestory_views', help: 'Views kept current', read: () => engine.viewCount },
      { name: 'clerestory_sockets', help: 'Open sockets', read: () => sockets.count },
      {
        name: 'clerestory_contributions',
        help: 'Contributions in memory',
        read: () => engine.contributionCount,
      },
      {
        name: 'clerestory_behind_seconds',
        help: 'Age of what is counted',
        read: () => (engine.now - engine.asOf) / 1000,
      },
      {
        name: 'clerestory_backlog',
        help: 'Events that wait for a transaction',
        read: () => intake.backlog,
      },
    ],
    async close() {
      await demo?.stop()
      await sockets.close()
      await audits.close()
      await intake.close()
      await engine.close()
    },
  }
}
