import { io, type Socket } from 'socket.io-client'
import type { DurableRecord, Out, RecordPage, RecordPoint } from '#shared/records.ts'
import type { Unread } from '#shared/unread.ts'
import { type ClientToServer, type Hello, protocol, type ServerToClient } from '#shared/wire.ts'
import { SILENCE } from '../live/freshness.ts'
import { elapsed, readClocks } from '../live/reading.ts'
import { isDue, patience, type Redial } from '../live/redial.ts'

export type RecordSocket = Socket<ServerToClient, ClientToServer>

/** What is followed, and who is told. */
interface Following {
  /** The place up to which all is known; null: from now on. */
  at: () => RecordPoint | null
  /** In order, each once. */
  onRecord: (record: DurableRecord) => void
  /** It begins there; `isAnew`: what was known is of another past. */
  onStart: (at: RecordPoint, isAnew: boolean) => void
  /** What the person read on another device. */
  onUnread?: (unread: Unread) => void
  /** The server knows the person no longer: it is followed no more. */
  onOut: (out: Out) => void
}

const TICK = 1000

/** A socket that sends with every handshake where to go on. */
export const recordSocket = (at: () => RecordPoint | null): RecordSocket =>
  io({
    transports: ['websocket'],
    autoConnect: false,
    reconnection: false,
    auth: (send) => {
      const point = at()
      const where = point ? { since: point.seq, mark: point.mark } : { since: null }
      send({ protocol, views: [], ...where } satisfies Hello)
    },
  })

/** Follows records over a socket that comes back by itself, and asks again where it sees a gap. */
export class RecordFollower {
  readonly #following: Following
  readonly #socket: RecordSocket
  #position: RecordPoint | null = null
  #heardAt = readClocks()
  #attempt = 0
  #redial: Redial = { from: readClocks(), wait: 0 }
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(following: Following, createSocket = recordSocket) {
    this.#following = following
    this.#socket = createSocket(() => (this.#position = following.at()))
    const socket = this.#socket
    socket.on('connect', this.#onHeard)
    socket.on('pulse', this.#onHeard)
    socket.on('records', this.#onPage)
    socket.on('record', this.#onRecord)
    socket.on('disconnect', this.#onLost)
    socket.on('connect_error', this.#onLost)
    socket.on('unread', (unread) => following.onUnread?.(unread))
    socket.on('out', (out) => {
      this.rest()
      following.onOut(out)
    })
  }

  /** Dials unless it is heard: also when the machine woke up, the page was shown or the network came back. */
  wake = (): void => {
    const isHeard = this.#socket.connected && elapsed(this.#heardAt, readClocks()) <= SILENCE
    this.#timer ??= setInterval(this.#tick, TICK)
    if (!isHeard) this.#dial()
  }

  /** Lets go of the server until `wake`. */
  rest = (): void => {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#socket.disconnect()
  }

  #tick = (): void => {
    if (isDue(this.#redial, readClocks())) this.#dial()
  }

  #dial(): void {
    this.#socket.disconnect()
    this.#redialIn(patience(SILENCE, this.#attempt++))
    this.#socket.connect()
  }

  #redialIn(wait: number): void {
    this.#redial = { from: readClocks(), wait }
  }

  #onHeard = (): void => {
    this.#heardAt = readClocks()
    this.#redialIn(SILENCE)
  }

  #onLost = (): void => this.#redialIn(patience(TICK, this.#attempt))

  #onPage = ({ after, records, start, isAnew }: RecordPage): void => {
    this.#attempt = 0
    if (start) {
      this.#position = start
      this.#following.onStart(start, isAnew === true)
    }
    if (after > (this.#position?.seq ?? 0)) return this.#askAgain()
    records.forEach(this.#onRecord)
  }

  /** What is known is left out; what comes too early is asked for with all before it. */
  #onRecord = (record: DurableRecord): void => {
    const { seq, mark, after } = record
    const known = this.#position?.seq ?? 0
    if (seq <= known) return
    if (after > known) return this.#askAgain()
    this.#position = { seq, mark }
    this.#following.onRecord(record)
  }

  #askAgain(): void {
    const { seq: since, mark } = this.#position ?? { seq: 0, mark: '' }
    this.#socket.emit('records:follow', since === 0 ? { since } : { since, mark }, (refusal) => {
      if (refusal) this.#socket.disconnect()
    })
  }
}
