import { Router } from 'express'
import type { Engine } from '../live/engine.ts'
import type { Readiness } from './readiness.ts'

/** What there is to tell once the cube is loaded. */
interface Opened {
  engine: Engine
  whyNotReady: Readiness
}

/**
 * `GET /livez` 200 while the process runs. `GET /readyz` 200 `{status, seq, otherVersion?}` when the cube is loaded, the
 * database answers and takes what it is told, and the journal is followed; else 503 `{error, since}`.
 * `otherVersion` is there while another version of the program writes to the same database.
 */
export function healthRoutes(opened: () => Opened | undefined, whyNotYet: () => string): Router {
  const startedAt = Date.now()
  const routes = Router()

  routes.get('/livez', (_req, res) => void res.json({ status: 'ok' }))

  routes.get('/readyz', async (_req, res) => {
    const found = opened()
    const loading = { error: whyNotYet(), since: startedAt }
    const complaint = found ? await found.whyNotReady() : loading
    res.set('cache-control', 'no-store')
    if (complaint) {
      const { error, since } = complaint
      return void res.status(503).json({ error, since: new Date(since).toISOString() })
    }
    const { at, otherVersion } = found!.engine
    res.json({ status: 'ready', seq: at[0], otherVersion })
  })

  return routes
}
