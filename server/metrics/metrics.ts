import { timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { Registry } from 'prom-client'
import { HttpError } from '../http/errors.ts'

/** `GET /metrics`: Prometheus text. With a token only for who sends it as `Authorization: Bearer TOKEN`. */
export function metricsRoute(registries: Registry[], token: string | undefined): RequestHandler {
  const registry = Registry.merge(registries)
  return async (req, res) => {
    if (token !== undefined && !isSame(req.get('authorization') ?? '', `Bearer ${token}`)) {
      throw new HttpError(401, 'Send Authorization: Bearer and the metrics token.', {
        code: 'wrong-key',
      })
    }
    res.type(registry.contentType).send(await registry.metrics())
  }
}

function isSame(said: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(said), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
