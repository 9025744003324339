import { hash } from 'node:crypto'
import type { CommentEvent } from '#shared/consultations/events.ts'
import { areAlike } from '#shared/consultations/grouping/alike.ts'
import { Groups } from '#shared/consultations/grouping/groups.ts'
import { sketchOf } from '#shared/consultations/grouping/sketch.ts'
import { groupComments } from '../../server/comment-groups/group-comments.ts'
import { Near } from '../../server/comment-groups/near.ts'
import { openIntake } from '../../server/intake/intake.ts'
import type { Figure } from './figure.ts'
import { usage } from './intake.ts'
import { saidAt } from './said.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'

const [TEXTS, STORED] = [20_000, 20_000]
/** Those that a national portal had at once, each of which is written to in every batch. */
const DRAFTS = 205
const BATCH = 1000

/** How fast comments are grouped on one core: in memory alone, and with all that is stored of it. */
export async function benchGrouping({ stage }: Setting): Promise<Figure[]> {
  const now = Date.now()
  const said = Array.from({ length: TEXTS }, (_, number) => saidAt(number, now))
  const hashed = perSecond(said, ({ text }) => void hash('sha256', text))
  const { perSecond: grouped, bytes } = groupInMemory(said.map(({ text }) => text))

  const near = new Near()
  const before = await usage(stage, process.pid)
  const stored = await groupStored(stage, near, said)
  const after = await usage(stage, process.pid)
  const each = (used: number) => (used / STORED) * 1000
  const spread = said.map((one, number) => ({
    ...one,
    id: `SPREAD-${number}`,
    consultation: `bench-${number % DRAFTS}`,
  }))
  return [
    {
      ...{ name: 'comments grouped, with what is stored', unit: 'comments/s' },
      measured: stored,
      wanted: { least: 500 },
      limit: { of: 'in memory alone', value: grouped },
    },
    {
      ...{ name: `the same, on ${DRAFTS} drafts in turn`, unit: 'comments/s' },
      measured: await groupStored(stage, near, spread),
      wanted: { least: 500 },
    },
    {
      ...{ name: 'texts grouped in memory', unit: 'comments/s', measured: grouped },
      limit: { of: 'SHA-256 of the same', value: hashed },
    },
    {
      ...{ name: 'processor of this process for 1,000', unit: 'ms' },
      measured: each(after.server - before.server),
    },
    {
      ...{ name: 'processor of PostgreSQL for 1,000', unit: 'ms' },
      measured: each(after.postgres - before.postgres),
    },
    { name: 'memory of a text', unit: 'bytes', measured: bytes },
  ]
}

/** Comments a second, from when all are taken in. */
async function groupStored(
  { db, sourceId }: Stage,
  near: Near,
  said: readonly CommentEvent[],
): Promise<number> {
  const intake = await openIntake({ db })
  for (let from = 0; from < said.length; from += BATCH) {
    await intake.submit(sourceId, said.slice(from, from + BATCH))
  }
  await intake.close()
  const startedAt = performance.now()
  while (await groupComments(db, near));
  return said.length / ((performance.now() - startedAt) / 1000)
}

function groupInMemory(texts: readonly string[]) {
  const groups = new Groups()
  const shingles: Uint32Array[] = []
  const rate = perSecond(texts, (text) => {
    const sketch = sketchOf(text)
    shingles.push(sketch.shingles)
    groups.add(sketch.bands, (met) => areAlike(sketch.shingles, shingles[met]!))
  })
  return { perSecond: rate, bytes: groups.bytes / groups.size }
}

function perSecond<T>(all: readonly T[], work: (one: T) => void): number {
  const startedAt = performance.now()
  for (const one of all) work(one)
  return all.length / ((performance.now() - startedAt) / 1000)
}
