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

export const CLOCK_WARNING =
  'At this speed only a server with CLOCK=events shows the history as the present. It was not checked: no server is given with --to.'
