import { connect } from 'node:net'
import { z } from 'zod'
import { InputError } from '../import/input-error.ts'

const Deployment = z.looseObject({ clock: z.enum(['database', 'events']) })

/** A history that runs faster than time is only current to a server whose now is the newest event. */
export async function requireEventClock(url: string): Promise<void> {
  if ((await clockOf(url)) === 'events') return
  throw new InputError(
    `The server at ${url} goes by the clock of its database. Start it with CLOCK=events, or play at --speed 1.`,
  )
}

async function clockOf(url: string): Promise<'database' | 'events'> {
  const response = await fetch(new URL('/api/v1/deployment', url)).catch((error: Error) => {
    throw new InputError(`${url} does not answer: ${error.cause ?? error.message}`)
  })
  const answer = Deployment.safeParse(await response.json().catch(() => undefined))
  if (answer.success) return answer.data.clock
  throw new InputError(`${url} answers ${response.status} and does not say what its clock is.`)
}

/**
 * Of a history that goes straight into the database: the server that shows it is the one at this port.
 * Without one there is nobody to mislead, which is said.
 */
export async function requireEventClockHere(port: number): Promise<void> {
  const url = `http://localhost:${port}`
  if (await isListening(port)) return requireEventClock(url)
  console.warn(
    `No server is running at ${url}: the history goes straight into the database. Start one with CLOCK=events to see it as the present.`,
  )
}

function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: 'localhost' })
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  }).finally(() => socket.destroy())
}
