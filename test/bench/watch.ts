import { setTimeout as delay } from 'node:timers/promises'
import type { ViewSpec } from '#shared/view.ts'
import { protocol } from '#shared/wire.ts'
import { openFramed, type Take } from './frames.ts'

/*
 * Many sockets in one process, which tells its parent what each got. The few packets of Engine.IO and
 * Socket.IO are spoken by hand, and of a patch nothing is read but its position.
 */

export interface Watching {
  origin: string
  /** The views of each socket. */
  sockets: readonly (readonly ViewSpec[])[]
}

/** What a socket got, as [seq of the patch, when, seq, when, …]; times are milliseconds since 1970. */
export type Arrivals = number[]

export interface Seen {
  arrivals: Arrivals[]
  /** Of all patches. */
  bytes: number
  pulses: number
  pulseBytes: number
}

export type FromWatcher = { watching: true } | { failed: string } | Seen

const AT_ONCE = 25
const PATH = '/socket.io/?EIO=4&transport=websocket'
/** As much of a packet as tells what it is, and where a patch leads. */
const START = 120
const POSITION = /"at":\[(\d+),/

const nothing = (): Seen => ({ arrivals: [], bytes: 0, pulses: 0, pulseBytes: 0 })
let seen = nothing()

async function watch(origin: string, views: readonly ViewSpec[], place: number): Promise<void> {
  let say = (_: string): void => {}
  const snapshot = Promise.withResolvers<void>()
  const take: Take = (bytes, start, end) => {
    const packet = bytes.toString('latin1', start, Math.min(end, start + START))
    if (packet.startsWith('42["views:patch",')) return note(packet, place, end - start)
    if (packet.startsWith('42["pulse",')) return notePulse(end - start)
    if (packet === '2') say('3')
    else if (packet.startsWith('0')) say(`40${JSON.stringify({ protocol, views })}`)
    else if (packet.startsWith('44')) snapshot.reject(new Error(packet))
    else if (packet.startsWith('42["views:snapshot"')) snapshot.resolve()
  }
  const opening = openFramed(origin, PATH, take)
  // What comes with the answer to the upgrade comes before this is known.
  say = (text) => void opening.then(({ send }) => send(text))
  const { send, closed } = await opening
  say = send
  await Promise.race([snapshot.promise, closed])
}

function note(patch: string, place: number, size: number): void {
  const [, seq] = POSITION.exec(patch) ?? []
  seen.bytes += size
  const arrivals = (seen.arrivals[place] ??= [])
  arrivals.push(Number(seq), performance.timeOrigin + performance.now())
}

function notePulse(size: number): void {
  seen.pulses++
  seen.pulseBytes += size
}

async function watchAll({ origin, sockets }: Watching): Promise<void> {
  for (let first = 0; first < sockets.length; first += AT_ONCE) {
    const group = sockets.slice(first, first + AT_ONCE)
    await Promise.all(group.map((views, index) => watch(origin, views, first + index)))
    await delay(10)
  }
}

const tell = (message: FromWatcher) => process.send!(message)

process.on('message', (message: Watching | 'forget' | 'tell') => {
  if (message === 'forget') seen = nothing()
  else if (message === 'tell') tell(seen)
  else {
    watchAll(message).then(
      () => tell({ watching: true }),
      (error: Error) => tell({ failed: error.message }),
    )
  }
})
