import { Router } from 'express'
import type { Uncompared } from '#shared/wire.ts'
import type { Accounts } from './accounts/accounts.ts'
import type { PersonOf } from './acts/asker.ts'
import { observerRoutes } from './appointments/observer-routes.ts'
import { appointmentRoutes } from './appointments/routes.ts'
import { attachmentRoutes } from './attachments/routes.ts'
import { commentGroupRoutes } from './comment-groups/routes.ts'
import type { Config } from './config.ts'
import { consultationActRoutes } from './consultations/act-routes.ts'
import { formSwitchRoutes } from './consultations/form-routes.ts'
import { consultationRoutes } from './consultations/routes.ts'
import { spreadRoutes } from './consultations/spread-routes.ts'
import { correctionRoutes } from './corrections/routes.ts'
import type { Connections, Db } from './db/connect.ts'
import { definitionRoutes } from './definitions/routes.ts'
import { areaRoutes } from './dimensions/routes.ts'
import { draftRoutes } from './drafts/routes.ts'
import type { EvidenceDesk } from './evidence/desk.ts'
import { evidenceRoutes } from './evidence/routes.ts'
import { explorerRoutes } from './explorer/routes.ts'
import { answerManyRoute } from './flags/answer-many.ts'
import { flagActRoutes } from './flags/act-routes.ts'
import { flagReadRoutes } from './flags/read-routes.ts'
import { templateRoutes } from './flags/template-routes.ts'
import { statusRoutes } from './health/status-routes.ts'
import { under } from './http/first-word.ts'
import { requireOwnPage } from './http/same-origin.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { Engine } from './live/engine.ts'
import type { Sockets } from './live/sockets.ts'
import { moderationRoutes } from './moderation/routes.ts'
import type { Rewriter } from './policies/rewriter.ts'
import { takingFrom } from './oversight/taking.ts'
import { policyRoutes } from './policies/routes.ts'
import { pollTallyRoutes } from './poll-tallies/routes.ts'
import { pollActRoutes } from './polls/act-routes.ts'
import { openOpinionsDesk } from './polls/opinions-desk.ts'
import { waitingStatementRoutes } from './polls/waiting-routes.ts'
import { pollRoutes } from './polls/routes.ts'
import { publicationRoutes } from './publications/routes.ts'
import { recordRoutes } from './public-record/routes.ts'
import { replyActRoutes } from './replies/act-routes.ts'
import { owedReplyRoutes } from './replies/owed-routes.ts'
import { reportRoutes } from './replies/report-routes.ts'
import { replyRoutes } from './replies/routes.ts'
import { savedViewRoutes } from './saved-views/routes.ts'
import { screenRoutes } from './screens/routes.ts'
import { searchRoutes } from './search/routes.ts'
import { sheetRoutes } from './sheets/routes.ts'
import { suggestionRoutes } from './suggestions/routes.ts'
import { readSuggestionRoutes } from './suggestions/reading-routes.ts'
import type { MarkOf } from './tickets/marks.ts'
import { traceRoutes } from './trace/routes.ts'
import { unreadRoutes } from './unread/routes.ts'
import { breaksOf } from './views/breaks.ts'
import { viewRoutes } from './views/routes.ts'
import { withholdingRoutes } from './withholdings/routes.ts'
import { concernRoutes } from './work/concern-routes.ts'
import { digestRoutes } from './work/digest-routes.ts'
import { peopleRoutes } from './work/people-routes.ts'
import { workMemberRoutes } from './work/member-routes.ts'
import { workPolicyRoutes } from './work/policy-routes.ts'
import { workTicketRoutes } from './work/ticket-routes.ts'
import { workViewRoutes } from './work/view-routes.ts'
import type { AppOptions } from './app.ts'

interface ApiParts extends Connections, Pick<AppOptions, 'config' | 'log' | 'taking'> {
  /** For who acts: on a pool that gives up connections on which nothing moves. */
  acting: Db
  personOf: PersonOf
  accounts: Accounts
  engine: Engine
  ledger: Ledger
  desk: EvidenceDesk
  /** What is still to be compared with other comments. */
  uncompared: () => Uncompared | undefined
  sockets: Sockets
  rewriter: Rewriter
  markOf: MarkOf
}

/** Everything under `/api/v1` but intake. */
export function apiRoutes(parts: ApiParts): Router {
  const { db, sql, log, config, engine, rewriter, markOf } = parts
  const { clock, sourceUrl } = config
  const { acting, personOf, accounts, desk } = parts
  const { taking = takingFrom(desk) } = parts
  const terms = () => engine.terms
  const { letters, figures } = desk
  const { count } = desk.counts
  const opinions = openOpinionsDesk({ db, sql })
  const directory = () => engine.terms.directory
  const policy = () => engine.terms.policy.policy
  return Router()
    .use(requireOwnPage(config.accounts.publicUrl))
    .use(under('account'), accounts.routes)
    .use(under('admin'), policyRoutes({ db, clock, rewriter }))
    .use(under('view', 'deployment'), viewRoutes({ engine, db, sql, log }))
    .use(under('areas'), areaRoutes({ db, engine }))
    .use(under('publications'), publicationRoutes({ db }))
    .use(
      under('status'),
      statusRoutes({ db, engine, load: loadOf(parts), sourceUrl, unsigned: parts.ledger.unsigned }),
    )
    .use(
      under('definitions'),
      definitionRoutes(() => breaksOf(engine.terms.changes, engine.clock)),
    )
    .use(
      under('tickets'),
      explorerRoutes({ db, sql, engine, markOf }),
      correctionRoutes({ db: acting, engine, markOf, personOf }),
    )
    .use(under('sheets', 'revisions'), sheetRoutes({ db }))
    .use(under('screens'), screenRoutes({ db }))
    .use(under('search'), searchRoutes({ db, engine, markOf }))
    .use(under('observers'), observerRoutes({ db, directory }))
    .use(under('appointments'), appointmentRoutes({ db: acting, directory, personOf }))
    .use(
      under('consultations', 'drafts'),
      consultationRoutes({ db, terms }),
      spreadRoutes({ db, terms, count, personOf }),
      commentGroupRoutes({ db, directory }),
      consultationActRoutes({ db: acting, directory, personOf }),
      draftRoutes({ db: acting, directory, personOf }),
      formSwitchRoutes({ db: acting, terms, now: () => engine.asOf, personOf }),
      moderationRoutes({ db: acting, directory, personOf }),
      replyRoutes({ db, terms, letters }),
      reportRoutes({ db, engine, count, letters, figures, uncompared: parts.uncompared }),
      replyActRoutes({ db: acting, terms, personOf }),
    )
    .use(
      under('polls'),
      pollRoutes({ db, engine, opinions }),
      pollTallyRoutes(desk, opinions),
      pollActRoutes({ db: acting, directory, personOf }),
    )
    .use(under('evidence'), evidenceRoutes(desk))
    .use(under('attachments'), attachmentRoutes({ db, personOf }))
    .use(
      under('flags', 'agencies'),
      flagReadRoutes({ db, terms, personOf }),
      flagActRoutes({ db: acting, terms, personOf, ...taking }),
      answerManyRoute({ db: acting, terms, personOf, ...taking }),
    )
    .use(under('templates'), templateRoutes({ db: acting, terms, personOf }))
    .use(under('records'), recordRoutes({ db, directory, policy }))
    .use(under('trace'), traceRoutes({ db }))
    .use(
      under('suggestions'),
      readSuggestionRoutes({ db, directory }),
      suggestionRoutes({ db: acting, directory, personOf, policy, ...taking }),
    )
    .use(under('acts'), withholdingRoutes({ db: acting, personOf }))
    .use(
      under('work'),
      waitingStatementRoutes({ db, personOf }),
      owedReplyRoutes({ db, terms, count, personOf }),
      workTicketRoutes({ db, engine, markOf, personOf }),
      workViewRoutes({ db, sql, engine, personOf }),
      workMemberRoutes({ db, terms, personOf }),
      workPolicyRoutes({ db, terms, personOf }),
      concernRoutes({ db, terms, personOf }),
      digestRoutes({ db, personOf, isSent: config.accounts.mail !== undefined }),
    )
    .use(under('people'), peopleRoutes({ db, personOf }))
    .use(under('saved-views'), savedViewRoutes({ db, personOf }))
    .use(under('unread'), unreadRoutes({ db, personOf }))
    .use(accounts.noteForbidden)
}

/** How many views and sockets there are is the public's to know where the metrics are. */
function loadOf({ config, engine, sockets }: ApiParts) {
  if (config.metricsToken !== undefined) return undefined
  return () => ({ views: engine.viewCount, sockets: sockets.count })
}
