import { io, type Socket } from 'socket.io-client'
import type { DurableRecord, Out, RecordPage, Since } from '#shared/records.ts'
import { type ClientToServer, protocol, type ServerToClient } from '#shared/wire.ts'

/**
 * Somebody who follows records, as the contract says it and no other way: what it holds is without gaps, and
 * what comes twice or out of order is noted.
 */
export function followRecords(
  origin: string,
  { since, mark }: Partial<Since> = { since: 0 },
  headers: Record<string, string> = {},
) {
  const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
    auth: (send) =>
      send({
        protocol,
        views: [],
        since: follower.at,
        ...(follower.mark !== undefined && { mark: follower.mark }),
      }),
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  })
  const follower = {
    socket,
    at: since as unknown,
    mark,
    records: [] as DurableRecord[],
    pages: [] as RecordPage[],
    /** Records that came with their own frame. */
    live: 0,
    /** What came that does not follow from what is there. */
    faults: [] as string[],
    outs: [] as Out[],
    refusal: '',
    seqs: () => follower.records.map(({ seq }) => seq),
    [Symbol.dispose]: () => void socket.disconnect(),
  }

  function take(record: DurableRecord): void {
    if (record.after !== follower.at) {
      follower.faults.push(`${record.seq} after ${record.after}, at ${String(follower.at)}`)
    }
    follower.records.push(record)
    follower.at = record.seq
    follower.mark = record.mark
  }

  socket.on('records', (page) => {
    follower.pages.push(page)
    if (page.start) {
      follower.at = page.start.seq
      follower.mark = page.start.mark
    }
    if (page.isAnew) follower.records = []
    if (page.after !== follower.at) follower.faults.push(`a page after ${page.after}`)
    page.records.forEach(take)
  })
  socket.on('record', (record) => {
    follower.live++
    take(record)
  })
  socket.on('out', (out) => void follower.outs.push(out))
  socket.on('connect_error', (error) => (follower.refusal = error.message))
  return follower
}
