import { setTimeout as delay } from 'node:timers/promises'
import type { CommentEvent } from '#shared/consultations/events.ts'
import { openIntake } from '../../server/intake/intake.ts'
import { answerLetter, benchCommentDesk } from './comment-desk.ts'
import type { Figure } from './figure.ts'
import { inFlight } from './in-flight.ts'
import { CONCURRENT, usage } from './intake.ts'
import { BATCH } from './load.ts'
import { percentile } from './percentile.ts'
import { openPost } from './post.ts'
import { saidAt, wordAt } from './said.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'
import { storeComments } from './store-comments.ts'
import { OTHERS, storeOthers } from './store-other-comments.ts'

const ROUNDS = 100

/**
 * Comments through intake without grouping, then what readers of one consultation with a million of them wait, alone and
 * among two and a half million on 204 others.
 */
export async function benchComments(setting: Setting): Promise<Figure[]> {
  const { stage } = setting
  const seconds = Math.min(20, setting.seconds)
  const batches = batchesOf(200, Date.now())
  const { rate: overHttp, ...used } = await sendComments(stage, batches, seconds)
  const direct = await submitComments(stage, batches, seconds)
  await stage.sql`truncate comment, comment_history, participation, consultation, draft cascade`
  await stage.sql`delete from member where dimension in ('consultation', 'provision')`
  // A million beside a whole city.
  const comments = Math.round(1.25 * setting.tickets)
  await storeComments(stage, comments)
  await answerLetter(stage)
  const alone = `among ${comments.toLocaleString('en')} comments`
  const pages = [...(await benchPages(stage, alone)), ...(await benchCommentDesk(stage, alone))]
  const others = Math.round(2.5 * comments)
  await storeOthers(stage, others)
  const all = `among ${(comments + others).toLocaleString('en')} on ${OTHERS + 1} drafts`
  return [
    {
      ...{ name: 'comments over HTTP, without grouping', unit: 'comments/s', measured: overHttp },
      wanted: { least: 10_000 },
      limit: { of: 'the same without HTTP', value: direct },
    },
    { name: 'processor of the server for 1,000', unit: 'ms', measured: used.server },
    { name: 'processor of PostgreSQL for 1,000', unit: 'ms', measured: used.postgres },
    ...pages,
    ...(await benchPages(stage, all)),
    ...(await benchCommentDesk(stage, all)),
  ]
}

function batchesOf(count: number, now: number): CommentEvent[][] {
  return Array.from({ length: count }, (_, batch) =>
    Array.from({ length: BATCH }, (_, place) => saidAt(batch * BATCH + place, now)),
  )
}

/** Each request is one batch; until all are sent or the time is over. */
async function sendComments(
  stage: Stage,
  batches: readonly CommentEvent[][],
  seconds: number,
): Promise<{ rate: number; server: number; postgres: number }> {
  await using server = await stage.startServer({ GROUPING: 'off' })
  const { post, close } = openPost(server.origin, stage.key)
  const bodies = batches.map((batch) => Buffer.from(batch.map(lineOf).join('\n')))
  let sent = 0
  const before = await usage(stage, server.pid)
  const rate = await perSecond(bodies, seconds, async (body) => {
    const { accepted } = await post(body)
    sent += accepted
    return accepted
  })
  const after = await usage(stage, server.pid)
  close()
  const each = (used: number) => (used / sent) * 1000
  return {
    rate,
    server: each(after.server - before.server),
    postgres: each(after.postgres - before.postgres),
  }
}

/** As a source writes it. */
const lineOf = (event: CommentEvent): string =>
  JSON.stringify({ ...event, receivedAt: new Date(event.receivedAt).toISOString() })

/** As new ones: under other ids. */
async function submitComments(
  stage: Stage,
  batches: readonly CommentEvent[][],
  seconds: number,
): Promise<number> {
  const intake = await openIntake({ db: stage.db })
  const again = batches.map((batch) => batch.map((one) => ({ ...one, id: `AGAIN-${one.id}` })))
  const rate = await perSecond(
    again,
    seconds,
    async (batch) => (await intake.submit(stage.sourceId, batch)).accepted,
  )
  await intake.close()
  return rate
}

async function perSecond<T>(
  all: readonly T[],
  seconds: number,
  take: (one: T) => Promise<number>,
): Promise<number> {
  let taken = 0
  const startedAt = performance.now()
  await inFlight(CONCURRENT, async (number) => {
    const one = all[number]
    if (!one || performance.now() - startedAt > seconds * 1000) return false
    // Added afterwards: `+=` reads its left side before it waits.
    const more = await take(one)
    taken += more
    return true
  })
  return taken / ((performance.now() - startedAt) / 1000)
}

const days = 'window=30d&consultation=bench'
const figures = 'people,commentsReceived,commentsPublished,commentsWithheld,commentsDistinct,stance'
const at = '/consultations/bench'

/** What the page asks, and what readers of it may. */
const requests: readonly [name: string, path: string][] = [
  ['the consultation', at],
  ['its figures', `/view?measures=${figures}&${days}`],
  ['its days', `/view?measures=people,commentsPublished&by=day&${days}`],
  [
    'its provisions',
    `/view?measures=commentsPublished,stance,peopleOfProvision&by=provision&${days}`,
  ],
  ['comments on a provision', `${at}/comments?provision=bench/1/3&limit=10`],
  ['comments on the whole draft', `${at}/comments?provision=(none)&limit=10`],
  ['the newest comments', `${at}/comments`],
  ['letters nearly the same', `${at}/groups?limit=3`],
  ['a letter with 500 wordings', `${at}/groups/1?limit=50`],
  ['search: what all say', `${at}/search?q=ferry`],
  ['search: what few say', `${at}/search?q=${wordAt(39_000)}`],
  ['search: two words', `${at}/search?q=${wordAt(3)}+${wordAt(5000)}`],
  ['search: the beginning of a word', `${at}/search?q=${wordAt(20_000).slice(0, 3)}`],
  ['search: what nobody says', `${at}/search?q=nobody+says`],
  ['what officials answered', `${at}/answers`],
  ['how it is answered', `${at}/figures`],
  ['the closing report', `${at}/report`],
  ['all consultations', '/consultations'],
  ['search: Chinese', `${at}/search?q=${encodeURIComponent('渡轮')}`],
]

async function benchPages(stage: Stage, of: string): Promise<Figure[]> {
  const startedAt = performance.now()
  await using server = await stage.startServer({ GROUPING: 'off' })
  const ask = async (path: string) => {
    const answer = await fetch(`${server.origin}/api/v1${path}`)
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    await answer.arrayBuffer()
  }
  while (!(await fetch(`${server.origin}/readyz`)).ok) await delay(100)
  const started = (performance.now() - startedAt) / 1000
  const measured: Figure[] = [{ name: `start to ready, ${of}`, unit: 's', measured: started }]
  for (const [name, path] of requests) {
    const took: number[] = []
    for (let round = -10; round < ROUNDS; round++) {
      const startedAt = performance.now()
      await ask(path)
      if (round >= 0) took.push(performance.now() - startedAt)
    }
    measured.push({
      name: `${name}, ${of}, p95`,
      unit: 'ms',
      measured: percentile(took, 0.95),
      wanted: { most: 100 },
    })
  }
  const memory = (await server.memory()) / 2 ** 20
  return [...measured, { name: `memory of the server, ${of}`, unit: 'MB', measured: memory }]
}
