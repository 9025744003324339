import express, { type Request, type RequestHandler, type Response, Router } from 'express'
import { isStorable } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
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
import { languagesOf, momentOf, sendPage } from '../forms/reading.ts'
import { refusedPage } from '../forms/refused-page.ts'
import { textIn } from '../forms/text-in.ts'
import { HttpError } from '../http/errors.ts'
import { requireOwnPage } from '../http/same-origin.ts'
import type { Intake } from '../intake/intake.ts'
import type { Engine } from '../live/engine.ts'
import { pollCalled, type PollRow, publishedStatements } from '../polls/poll-queries.ts'
import { countWaiting } from '../polls/statement-queries.ts'
import { eventsOf } from './events-of.ts'
import { empty, faultIn, filledFrom } from './filled.ts'
import { formOf, type Shown } from './form.ts'
import { givenBy } from './given.ts'
import { type FormWords, wordsIn } from './words.ts'

const COOKIE = { name: 'poll-form', path: '/polls' }
/** Statements of a poll that wait for the secretariat: more are not taken. */
const MOST_WAITING = 500

interface Parts {
  db: Db
  engine: Engine
  intake: Intake
  publicUrl: string | undefined
  /** Of each address. */
  few: RequestHandler
}

type Returned = Omit<Shown, keyof Reading | 'statements' | 'until'>

interface Reading {
  poll: PollRow
  words: FormWords
  languages: readonly string[]
  title: string
}

/**
 * The form of a poll, which needs neither an account nor a script; in the language of `?lang` or of the browser.
 * `GET /polls/CODE/form`, 404 where there is no poll; `POST` takes the answer and shows its receipt: 400 what cannot be
 * taken, 403 from another site or while the poll is not open, 429 too many from one address. Every refusal is a page.
 */
export function pollFormRoutes({ db, engine, intake, publicUrl, few }: Parts): Router {
  const routes = Router()
  const isSecure = publicUrl?.startsWith('https:') ?? false
  const body = express.urlencoded({ extended: false, limit: '64kb', parameterLimit: 2000 })

  async function read(req: Request): Promise<Reading> {
    const code = String(req.params.code)
    const poll = isStorable(code) ? await pollCalled(db, code) : undefined
    if (!poll) throw new HttpError(404, 'There is no such poll.')
    const languages = languagesOf(req)
    return { poll, languages, words: wordsIn(languages), title: textIn(poll.titles, languages) }
  }

  const send = (res: Response, status: number, { words, title }: Reading, body: Html): void =>
    sendPage(res, status, { language: words.language, title, body })

  /** The form, as it is asked for or as it came back. */
  async function sendForm(res: Response, reading: Reading, shown: Returned): Promise<void> {
    const { poll, words } = reading
    const until = momentOf(poll.closesAt, words.language, engine.terms.policy.policy.timeZone)
    const statements = await statementsOf(poll)
    const status = shown.fault === undefined ? 200 : 400
    send(res, status, reading, formOf({ ...reading, statements, until, ...shown }))
  }

  const statementsOf = async (poll: PollRow) =>
    poll.kind === 'agreement' ? publishedStatements(db, poll.id) : []

  async function given(poll: PollRow, token: string): Promise<ReadonlySet<string>> {
    const { directory } = engine.terms
    const person = personOf(token, poll.code)
    return givenBy(db, { poll, person, directory, statements: await statementsOf(poll) })
  }

  routes.get('/polls/:code/form', few, async (req, res) => {
    const reading = await read(req)
    const { poll, words } = reading
    const shut = whyShut(poll, words, engine.asOf)
    if (shut !== undefined) return send(res, 200, reading, said(shut, reading))
    const kept = keptToken(req, COOKIE.name)
    const before = kept === undefined ? empty.given : await given(poll, kept)
    const person = kept ?? newToken()
    keepToken(res, person, { ...COOKIE, isSecure })
    await sendForm(res, reading, { ...empty, given: before, isAgain: before.size > 0, person })
  })

  routes.post('/polls/:code/form', few, requireOwnPage(publicUrl), body, async (req, res) => {
    const reading = await read(req)
    const { poll, words } = reading
    const shut = whyShut(poll, words, engine.asOf)
    if (shut !== undefined) return send(res, 403, reading, said(shut, reading))
    const fields = (req.body ?? {}) as Record<string, string | string[]>
    if (fields.website !== '') throw new HttpError(400, 'This was not sent by a person.')
    const token = readToken(fields.person)
    const again = (fault: string) =>
      sendForm(res, reading, { ...filledFrom(fields), isAgain: false, person: token, fault })
    const fault = faultIn(fields, reading)
    if (fault !== undefined) return again(fault)
    const [person, version] = [personOf(token, poll.code), Date.now()]
    const { language } = words
    const told = eventsOf(fields, { poll, person, version, at: engine.asOf, language })
    if (told.length === 0) return again(words.nothing)
    const isAdded = told.some(({ type }) => type === 'statement')
    if (isAdded && (await countWaiting(db, poll.id)) >= MOST_WAITING) return again(words.full)
    const before = poll.kind === 'agreement' ? await given(poll, token) : empty.given
    const { refused } = await intake.submit(OWN, told.filter(isNewTo(before)))
    if (refused[0]) throw new HttpError(400, refused[0].error, { path: refused[0].path })
    send(res, 200, reading, taken(reading, { isAdded, receipt: receiptOf(person, version) }))
  })

  return routes.use(refusedPage(['statement']))
}

/** A vote that stands so already stays where it was cast. */
const isNewTo =
  (given: ReadonlySet<string>) =>
  (event: ReturnType<typeof eventsOf>[number]): boolean =>
    event.type !== 'vote' || !given.has(`s.${event.statement}=${event.vote}`)

function whyShut(poll: PollRow, words: FormWords, now: number): string | undefined {
  if (!poll.hasForm) return words.switchedOff
  if (now < poll.opensAt) return words.notYet
  return now < poll.closesAt ? undefined : words.closed
}

const results = ({ poll, words }: Reading): Html =>
  html`<p><a href="/polls/${poll.code}">${words.results}</a></p>`

const said = (text: string, reading: Reading): Html =>
  html`<p>${text}</p>
    ${results(reading)}`

interface Taken {
  isAdded: boolean
  receipt: string
}

const taken = (reading: Reading, { isAdded, receipt }: Taken): Html => {
  const { words, poll } = reading
  return html`<p role="status"><strong>${words.thanks}</strong></p>
    <p>${words.receipt(receipt)}</p>
    ${isAdded ? html`<p>${words.waits}</p>` : html``}
    <p>
      ${words.change}${words.gap}<a href="/polls/${poll.code}/form?lang=${words.language}"
        >${words.again}</a
      >
    </p>
    ${results(reading)}`
}
