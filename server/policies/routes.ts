import express, { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import { defaultPolicy } from '#shared/policy.ts'
import { authenticateAdmin } from '../admin/authenticate.ts'
import type { ClockMode } from '../cube/clock.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import { dueOf } from './due.ts'
import { allPolicies, countDecidedOtherwise, type KeptPolicy } from './queries.ts'
import { readFrom } from './read-from.ts'
import { readPolicy } from './read-policy.ts'
import type { Rewriter } from './rewriter.ts'
import { differing, setPolicy } from './set.ts'

interface PolicyParts {
  db: Db
  clock: ClockMode
  rewriter: Rewriter
}

/** A policy with twenty thousand holidays is a fifth of this. */
const MAX_BODY = '2mb'

const Query = z.strictObject({
  from: z.string().max(100).optional(),
  expectedVersion: z.coerce.number('is a version').int().min(0).optional(),
})

/**
 * For who holds an admin key; 401 without.
 *
 * `GET /admin/policy`: the newest policy, all versions, and how many stored tickets are still to be
 * rewritten: `{version, policy, versions: [{version, holdsFrom, setAt, setBy, rewrittenAt, changed}],
 * rewrite: {left, isRunning}}`; times in ISO 8601, `holdsFrom: null` is the beginning.
 *
 * `PUT /admin/policy?from=DATE`: sets a policy as `npm run policy -- set` does, with holidays as dates or a
 * country; the rewrite goes on after the answer `{version, changed, rewrite}`. 400 with all `faults`;
 * 409 when the newest version is not that of `If-Match` or `?expectedVersion=`.
 */
export function policyRoutes({ db, clock, rewriter }: PolicyParts): Router {
  const routes = Router()

  routes.get('/admin/policy', async (req, res) => {
    await authenticateAdmin(db, req.get('authorization'))
    const versions = await allPolicies(db)
    const newest = versions.at(-1) ?? { version: 0, policy: defaultPolicy }
    const { version, policy } = newest
    res.set('etag', `"${version}"`)
    res.json({ version, policy, versions: versions.map(told), rewrite: await rewriteState() })
  })

  // The key is looked at before anything is read of what comes with it.
  routes.put('/admin/policy', async (req, res, next) => {
    res.locals.admin = await authenticateAdmin(db, req.get('authorization'))
    next()
  })
  routes.put('/admin/policy', express.json({ limit: MAX_BODY }), async (req, res) => {
    const { from, expectedVersion } = parse(Query, { ...req.query })
    const { policy, faults } = await readPolicy(req.body, refuseFile)
    if (!policy) return void sendFaults(res, faults)
    const { version, changed } = await setPolicy(db, policy, {
      from: from === undefined ? undefined : readFrom(from, policy.timeZone),
      clock,
      setBy: res.locals.admin.name,
      expectedVersion: expectedVersion ?? matchOf(req),
    })
    const rewrite = await rewriteState()
    rewriter.start()
    res.json({ version, changed, rewrite: { ...rewrite, isRunning: true } })
  })

  async function rewriteState() {
    const due = dueOf(await allPolicies(db))
    const left = due ? await countDecidedOtherwise(db, due) : 0
    return { left, isRunning: rewriter.isRunning }
  }

  return routes
}

function told(one: KeptPolicy, place: number, all: readonly KeptPolicy[]) {
  const { version, policy, holdsFrom, setAt, setBy, rewrittenAt } = one
  return {
    version,
    holdsFrom: iso(holdsFrom),
    setAt: iso(setAt),
    setBy,
    rewrittenAt: iso(rewrittenAt),
    changed: differing(all[place - 1]?.policy ?? defaultPolicy, policy),
  }
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

async function refuseFile(): Promise<never> {
  throw new Error('A file can only be named on the command line: send its dates.')
}

function sendFaults(res: Response, faults: readonly { path: string; error: string }[]): void {
  const [{ path, error }] = faults as [(typeof faults)[number]]
  res.status(400).json({ error, path, faults })
}

/** The version in `If-Match: "3"`. */
function matchOf(req: Request): number | undefined {
  const header = req.get('if-match')
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1]
  if (version === undefined) throw new HttpError(400, 'If-Match is a version, such as "3".')
  return Number(version)
}
