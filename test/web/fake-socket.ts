import type { ViewSpec } from '#shared/view.ts'
import type { Refusal, ServerToClient, StreamFilters } from '#shared/wire.ts'
import type { BoardSocket } from '../../web/live/socket.ts'

/** Stands in for a socket: notes what was asked, and hands over whatever the test says arrived. */
export function fakeSocket() {
  const listeners = new Map<string, (...args: any[]) => void>()
  const hear = (event: string, ...args: unknown[]) => listeners.get(event)?.(...args)
  let views: () => readonly ViewSpec[] = () => []

  const fake = {
    dials: 0,
    isConnected: false,
    /** Every set asked for, with the handshake or later. */
    asked: [] as (readonly ViewSpec[])[],
    acks: [] as ((refusal?: Refusal) => void)[],
    /** Which single tickets were asked for, and how each question is answered. */
    followed: [] as (StreamFilters | null)[],
    followAcks: [] as ((refusal?: Refusal) => void)[],
    on: (event: string, listener: (...args: any[]) => void) => void listeners.set(event, listener),
    off: (event: string) => void listeners.delete(event),
    connect: () => void fake.dials++,
    disconnect() {
      if (fake.isConnected) fake.lose()
    },
    emit(event: 'watch' | 'stream:follow', asked: any, ack: (refusal?: Refusal) => void) {
      const [questions, acks] =
        event === 'watch' ? [fake.asked, fake.acks] : [fake.followed, fake.followAcks]
      questions.push(asked)
      acks.push(ack)
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
