import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'

/** A number the process tells about itself when asked. */
export interface Reading {
  name: string
  help: string
  /** NaN while there is nothing to tell. */
  read: () => number
}

/** `GET /metrics`: Prometheus text, of the process and of these readings. */
export function metricsRoute(readings: readonly Reading[]): RequestHandler {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const { name, help, read } of readings) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read())
      },
    })
  }
  return async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics())
  }
}
