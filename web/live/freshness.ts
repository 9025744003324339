import type { Pulse, SourceState } from '#shared/wire.ts'

/** A pulse comes at least every 2 s; this long without one and the server is lost (I5). */
export const SILENCE = 4_000
/** What the server knows is older than this: delayed. */
const DELAY = 4_000
/** Not heard of the server for this long: stale. */
const STALE = 60_000

export type State =
  | 'loading'
  | 'asking'
  | 'live'
  | 'delayed'
  | 'reconnecting'
  | 'stale'
  | 'refused'
  | 'outdated'
  | 'past'

/** Everything the page knows about its connection. Durations are milliseconds by this machine. */
export interface Connection {
  isConnected: boolean
  isOutdated: boolean
  isRefused: boolean
  /** Dialled more than once without an answer. */
  isFailing: boolean
  /** The answer on the page belongs to what the page asks now. */
  isCurrent: boolean
  /** The page let go of the server itself, and asks again for the first time since. */
  isRested: boolean
  /** The instant up to which the page's answer is complete, by the server's clock. */
  asOf: number | undefined
  pulse: Pulse | undefined
  /** How long ago that pulse came. */
  pulseAge: number
}

export interface Freshness {
  state: State
  /** The server's clock now; does not run between pulses when the time is the newest event's. */
  now: number | undefined
  /** The page's numbers are complete up to here. */
  asOf: number | undefined
  /** How far they lay behind the server's clock when it was last heard. */
  behind: number
  /** When the server was last heard, by its own clock. */
  heardAt: number | undefined
  silentSources: readonly SourceState[]
}

/** Judges by the server's clock alone: the reader's own may be wrong by years. */
export function freshness(connection: Connection, clock: 'database' | 'events'): Freshness {
  const { asOf, pulse, pulseAge } = connection
  const heardAt = pulse?.now
  return {
    state: stateOf(connection),
    now: heardAt === undefined || clock === 'events' ? heardAt : heardAt + pulseAge,
    asOf,
    behind: behind(connection),
    heardAt,
    silentSources: pulse?.sources.filter((source) => source.silent) ?? [],
  }
}

function stateOf(connection: Connection): State {
  if (connection.isOutdated) return 'outdated'
  if (connection.isRefused) return 'refused'
  if (connection.asOf === undefined) return connection.isFailing ? 'reconnecting' : 'loading'
  if (connection.isRested) return 'asking'
  if (isLost(connection)) return connection.pulseAge > STALE ? 'stale' : 'reconnecting'
  if (!connection.isCurrent) return 'asking'
  return behind(connection) > DELAY ? 'delayed' : 'live'
}

function isLost({ isConnected, pulse, pulseAge }: Connection): boolean {
  return !isConnected || (pulse !== undefined && pulseAge > SILENCE)
}

function behind({ asOf, pulse }: Connection): number {
  return asOf === undefined || !pulse ? 0 : Math.max(0, pulse.now - asOf)
}

/** Numbers in these states are greyed and say why. The past is not old: it is what was asked for. */
export function isOld(state: State): boolean {
  return state !== 'live' && state !== 'delayed' && state !== 'loading' && state !== 'past'
}
