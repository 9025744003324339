import { Router } from 'express'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { ServerStatus, Unsigned } from '#shared/server-status.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import { protocol } from '#shared/wire.ts'
import type { Db } from '../db/connect.ts'
import type { Engine } from '../live/engine.ts'
import { writtenAt } from './queries.ts'
import { version } from './version.ts'

interface Options {
  db: Db
  engine: Engine
  /** Undefined where only those with a token may know. */
  load: (() => NonNullable<ServerStatus['load']>) | undefined
  sourceUrl: string | undefined
  /** Where the ledger is not signed any more. */
  unsigned: () => Promise<Unsigned | undefined>
}

/**
 * `GET /status` answers a `ServerStatus`: what the pulse does not carry. Nothing in it tells of a single
 * survey (I8): contributions come to two digits, and the journal's newest row to the minute.
 */
export function statusRoutes({ db, engine, load, sourceUrl, unsigned }: Options): Router {
  const startedAt = iso(Date.now() - process.uptime() * 1000)
  const routes = Router()

  routes.get('/status', async (_req, res) => {
    const [seq] = engine.at
    const [written, ledger] = await Promise.all([writtenAt(db, seq), unsigned()])
    const status: ServerStatus = {
      version,
      protocol,
      ...termsOf(engine),
      schema: written.schema,
      startedAt,
      journal: { seq, writtenAt: written.writtenAt === null ? null : minuteOf(written.writtenAt) },
      ...(ledger && { ledger }),
      cube: cubeOf(engine),
      ...(load && { load: load() }),
      ...(sourceUrl !== undefined && { sourceUrl }),
    }
    res.set('cache-control', 'no-store').json(status)
  })

  return routes
}

function termsOf({ terms, clock, otherVersion }: Engine) {
  return {
    contributions: contributionsVersion,
    ...(otherVersion !== undefined && { otherVersion }),
    policyVersion: terms.policy.version,
    timeZone: terms.policy.policy.timeZone,
    clock,
  }
}

const cubeOf = ({ cube, contributionCount }: Engine): ServerStatus['cube'] => ({
  contributions: Number(contributionCount.toPrecision(2)),
  days: Math.floor(((cube.minute - cube.horizon) * MINUTE) / DAY),
})

const iso = (at: number): string => new Date(at).toISOString()
const minuteOf = (at: number): string => iso(Math.floor(at / MINUTE) * MINUTE)
