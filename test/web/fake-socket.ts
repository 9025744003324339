import type { ViewSpec } from '#shared/view.ts'
import type { Refusal, ServerToClient, StreamFilters } from '#shared/wire.ts'
import type { BoardSocket } from '../../web/live/socket.ts'

/** Of whatever event: which arguments it has is the wire's to say. */
type Listener = (...args: never[]) => void

type Ack = (refusal?: Refusal) => void
type Question =
  | [event: 'watch', asked: readonly ViewSpec[], ack: Ack]
  | [event: 'stream:follow', asked: StreamFilters | null, ack: Ack]

/** Stands in for a socket: notes what was asked, and hands over whatever the test says arrived. */
export function fakeSocket() {
  const listeners = new Map<string, Listener>()
  const hear = (event: string, ...args: unknown[]) => listeners.get(event)?.(...(args as never[]))
  let views: () => readonly ViewSpec[] = () => []

  const fake = {
    dials: 0,
    isConnected: false,
    /** Every set asked for, with the handshake or later. */
    asked: [] as (readonly ViewSpec[])[],
    acks: [] as Ack[],
    /** Which single tickets were asked for, and how each question is answered. */
    followed: [] as (StreamFilters | null)[],
    followAcks: [] as Ack[],
    on: (event: string, listener: Listener) => void listeners.set(event, listener),
    off: (event: string) => void listeners.delete(event),
    connect: () => void fake.dials++,
    disconnect() {
      if (fake.isConnected) fake.lose()
    },
    emit(...[event, asked, ack]: Question) {
      if (event === 'watch') {
        fake.asked.push(asked)
        fake.acks.push(ack)
        return
      }
      fake.followed.push(asked)
      fake.followAcks.push(ack)
    },
    accept() {
      fake.asked.push(views())
      fake.isConnected = true
      hear('connect')
    },
    lose() {
      fake.isConnected = false
      hear('disconnect', 'transport close')
    },
    refuse: (message: string) =>
      hear('connect_error', Object.assign(Error(message), { data: undefined })),
    fail: () => hear('connect_error', Error('websocket error')),
    receive: <E extends keyof ServerToClient>(event: E, ...args: Parameters<ServerToClient[E]>) =>
      hear(event, ...args),
    create: (wanted: () => readonly ViewSpec[]) => {
      views = wanted
      return fake as unknown as BoardSocket
    },
  }
  return fake
}
