import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { DurableRecord, RecordPage } from '#shared/records.ts'
import { type Frame, frameOf } from '../../../server/live/frame.ts'
import type { Reader } from '../../../server/live/reader.ts'
import { RecordFollowers } from '../../../server/records/followers.ts'
import type { Page } from '../../../server/records/pages.ts'

const PAGE = 3

/** Records are 1, 2, 3 …: all are in the database, and the newest may not be published yet. */
function recordAfter(after: number): DurableRecord {
  const nothing = { by: null, openedBy: null, agency: null, area: null, category: null }
  const body = { subject: 'flag:1', version: 1, at: 0, ...nothing }
  return { seq: after + 1, mark: `${after + 1}`, after, kind: 'flag.opened', body }
}

function pageOf(after: number, upTo: number): Page {
  const length = Math.max(0, Math.min(PAGE, upTo - after))
  const records = Array.from({ length }, (_, i) => recordAfter(after + i))
  const page: RecordPage = { after, records, more: after + length < upTo }
  return { frame: frameOf('records', page), seq: after + length }
}

/** A reader who notes what it gets, and is full when the test says so. */
function openReader() {
  const reader = { isFullNow: false, got: [] as number[], idle: () => {} }
  const take = (frame: Frame) => {
    const [event, told] = JSON.parse(frame.packet.slice(1)) as [string, never]
    const records = event === 'record' ? [told as DurableRecord] : (told as RecordPage).records
    reader.got.push(...records.map(({ seq }) => seq))
  }
  const asReader: Reader = {
    request: { headers: {} },
    isGone: false,
    send: take,
    isFull: () => reader.isFullNow,
    onIdle: (listener) => void (reader.idle = listener),
    onGone: () => {},
    onAsked: () => {},
    hangUp: () => {},
  }
  return { ...reader, asReader, state: reader }
}

const steps = fc.array(fc.constantFrom('publish', 'answer', 'fill', 'empty'), { maxLength: 60 })

test('however records, pages and a full reader come together, each arrives once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(8), fc.nat(8), steps, async (head, since, order) => {
      const waiting: (() => void)[] = []
      const readPage = async (after: number, upTo: number) => {
        await new Promise<void>((resolve) => waiting.push(resolve))
        return pageOf(after, upTo)
      }
      const onError = (error: unknown) => {
        throw error
      }
      const start = { last: { seq: head, mark: '' }, upTo: head }
      const followers = new RecordFollowers({ readPage, isOurs: async () => true, onError }, start)
      const { asReader, state } = openReader()
      const followed = followers.follow(asReader, { since })
      await turn()
      const publish = () => {
        const { last } = followers
        followers.publish([recordAfter(last.seq)], last.seq + 1)
      }
      const empty = () => {
        state.isFullNow = false
        state.idle()
      }
      const does = {
        publish,
        answer: () => waiting.shift()?.(),
        fill: () => void (state.isFullNow = true),
        empty,
      }
      for (const step of order) {
        does[step]()
        await turn()
      }
      // A page of a process that is behind another may be ahead of it.
      while (followers.last.seq < since) publish()
      empty()
      while (waiting.length > 0) {
        waiting.shift()!()
        await turn()
      }
      await followed

      const { seq } = followers.last
      expect(state.got).toEqual(Array.from({ length: seq - since }, (_, i) => since + 1 + i))
    }),
    { numRuns: 500 },
  )
})
