import { createHash } from 'node:crypto'
import { type Request, Router } from 'express'
import type { Policy } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { parse } from '../http/parse.ts'
import { atomOf } from './atom.ts'
import { actsWhere, changedAt, firstHash, titlesOf } from './queries.ts'
import { conditionsOf, RecordsQuery } from './question.ts'
import { toldAct } from './told.ts'

interface Parts {
  db: Db
  directory: () => Directory
  policy: () => Policy
  /** Of the deployment; without it, as whoever asks calls it. */
  publicUrl: string | undefined
}

const ENTRIES = 50
const PATH = '/feed.atom'
/** A time in whole seconds says that nothing changed only when they are over. */
const SETTLED = 2000
const FeedQuery = RecordsQuery.omit({ limit: true })

/**
 * `GET /feed.atom`, Atom, for everybody: the same acts as `/api/v1/records`, by the same filters, 50 a page.
 * Ask again with `If-None-Match`, or with `If-Modified-Since`: 304 when nothing was added.
 */
export function feedRoute({ db, directory, policy, publicUrl }: Parts): Router {
  const routes = Router()
  routes.get(PATH, async (req, res) => {
    const asked = { ...parse(FeedQuery, { ...req.query }), limit: ENTRIES }
    const telling = { directory: directory(), opened: policy().opened }
    const where = conditionsOf(asked, telling)
    const changed = await changedAt(db, where)
    const found = await actsWhere(db, where, { limit: ENTRIES + 1, order: 'desc' })
    const entries = found.slice(0, ENTRIES).map((row) => toldAct(row, telling))
    const subjects = [...new Set(entries.map(({ subject }) => subject))]
    const text = atomOf({
      origin: publicUrl?.replace(/\/$/, '') ?? originOf(req),
      hash: (await firstHash(db)) ?? createHash('sha256').update(PATH).digest('hex'),
      title: titleOf(policy()),
      self: addressOf(req, asked.before),
      first: addressOf(req, undefined),
      next: found.length > ENTRIES ? addressOf(req, entries.at(-1)!.id) : undefined,
      entries,
      titles: await titlesOf(db, subjects),
    })
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
    res.set({ 'cache-control': 'no-cache', etag })
    const modified = settled(changed)
    if (modified !== undefined) res.set('last-modified', new Date(modified).toUTCString())
    if (isKnown(req, { etag, modified })) return void res.status(304).end()
    res.type('application/atom+xml').send(text)
  })
  return routes
}

/** In whole seconds; undefined where nothing says yet that such a second is over. */
function settled(changed: number | undefined): number | undefined {
  if (changed === undefined || Date.now() - changed < SETTLED) return undefined
  return changed - (changed % 1000)
}

/** A reader that knows what it has by its ETag is not asked for the time. */
function isKnown(
  req: Request,
  { etag, modified }: { etag: string; modified: number | undefined },
): boolean {
  const tags = req.get('if-none-match')
  if (tags !== undefined) return tags.split(/\s*,\s*/).some((tag) => tag.replace('W/', '') === etag)
  const since = Date.parse(req.get('if-modified-since') ?? '')
  return modified !== undefined && since >= modified
}

/** A name that is none leaves addresses within the server. */
function originOf({ protocol, headers: { host = '' } }: Request): string {
  return /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/i.test(host) ? `${protocol}://${host}` : ''
}

/** The same filters, from another place on. */
function addressOf(req: Request, before: number | undefined): string {
  const query = new URLSearchParams(req.query as Record<string, string>)
  query.delete('before')
  if (before !== undefined) query.set('before', String(before))
  return query.size === 0 ? PATH : `${PATH}?${query}`
}

const titleOf = ({ place: { names } }: Policy): string =>
  `Clerestory: ${names.en ?? Object.values(names)[0] ?? ''}`
