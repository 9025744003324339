import { createHash } from 'node:crypto'
import { Router } from 'express'
import type { AreaMap } from '#shared/deployment.ts'
import type { Policy } from '#shared/policy.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { allBoundaries } from './boundaries.ts'
import type { Directory } from './directory.ts'
import { rounded } from './polygon.ts'

interface Options {
  db: Db
  /** What holds now; `edition` changes with it. */
  engine: { terms: { directory: Directory; policy: { policy: Policy } }; edition: number }
}

interface Drawn {
  edition: number
  /** Empty when no area has a boundary. */
  text: string
  etag: string
}

/**
 * `GET /areas.geojson` answers an `AreaMap`: the boundary of each area, to the metre, under the code that
 * views use; areas that were merged are one. It is kept until it changes: ask again with `If-None-Match`.
 * 404 where areas are not opened to the public, or none has a boundary.
 */
export function areaRoutes({ db, engine }: Options): Router {
  const routes = Router()
  let drawn: Drawn | undefined

  async function draw(): Promise<Drawn> {
    const { edition, terms } = engine
    if (drawn?.edition === edition) return drawn
    const map = mapOf(await allBoundaries(db), terms.directory)
    const text = map.features.length > 0 ? JSON.stringify(map) : ''
    // Editions are counted by each process for itself: only the content tells whether it is the same.
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`
    return (drawn = { edition, text, etag })
  }

  routes.get('/areas.geojson', async (req, res) => {
    if (!engine.terms.policy.policy.opened.includes('area')) {
      throw new HttpError(404, 'This city has not opened area to the public.')
    }
    const { text, etag } = await draw()
    if (text === '') throw new HttpError(404, 'No area has a boundary.')
    res.set({ etag, 'cache-control': 'public, no-cache' })
    if (isKnown(req.get('if-none-match'), etag)) return void res.status(304).end()
    res.type('application/geo+json').send(text)
  })

  return routes
}

/** Also to who says `no-cache` with it: what it has was compared with what is. */
function isKnown(header: string | undefined, etag: string): boolean {
  const known = header?.split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known?.includes(etag) ?? false
}

function mapOf(
  boundaries: Awaited<ReturnType<typeof allBoundaries>>,
  directory: Directory,
): AreaMap {
  const byRoot = Map.groupBy(boundaries, ({ memberId }) => directory.rootOf(memberId))
  const features = [...byRoot].map(([root, parts]) => ({
    type: 'Feature' as const,
    properties: { code: directory.codeOf(root) },
    geometry: {
      type: 'MultiPolygon' as const,
      coordinates: rounded(parts.flatMap(({ body }) => body.coordinates)),
    },
  }))
  return { type: 'FeatureCollection', features }
}
