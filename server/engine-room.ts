import type { Server } from 'node:http'
import { type RequestHandler, Router } from 'express'
import type { Accounts } from './accounts/accounts.ts'
import { apiRoutes } from './api.ts'
import type { AppOptions } from './app.ts'
import { fileRoutes } from './attachments/routes.ts'
import { openSweeper } from './attachments/sweeper.ts'
import { answerAudits } from './audit/answer-audits.ts'
import { commentFormRoutes } from './comment-forms/routes.ts'
import { openGrouper } from './comment-groups/grouper.ts'
import { watchUncompared } from './comment-groups/uncompared.ts'
import { connect, type Db } from './db/connect.ts'
import { noteDefinitions } from './definitions/note-definitions.ts'
import { foundCity, type StoredSources } from './demo/found.ts'
import { type Demo, playDemo } from './demo/play.ts'
import { openEvidenceDesk } from './evidence/open-desk.ts'
import { type Readiness, readiness } from './health/readiness.ts'
import { watchWriting, type Writing } from './health/writing.ts'
import { fontRoutes } from './http/fonts.ts'
import type { addressReader } from './http/address.ts'
import { type Intake, openIntake } from './intake/intake.ts'
import { intakeLimits } from './intake/limits.ts'
import { intakeRoutes } from './intake/routes.ts'
import { type Ledger, openLedger } from './ledger/ledger.ts'
import { Engine, type Tick } from './live/engine.ts'
import { openSockets } from './live/sockets.ts'
import type { Meters, Reading } from './metrics/meters.ts'
import { pollFormRoutes } from './poll-forms/routes.ts'
import { openRewriter } from './policies/rewriter.ts'
import { feedRoute } from './public-record/feed-route.ts'
import { appointDemo } from './oversight/appoint-demo.ts'
import { openDemoActs } from './oversight/demo/open.ts'
import { openPeople } from './oversight/people.ts'
import { openPublisher } from './publications/publisher.ts'
import { readingsOf } from './readings.ts'
import { openRecords } from './records/records.ts'
import { watchSignedIn } from './records/signed-in.ts'
import { tellDevices } from './unread/devices.ts'
import { unreadAfter } from './unread/queries.ts'
import { openScreenWriter } from './screens/writer.ts'
import { openSheetWriter } from './sheets/writer.ts'
import { Stream } from './stream/stream.ts'
import { loadMarks } from './tickets/marks.ts'
import { requireLive } from './views/public-rule.ts'
import { openDigest } from './work/digest.ts'

/** Everything that needs the database: it opens when the cube is loaded. */
export interface EngineRoom {
  engine: Engine
  /** Both under `/api/v1`; intake has limits of its own. */
  intake: Router
  api: Router
  /** Under `/files`: what people attached. */
  files: Router
  /** At the root. */
  feed: Router
  /** At the root: forms without a script, of which each address may ask few. */
  forms: (few: RequestHandler) => Router
  ledger: Ledger
  accounts: Accounts
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
/** And of which it has a sheet. */
const DEMO_SHEETS = 30

export async function openEngineRoom(
  http: Server,
  parts: Parts,
  stopping: AbortSignal,
): Promise<EngineRoom> {
  const { db, sql, log, config, meters, addressOf, taking } = parts
  const { looking, writing, acting, closePools } = openPools(parts)
  // Intake reads the city's policy and names when it opens.
  const sources = config.demo ? await foundCity(db) : undefined
  const bell: { engine?: Engine } = {}
  const intake = await openIntake({ db: writing.db, committed: () => bell.engine?.ring() })
  const demo = sources && (await openDemo(parts, { sources, intake, stopping }))
  await noteDefinitions(db)
  // The first ticks may come before there is anybody to tell.
  const hearers: ((tick: Tick) => void)[] = []
  const engine = await Engine.start({
    db: looking.db,
    sql,
    log,
    clock: config.clock,
    onTick: (tick) => hearers.forEach((hear) => hear(tick)),
    onTerms: () => intake.reload(),
  })
  bell.engine = engine
  // Names or policies may have changed while the cube was being loaded.
  await intake.reload()
  const rewriter = openRewriter(db, log)
  // Of a rewrite that was interrupted.
  rewriter.start()
  const audits = await answerAudits({ db, sql, engine, log })
  const markOf = await loadMarks(db)
  const stream = new Stream({ db: looking.db, engine, markOf, log })
  const hearTicks = (hear: (tick: Tick) => void) => void hearers.push(hear)
  const records = await openRecords({ looking: looking.db, db, engine, hearTicks, log })
  const people = await openPeople({
    db: acting.db,
    config: config.accounts,
    // In any other city nobody is somebody at one press.
    demo: demo !== undefined,
    log,
    addressOf,
    onRefused: () => meters.refused('sign-in'),
  })
  const { accounts } = people
  if (demo) await appointDemo(db, engine.terms.directory)
  const desk = openEvidenceDesk({ db, sql, engine, markOf })
  const demoActs = demo && openDemoActs({ desk, log })
  const { personOf = accounts.personOf, sessions = accounts, hearEnded = people.hearEnded } = parts
  const devices = tellDevices({ after: (known) => unreadAfter(looking.db, known), log })
  const { attend } = devices
  const signedIn = watchSignedIn({ sessions, hearEnded, attend, log })
  const uncompared = watchUncompared({ db: looking.db, log, head: () => engine.at[0] })
  const sockets = openSockets(http, {
    stream,
    companions: [signedIn, records],
    uncompared: () => uncompared.now,
    engine,
    log,
    requireAllowed: (spec) => requireLive(spec, engine.terms.policy.policy),
    addressOf,
    isSomebodys: (req) => accounts.tokenOf(req) !== undefined,
    limits: { sockets: config.socketsPerAddress, views: config.viewsPerAddress },
    meters,
  })
  const sweeper = openSweeper(db, log)
  const digest = openDigest({ db, config: config.accounts, terms: () => engine.terms, log })
  const ledger = await openLedger({ db, config, log, personOf })
  const grouper = openGrouper({ db, log, head: () => engine.at[0] })
  const screens = openScreenWriter({ db, engine, log })
  const publisher = openPublisher({ db, engine, log, history: demo ? DEMO_HISTORY : 0 })
  const history = demo ? DEMO_SHEETS : 0
  const sheets = openSheetWriter({ db, sql, engine, log, history, published: publisher.settled })
  hearers.push(sockets.publish, publisher.look, () => stream.look(), ledger.look, sheets.look)
  hearers.push(screens.look, uncompared.look)
  if (config.grouping) hearers.push(grouper.look)
  if (config.grouping) grouper.look()
  publisher.look()
  const kept = watchWriting()

  return {
    engine,
    intake: intakeDoor(parts, { db: writing.db, intake, kept }),
    files: fileRoutes({ db, personOf }),
    feed: feedRoute({
      db,
      directory: () => engine.terms.directory,
      policy: () => engine.terms.policy.policy,
      publicUrl: config.accounts.publicUrl,
    }),
    forms: (few) => formRoutes({ ...parts, db, engine, intake, few }),
    ledger,
    accounts,
    api: apiRoutes({
      db,
      acting: acting.db,
      sql,
      log,
      config,
      engine,
      ledger,
      desk,
      uncompared: () => uncompared.now,
      sockets,
      rewriter,
      markOf,
      personOf,
      accounts,
      taking,
    }),
    whyNotReady: readiness({ engine, sql: looking.sql, writing: kept }),
    readings: readingsOf({ engine, sockets, intake }),
    async close() {
      await Promise.all([demo?.stop(), demoActs?.stop()])
      await sockets.close()
      signedIn.close()
      devices.close()
      await people.close()
      await records.close()
      await stream.close()
      await sweeper.close()
      await digest.close()
      await publisher.close()
      await grouper.close()
      await uncompared.close()
      await sheets.close()
      await screens.close()
      await ledger.close()
      await audits.close()
      await rewriter.close()
      await intake.close()
      await engine.close()
      await closePools()
    },
  }
}

interface FormParts extends Pick<Parts, 'db' | 'config' | 'addressOf'> {
  engine: Engine
  intake: Intake
  few: RequestHandler
}

function formRoutes({ db, engine, intake, few, config, addressOf }: FormParts): Router {
  const { commentsPerMinute: perMinute, accounts } = config
  const asked = { db, engine, intake, publicUrl: accounts.publicUrl, few }
  const comments = commentFormRoutes({ ...asked, perMinute, addressOf })
  return Router().use(fontRoutes(), pollFormRoutes(asked), comments)
}

/** Who follows the journal, who writes it and who acts never wait behind others, nor for ever. */
function openPools({ url, config }: Parts) {
  const patience = config.databaseTimeout
  const looking = connect(url, { max: 3, name: 'clerestory look', patience })
  const writing = connect(url, { max: 6, name: 'clerestory intake', patience })
  const acting = connect(url, { max: 6, name: 'clerestory acts', patience })
  const closePools = () =>
    Promise.all([looking, writing, acting].map((pool) => pool.sql.end({ timeout: 1 })))
  return { looking, writing, acting, closePools }
}

interface DemoParts {
  sources: StoredSources
  intake: Intake
  stopping: AbortSignal
}

/** Resolves when the city's past is told: a page that fills up before one's eyes would show numbers that are not its own. */
async function openDemo(
  { db, log, onFounding }: Parts,
  { sources, intake, stopping }: DemoParts,
): Promise<Demo> {
  const demo = playDemo({ db, sources, intake, log, onProgress: onFounding })
  stopping.addEventListener('abort', () => void demo.stop())
  await demo.caughtUp
  return demo
}

interface DoorParts {
  /** The pool of those who write. */
  db: Db
  intake: Intake
  kept: Writing
}

function intakeDoor({ log, config, meters, addressOf }: Parts, { db, intake, kept }: DoorParts) {
  const limits = intakeLimits({
    eventsPerMinute: config.intakeEventsPerMinute,
    addressOf,
    patience: config.databaseTimeout,
    onRefused: meters.refused,
  })
  return intakeRoutes({
    db,
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
  })
}
