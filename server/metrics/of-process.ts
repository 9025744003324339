import { collectDefaultMetrics, Registry } from 'prom-client'

let known: Registry | undefined

/**
 * What Node tells of its process, once however many servers are in it: who began to look at its loop and its
 * memory looks on as long as it runs.
 */
export function ofProcess(): Registry {
  if (known) return known
  known = new Registry()
  collectDefaultMetrics({ register: known })
  return known
}
