import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * Below the ports that systems hand out to outgoing connections: one of those could take the place of
 * a PostgreSQL that died, and it could not come back on its port.
 */
const [FIRST, LAST] = [20_000, 32_000]
const TRIES = 100

/** `wanted` if it is free on this machine's loopback, else one that is. */
export async function freePort(wanted = somePort()): Promise<number> {
  let port = wanted
  for (let tries = 0; tries < TRIES; tries++) {
    if (await isFree(port)) return port
    port = somePort()
  }
  throw new Error(`No port from ${FIRST} to ${LAST} is free on this machine.`)
}

const somePort = (): number => randomInt(FIRST, LAST)

async function isFree(port: number): Promise<boolean> {
  const probe = createServer()
  try {
    probe.listen(port, '127.0.0.1')
    await once(probe, 'listening')
  } catch {
    return false
  }
  probe.close()
  await once(probe, 'close')
  return true
}
