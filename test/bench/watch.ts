import { setTimeout as delay } from 'node:timers/promises'
import type { ViewSpec } from '#shared/view.ts'
import { protocol } from '#shared/wire.ts'

/*
 * Many sockets in one process, which tells its parent when each got each patch. The few packets of
 * Engine.IO and Socket.IO are spoken by hand and patches are not parsed beyond their position: real
 * readers bring their own processors, so these should cost the two cores as little as they can.
 */

export interface Watching {
  origin: string
  sockets: number
  views: readonly ViewSpec[]
}

/** What a socket got, as [seq of the patch, when, seq, when, …]; times are milliseconds since 1970. */
export type Arrivals = number[]

export type FromWatcher = { watching: true } | { arrivals: Arrivals[]; bytes: number }

const AT_ONCE = 25
const PATCH = '42["views:patch",'
const POSITION = /"at":\[(\d+),/

let bytes = 0

function watch({ origin, views }: Watching, arrivals: Arrivals): Promise<void> {
  const address = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(address)
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error('A socket could not be opened.'))
    socket.onmessage = (event) => {
      const data = event.data as string
      if (data.startsWith(PATCH)) return note(data, arrivals)
      if (data === '2') socket.send('3')
      else if (data.startsWith('0')) socket.send(`40${JSON.stringify({ protocol, views })}`)
      else if (data.startsWith('44')) reject(new Error(data))
      else if (data.startsWith('42["views:snapshot"')) resolve()
    }
  })
}

function note(patch: string, arrivals: Arrivals): void {
  bytes += patch.length
  const [, seq] = POSITION.exec(patch)!
  arrivals.push(Number(seq), performance.timeOrigin + performance.now())
}

async function watchAll(watching: Watching): Promise<Arrivals[]> {
  const all: Arrivals[] = Array.from({ length: watching.sockets }, () => [])
  for (let first = 0; first < all.length; first += AT_ONCE) {
    await Promise.all(all.slice(first, first + AT_ONCE).map((one) => watch(watching, one)))
    await delay(10)
  }
  return all
}

const tell = (message: FromWatcher) => process.send!(message)

let watched: Promise<Arrivals[]> | undefined
process.on('message', (message: Watching | 'end') => {
  if (message !== 'end') {
    watched = watchAll(message)
    void watched.then(() => tell({ watching: true }))
  } else {
    void watched!.then((arrivals) => tell({ arrivals, bytes }))
  }
})
