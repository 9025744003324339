import type { Server } from 'node:http'
import { Router } from 'express'
import type { AppOptions } from './app.ts'
import { answerAudits } from './audit/answer-audits.ts'
import type { Config } from './config.ts'
import { connect } from './db/connect.ts'
import { noteDefinitions } from './definitions/note-definitions.ts'
import { areaRoutes } from './dimensions/routes.ts'
import { definitionRoutes } from './definitions/routes.ts'
import { foundCity } from './demo/found.ts'
import { playDemo } from './demo/play.ts'
import { statusRoutes } from './health/status-routes.ts'
import { type Readiness, readiness } from './health/readiness.ts'
import { watchWriting } from './health/writing.ts'
import type { addressReader } from './http/address.ts'
import { openIntake } from './intake/intake.ts'
import { intakeLimits } from './intake/limits.ts'
import { intakeRoutes } from './intake/routes.ts'
import { explorerRoutes } from './explorer/routes.ts'
import { Engine } from './live/engine.ts'
import { openSockets, type Sockets } from './live/sockets.ts'
import type { Meters, Reading } from './metrics/meters.ts'
import { openRewriter } from './policies/rewriter.ts'
import { policyRoutes } from './policies/routes.ts'
import { openPublisher, type Publisher } from './publications/publisher.ts'
import { publicationRoutes } from './publications/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { Stream } from './stream/stream.ts'
import { loadMarks } from './tickets/marks.ts'
import { breaksOf } from './views/breaks.ts'
import { requireLive } from './views/public-rule.ts'
import { viewRoutes } from './views/routes.ts'

/** Everything that needs the database: it opens when the cube is loaded. */
export interface EngineRoom {
  engine: Engine
  /** Both under `/api/v1`; intake has limits of its own. */
  intake: Router
  api: Router
  whyNotReady: Readiness
  readings: readonly Reading[]
  close(): Promise<void>
}

interface Parts extends AppOptions {
  meters: Meters
  addressOf: ReturnType<typeof addressReader>
  /** Told which share of the demonstration's history has been told. */
  onFounding: (told: number) => void
}

/** Days of its invented past that the demonstration city publishes at its first start. */
const DEMO_HISTORY = 90

export async function openEngineRoom(
  http: Server,
  { url, db, sql, log, config, meters, addressOf, onFounding }: Parts,
  stopping: AbortSignal,
): Promise<EngineRoom> {
  // Who follows the journal and who writes it never wait behind others, nor for ever.
  const patience = config.databaseTimeout
  const looking = connect(url, { max: 3, name: 'clerestory look', patience })
  const writing = connect(url, { max: 6, name: 'clerestory intake', patience })
  const demoSources = config.demo ? await foundCity(db) : undefined
  const told: { engine?: Engine; sockets?: Sockets; publisher?: Publisher; stream?: Stream } = {}
  const intake = await openIntake({ db: writing.db, committed: () => told.engine?.ring() })
  const demo =
    demoSources && playDemo({ db, sources: demoSources, intake, log, onProgress: onFounding })
  stopping.addEventListener('abort', () => void demo?.stop())
  // A page that fills up before one's eyes would show numbers that are not the city's.
  await demo?.caughtUp
  await noteDefinitions(db)
  const engine = await Engine.start({
    db: looking.db,
    sql,
    log,
    clock: config.clock,
    // The first ticks may come before there is anybody to tell.
    onTick(tick) {
      told.sockets?.publish(tick)
      told.publisher?.look()
      told.stream?.look()
    },
    onTerms: () => intake.reload(),
  })
  told.engine = engine
  // Names or policies may have changed while the cube was being loaded.
  await intake.reload()
  const rewriter = openRewriter(db, log)
  // Of a rewrite that was interrupted.
  rewriter.start()
  const audits = await answerAudits({ db, sql, engine, log })
  const markOf = await loadMarks(db)
  const stream = new Stream({ db: looking.db, engine, markOf, log })
  const sockets = openSockets(http, {
    stream,
    engine,
    log,
    requireAllowed: (spec) => requireLive(spec, engine.terms.policy.policy),
    addressOf,
    limits: { sockets: config.socketsPerAddress, views: config.viewsPerAddress },
    meters,
  })
  told.sockets = sockets
  told.stream = stream
  const publisher = openPublisher({ db, engine, log, history: demoSources ? DEMO_HISTORY : 0 })
  told.publisher = publisher
  publisher.look()
  const kept = watchWriting()
  const limits = intakeLimits({
    eventsPerMinute: config.intakeEventsPerMinute,
    addressOf,
    patience,
    onRefused: meters.refused,
  })

  return {
    engine,
    intake: intakeRoutes({
      db: writing.db,
      intake,
      log,
      limits,
      onBatch(took) {
        kept.succeeded()
        meters.wrote(took)
      },
      onAnswer(receipt, failure) {
        meters.took(receipt)
        if (failure === undefined) return
        meters.failed()
        kept.failed(failure)
      },
    }),
    api: Router().use(
      policyRoutes({ db, clock: config.clock, rewriter }),
      viewRoutes({ engine, db, sql, log }),
      areaRoutes({ db, engine }),
      publicationRoutes({ db }),
      statusRoutes({
        db,
        engine,
        load: loadOf(config, engine, sockets),
        sourceUrl: config.sourceUrl,
      }),
      definitionRoutes(() => breaksOf(engine.terms.changes, engine.clock)),
      explorerRoutes({ db, sql, engine, markOf }),
      searchRoutes({ db, engine, markOf }),
    ),
    whyNotReady: readiness({ engine, sql: looking.sql, writing: kept }),
    readings: [
      {
        name: 'clerestory_journal_seq',
        help: 'Journal row the cube holds',
        read: () => engine.at[0],
      },
      { name: 'clerestory_views', help: 'Views kept current', read: () => engine.viewCount },
      { name: 'clerestory_sockets', help: 'Open sockets', read: () => sockets.count },
      {
        name: 'clerestory_slow_readers',
        help: 'Sockets that wait to read on',
        read: () => sockets.slow,
      },
      {
        // Exact, it would tell beside the totals when a survey comes, and what was answered (I8).
        name: 'clerestory_contributions',
        help: 'Contributions in memory, to two digits',
        read: () => Number(engine.contributionCount.toPrecision(2)),
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
      await stream.close()
      await publisher.close()
      await audits.close()
      await rewriter.close()
      await intake.close()
      await engine.close()
      await Promise.all([looking, writing].map((pool) => pool.sql.end({ timeout: 1 })))
    },
  }
}

/** How many views and sockets there are is the public's to know where the metrics are. */
function loadOf({ metricsToken }: Config, engine: Engine, sockets: Sockets) {
  if (metricsToken !== undefined) return undefined
  return () => ({ views: engine.viewCount, sockets: sockets.count })
}
