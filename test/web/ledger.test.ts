import { expect, test } from 'vitest'
import { writeNote } from '#shared/ledger/note.ts'
import type { Revisions } from '#shared/ledger/sheet.ts'
import { readSubmission, writeSubmission } from '#shared/ledger/submission.ts'
import { revisedTexts } from '../../web/board/revised-text.ts'
import { markPath } from '../../web/charts/spark-path.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { addressOf, readAddress } from '../../web/ledger/addressed.ts'
import { isRevised } from '../../web/live/revised-days.svelte.ts'
import { checkpointOf, entriesOf } from '../support/ledger.ts'

const checkpoint = checkpointOf(entriesOf([]))

test('the address in a code says which checkpoint it was made of, padded or not', () => {
  const address = addressOf('https://halcyon.example', checkpoint, 17)
  const { search } = new URL(address)
  const { size, root } = checkpoint
  expect(readAddress(search)).toEqual({ act: 17, leaf: undefined, seen: { size, root } })
  expect(readAddress(`${search}=`).seen).toEqual({ size, root })
  // As many letters as a code of 37 modules holds.
  expect(addressOf('https://dashboard.halcyon.example', checkpoint).length).toBeLessThan(106)
  for (const query of ['?size=0&root=AA', '?size=1&root=AAAA', '?size=1', '?leaf=-1', '?act=x']) {
    expect(readAddress(query)).toEqual({ act: undefined, leaf: undefined, seen: undefined })
  }
})

const told = (leaf: number, received: number, hits: number, n: number) => ({
  leaf,
  at: '2026-03-02T00:00:00Z',
  measures: {
    received: { version: 1, value: received },
    onTimeRate: { version: 1, value: hits / n, numerator: hits, n },
  },
})
const days: Revisions['days'] = [
  {
    day: '2026-03-02',
    first: told(9, 7, 1, 2),
    last: { ...told(12, 7, 2, 4), edition: 2, tickets: 2 },
  },
  {
    day: '2026-03-01',
    first: told(3, 5, 3, 4),
    last: { ...told(8, 8, 3, 4), edition: 3, tickets: 4 },
  },
]

test('a card says what was first told of a day, what is told now, by how much and because of how many tickets', () => {
  const times = createTimes('UTC')
  expect(revisedTexts(days, 'received', times)).toEqual({
    n: 1,
    newest: [
      {
        day: '2026-03-01',
        said: '1 Mar: first told 5, now 8 (+3), because of 4 tickets that came late or were corrected.',
        leaves: [3, 8],
      },
    ],
  })
  const { newest } = revisedTexts(days, 'onTimeRate', times)
  expect(newest.map(({ said }) => said)).toEqual([
    expect.stringContaining('first told 50.0%, 1 of 2, now 50.0%, 2 of 4'),
  ])
  expect(revisedTexts(days, 'open', times).n).toBe(0)
  expect(days.map((day) => isRevised(day, 'onTimeRate'))).toEqual([true, false])
})

test('each revised day has its stroke at the foot of a sparkline', () => {
  expect(markPath([0, 2], 3)).toBe('M3.0 32v-3M97.0 32v-3')
  expect(markPath([], 3)).toBe('')
})

test('what a log sends to a witness is read as it was written, and nothing else is', () => {
  const proof = [new Uint8Array(32).fill(7), new Uint8Array(32)]
  const written = writeSubmission(5, proof, checkpointNote())
  expect(readSubmission(written)).toEqual({ old: 5, proof, checkpoint })
  for (const other of [
    written.replace('old 5', 'old 05'),
    written.replace('old 5', 'old -1'),
    written.replace('old ', ''),
    written.replace('\n\n', '\n'),
    written.slice(0, -1),
    writeSubmission(
      5,
      Array.from({ length: 64 }, () => new Uint8Array(32)),
      checkpointNote(),
    ),
  ]) {
    expect(readSubmission(other), other).toBe(undefined)
  }
})

const checkpointNote = (): string => writeNote(checkpoint.note)
