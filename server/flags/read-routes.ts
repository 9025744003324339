import { type Request, Router } from 'express'
import { sql } from 'kysely'
import { openStandings, severities } from '#shared/oversight/flag.ts'
import type { Dimension } from '#shared/ticket.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { noSubject } from '../acts/refusal.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { correctionActs, countCorrected, toldCorrection } from '../tickets/corrections.ts'
import { requireOpened } from '../tickets/public-ticket.ts'
import { Id } from './act-routes.ts'
import { answeringOf } from './answering.ts'
import { conditionsOf } from './conditions.ts'
import { readCursor } from './cursor.ts'
import { deskOf, findDesk, holds } from './desk.ts'
import { flagPage } from './list.ts'
import { actsOf, clockOf, countFlags, type FlagAct, listFlags } from './queries.ts'
import { readFlagQuestion } from './question.ts'
import { awaits, countQueue, dayEndOf, firstOf } from './queue.ts'
import { firstDeadlines, reckoningOf } from './reckoning.ts'
import { agencyCode, publicAct, publicFlag, type Telling } from './told.ts'

interface Parts {
  db: Db
  terms: () => Terms
  personOf: PersonOf
}

/** Flags of a page of the queue. */
const PAGE = 50

/** What an agency answers it may see whole: also members that are not opened. */
const WHOLE: Dimension[] = ['agency', 'area', 'category']

/**
 * For everybody. 400 names the parameter; 403 a dimension that is not opened.
 *
 * `GET /flags?id=&state=&agency=&area=&category=&kind=&severity=&late=&author=&q=&on=
 * &sort=newest|deadline&limit=50&after=CURSOR`: `{asOf, flags, next}`; asked `on` something, also `open`, how many are not ended.
 * `GET /flags/deadlines`: by severity, until when a flag that is opened now would be answered.
 * `GET /flags/ID`: `{asOf, flag, acts, corrections}`, its whole life, the oldest act first; each with its `canonical` form,
 * the `hash` of that, and texts with their salts. A text that is null was taken down: its commitment stays.
 * What its officials corrected of tickets themselves stands in `corrections`. Who answers for its owner, and the
 * secretariat, are told it whole, also members of dimensions that are not opened.
 * `GET /agencies/CODE/answering`: `{asOf, agency, …Answering, corrected}`; `(none)` is the secretariat. `corrected`: tickets
 * that were corrected by acts while they were the agency's, each once, whether the correction still holds or not. Where
 * agencies are not opened: for who answers for it, and the secretariat.
 * `GET /flags/queue?after=CURSOR`, for officials and the secretariat: `{asOf, agencies, isSecretariat,
 * counts, flags, next}` by deadline; `agencies` null: every one.
 */
export function flagReadRoutes({ db, terms, personOf }: Parts): Router {
  const routes = Router()

  routes.get('/flags', async (req, res) => {
    const question = readFlagQuestion(req.query)
    const telling = await tellingOf(db, terms())
    const person = question.author === 'me' ? (await requirePerson(personOf, req)).id : undefined
    const where = conditionsOf(question, { ...telling, person })
    const { found, next } = await flagPage(db, { ...question, where })
    const isOpen = sql<boolean>`standing in (${sql.join(openStandings)})`
    const open = question.on === undefined ? {} : { open: await countFlags(db, [...where, isOpen]) }
    res.set('cache-control', 'no-store')
    res.json({
      asOf: iso(telling.now),
      ...open,
      flags: found.map((one) => publicFlag(one, telling)),
      next,
    })
  })

  routes.get('/flags/deadlines', async (_req, res) => {
    const reckoning = await reckoningOf(db, terms().policy)
    const days = severities.map((severity) => {
      const { answerBy } = firstDeadlines(reckoning, severity)
      return [severity, iso(answerBy)]
    })
    res.set('cache-control', 'no-store').json(Object.fromEntries(days))
  })

  routes.get('/flags/queue', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const { policy, directory } = terms()
    const desk = await deskOf(db, person, directory)
    const after = readCursor(req.query.after?.toString(), 'deadline')
    const telling = { ...(await tellingOf(db, terms())), opened: WHOLE }
    const parts = awaits(desk)
    const day = { now: telling.now, dayEnd: dayEndOf(telling.now, policy.policy.timeZone) }
    // One more than a page, which tells that there is a next one.
    const first = firstOf(parts, { after, limit: PAGE + 1 })
    const [counts, { found, next }] = await Promise.all([
      countQueue(db, parts, day),
      flagPage(db, {
        where: [firstOf(parts, { after, limit: 51 })],
        sort: 'deadline',
        limit: 50,
        after,
      }),
    ])
    res.set('cache-control', 'no-store')
    res.json({
      asOf: iso(telling.now),
      agencies: desk.agencies && codesOf(desk.agencies, telling),
      isSecretariat: desk.isSecretariat,
      counts,
      flags: found.map((one) => publicFlag(one, telling)),
      next,
    })
  })

  routes.get('/flags/:id', async (req, res) => {
    const id = parse(Id, req.params.id)
    const isIt = sql<boolean>`id = ${id}::bigint`
    const [found] = await listFlags(db, { where: [isIt], orderBy: sql`id`, limit: 1 })
    if (!found) throw noSubject('flag', id)
    const telling = await tellingTo(req, found.state.owner)
    const acts = await actsOf(db, id)
    const corrections = await correctionActs(db, correctionsIn(acts))
    res.set('cache-control', 'no-store')
    res.json({
      asOf: iso(telling.now),
      flag: publicFlag(found, telling),
      acts: acts.map((act) => publicAct(act, telling)),
      corrections: corrections.map((one) => toldCorrection(one, telling)),
    })
  })

  routes.get('/agencies/:code/answering', async (req, res) => {
    const { code } = req.params
    const id = terms().directory.find('agency', code)
    const telling = await tellingTo(req, id || null)
    requireOpened('agency', { opened: telling.opened, path: 'code' })
    if (id === undefined) throw new HttpError(404, `There is no agency called ${code}.`)
    const ids = id === 0 ? [] : telling.directory.idsOf(id)
    const where =
      id === 0
        ? sql<boolean>`owner is null`
        : sql<boolean>`owner = any(${`{${ids.join()}}`}::int[])`
    res.set('cache-control', 'no-store')
    res.json({
      asOf: iso(telling.now),
      agency: agencyCode(id === 0 ? null : id, telling.directory),
      ...(await answeringOf(db, where, telling.now)),
      corrected: await countCorrected(db, ids),
    })
  })

  /** Who answers for an owner is told all of what it owns, everybody else what the city opened. */
  async function tellingTo(req: Request, owner: number | null): Promise<Telling> {
    const telling = await tellingOf(db, terms())
    const person = await personOf(req)
    const desk = person && (await findDesk(db, person.id, telling.directory))
    return desk && holds(desk, owner) ? { ...telling, opened: WHOLE } : telling
  }

  return routes
}

const correctionsIn = (acts: readonly FlagAct[]): number[] =>
  acts.flatMap(({ body }) => (typeof body.correction === 'number' ? body.correction : []))

const iso = (at: number): string => new Date(at).toISOString()

const codesOf = (ids: readonly number[], { directory }: Telling): string[] => [
  ...new Set(ids.map((id) => directory.codeOf(directory.rootOf(id)))),
]

async function tellingOf(db: Db, { policy, directory }: Terms): Promise<Telling> {
  return { opened: policy.policy.opened, directory, now: await clockOf(db) }
}
