import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { isStorable } from '#shared/events.ts'
import { isPreamble, type Provision } from '#shared/consultations/provision.ts'
import { NONE } from '#shared/view.ts'
import { called } from '../consultations/called.ts'
import {
  type ConsultationRow,
  draftsOf,
  type DraftRow,
  isFormOn,
} from '../consultations/consultation-queries.ts'
import { commentCalled } from '../consultations/reading-queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import {
  keepToken,
  keptToken,
  newToken,
  personOf,
  readToken,
  receiptOf,
} from '../forms/browser-token.ts'
import { OWN } from '../forms/own-source.ts'
import { type Html, html } from '../forms/page.ts'
import { dayOf, languagesOf, momentOf, sendPage } from '../forms/reading.ts'
import { refusedPage } from '../forms/refused-page.ts'
import { inFirst, textIn } from '../forms/text-in.ts'
import { HttpError } from '../http/errors.ts'
import { rateLimit } from '../http/rate-limit.ts'
import { requireOwnPage } from '../http/same-origin.ts'
import type { Intake } from '../intake/intake.ts'
import type { Engine } from '../live/engine.ts'
import { eventOf } from './event-of.ts'
import { type Fields, type Faults, faultsIn, readFields } from './filled.ts'
import { formOf } from './form.ts'
import { languageChoices, languageFor } from './languages.ts'
import { commentPage, shutPage, takenPage } from './said.ts'
import { allWords, type CommentWords, wordsIn } from './words.ts'

const COOKIE = { name: 'comment-form', path: '/consultations' }

interface Parts {
  db: Db
  engine: Engine
  intake: Intake
  publicUrl: string | undefined
  /** Of each address. */
  few: RequestHandler
  /** Comments of one address in a minute, ten times as many an hour; 0: no limit. */
  perMinute: number
  addressOf: (req: Request) => string
}

interface Reading {
  row: ConsultationRow
  code: string
  words: CommentWords
  languages: readonly string[]
  title: string
}

/**
 * The form of a consultation, which needs neither an account nor a script; in the language of `?lang` or of the browser.
 * `GET /consultations/CODE/form?provision=ID`, 404 where there is no consultation; `POST` takes the comment and shows
 * its receipt, or the form again with all that was typed: 400 what cannot be taken, 429 too many from one address; 403
 * from another site, while the consultation is not open, and where its form is switched off. Sent again, a form makes
 * no second comment but a later version of its own. Every refusal is a page. `GET /consultations/CODE/comments/RECEIPT`: that comment, 404.
 */
export function commentFormRoutes(parts: Parts): Router {
  const { db, engine, intake, publicUrl, few, perMinute, addressOf } = parts
  const routes = Router()
  const isSecure = publicUrl?.startsWith('https:') ?? false
  const body = express.urlencoded({ extended: false, limit: '1mb', parameterLimit: 50 })
  const comments = rateLimit({
    windows: [
      { points: perMinute, seconds: 60 },
      { points: 10 * perMinute, seconds: 3600 },
    ],
    of: 'comments from this address',
  })
  const timeZone = () => engine.terms.policy.policy.timeZone

  async function read(req: Request): Promise<Reading> {
    const row = await called(db, String(req.params.code))
    const languages = languagesOf(req)
    const title = textIn(row.titles, languages)
    return { row, code: row.code, languages, words: wordsIn(languages), title }
  }

  const send = (res: Response, status: number, { words, title }: Reading, shown: Html): void =>
    sendPage(res, status, { language: words.language, title, body: shown })

  function whyShut({ row, words }: Reading): string | undefined {
    if (engine.asOf >= row.closesAt) return words.closed
    if (!isFormOn(row)) return words.switchedOff
    if (engine.asOf >= row.opensAt) return undefined
    return words.notYet(momentOf(row.opensAt, words.language, timeZone()))
  }

  /** What of the consultation the form asks about, in the draft that is shown or one that was. */
  async function asking({ row, languages, words }: Reading, number?: number) {
    const drafts = (await draftsOf(db, row.id)).filter(({ confirmedAt }) => confirmedAt !== null)
    const draft = drafts.find((one) => one.number === number) ?? drafts.at(-1)
    return {
      words,
      draft: draft?.number ?? 1,
      provisions: provisionsIn(draft, languages),
      languages: languageChoices(Object.keys(draft?.texts ?? row.titles)),
      until: momentOf(row.closesAt, words.language, timeZone()),
    }
  }

  routes.get('/consultations/:code/form', few, async (req, res) => {
    const reading = await read(req)
    const shut = whyShut(reading)
    if (shut !== undefined) return send(res, 200, reading, shutPage(reading, shut, undefined))
    const asked = await asking(reading)
    const language = languageFor([reading.words.language], asked.languages)
    const fields = readFields({ provision: req.query.provision, language })
    const isThere = asked.provisions.some(({ id }) => id === fields.provision)
    keepToken(res, keptToken(req, COOKIE.name) ?? newToken(), { ...COOKIE, isSecure })
    const begun = { ...fields, ...(!isThere && { provision: '' }) }
    const form = formOf({ ...asked, token: newToken(), fields: begun, faults: {} })
    send(res, 200, reading, html`${otherLanguages(reading)} ${form}`)
  })

  routes.post(
    '/consultations/:code/form',
    requireOwnPage(publicUrl),
    // Before it is counted, so that who sent too many is shown what they wrote.
    body,
    few,
    async (req, res) => {
      const reading = await read(req)
      const told = (req.body ?? {}) as Readonly<Record<string, unknown>>
      const fields = readFields(told)
      const shut = whyShut(reading)
      if (shut !== undefined) return send(res, 403, reading, shutPage(reading, shut, fields))
      const token = readToken(told.token)
      const receipt = receiptOf(token, reading.code)
      // A program that fills in all it finds is not told that nobody will read it.
      if (isTrapped(told.website)) return send(res, 200, reading, takenPage(reading, receipt))

      const asked = await asking(reading, Number(told.draft))
      const again = (status: number, faults: Faults, fault?: string) =>
        send(res, status, reading, formOf({ ...asked, token, fields, faults, fault }))
      const faults = faultsIn(fields, allowedBy(asked), reading.words)
      if (Object.keys(faults).length > 0) return again(400, faults)
      const wait = await waitOf(addressOf(req))
      if (wait !== undefined) {
        res.set('retry-after', String(wait))
        return again(429, {}, reading.words.tooOften(Math.ceil(wait / 60)))
      }
      const isTaken = await take(reading, fields, {
        ...{ receipt, draft: asked.draft },
        person: personOf(keptToken(req, COOKIE.name) ?? token, reading.code),
      })
      if (!isTaken) return again(400, {}, reading.words.notTaken)
      send(res, 200, reading, takenPage(reading, receipt))
    },
  )

  /** Seconds after which another comment may come from there; undefined: now. */
  async function waitOf(address: string): Promise<number | undefined> {
    try {
      await comments.spend(address)
      return undefined
    } catch (error) {
      if (error instanceof HttpError) return error.retryAfter
      throw error
    }
  }

  interface Sent {
    receipt: string
    draft: number
    person: string
  }

  /** A form that is sent again changes its comment, which stays where it was in time. */
  async function take({ row }: Reading, fields: Fields, { receipt, draft, person }: Sent) {
    const before = await commentCalled(db, row.id, { sourceId: OWN, id: receipt })
    const event = eventOf(fields, {
      ...{ consultation: row.code, draft, id: receipt, person },
      version: Date.now(),
      at: before?.at ?? engine.asOf,
    })
    const { refused } = await intake.submit(OWN, [event])
    return refused.length === 0
  }

  routes.get('/consultations/:code/comments/:receipt', few, async (req, res) => {
    const reading = await read(req)
    const { row, words, languages } = reading
    const id = String(req.params.receipt)
    const comment = isStorable(id)
      ? await commentCalled(db, row.id, { sourceId: OWN, id })
      : undefined
    if (!comment) return send(res, 404, reading, nothingHere(reading))
    const { directory } = engine.terms
    const provision = directory.codeOf(directory.rootOf(comment.provision))
    const language = directory.codeOf(comment.language)
    const page = commentPage(reading, {
      comment,
      about: aboutOf(provision, reading, directory),
      language: language === NONE ? null : language,
      momentOf: (at) => momentOf(at, words.language, timeZone()),
      dayOf: (at) => dayOf(at, words.language, timeZone()),
    })
    send(res, 200, reading, page)
  })

  return routes.use(refusedPage(['text', 'proposal']))
}

const provisionsIn = (
  draft: DraftRow | undefined,
  languages: readonly string[],
): readonly Provision[] =>
  draft ? (inFirst(draft.texts, languages) ?? Object.values(draft.texts)[0] ?? []) : []

function aboutOf(provision: string, { words, languages }: Reading, directory: Directory): string {
  if (provision === NONE) return words.whole
  if (isPreamble(provision)) return words.preamble
  const member = directory.membersOf('provision').find(({ code }) => code === provision)
  return textIn(member?.names ?? {}, languages) || provision
}

const isTrapped = (website: unknown): boolean => website !== undefined && website !== ''

interface Asked {
  provisions: readonly Provision[]
  languages: readonly { code: string }[]
}

const allowedBy = ({ provisions, languages }: Asked) => ({
  provisions: new Set(provisions.map(({ id }) => id)),
  languages: new Set(languages.map(({ code }) => code)),
})

/** The same form in the other languages of the site. */
const otherLanguages = ({ words: { language } }: Reading): Html =>
  html`<p>
    ${Object.values(allWords)
      .filter((one) => one.language !== language)
      .map((one) => html`<a href="?lang=${one.language}" lang="${one.language}">${one.name}</a> `)}
  </p>`

const nothingHere = ({ code, words }: Reading): Html =>
  html`<p role="status"><strong>${words.nothingHere}</strong></p>
    <p>${words.nothingHereSay}</p>
    <p><a href="/consultations/${code}">${words.page}</a></p>`
