import { randomUUID } from 'node:crypto'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { createApp } from '../../server/app.ts'
import { readConfig } from '../../server/config.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { appointing, personInHeader } from '../support/asker.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'
import { AGENCIES, storeFlags } from './store-flags.ts'

const FLAGS = 100_000
const ROUNDS = 200

/** What an official reads first in the morning, over HTTP, where 100,000 flags were opened over the years. */
export async function benchQueue({ stage }: Setting): Promise<Figure[]> {
  await using server = await serve(stage)
  const observer = await server.appoint('mei')
  await server.appoint('olga', official('olga'))
  const appointment = await server.appoint('omar', official('omar'))
  const answerer = { person: 'omar', appointment }
  const { owed } = await storeFlags(stage, { flags: FLAGS, observer, official: answerer })

  const queue = '/api/v1/flags/queue'
  const asked = [
    {
      name: `queue of an agency, ${owed.toLocaleString('en')} flags owed by ${AGENCIES}`,
      as: 'olga',
      path: queue,
    },
    { name: 'queue of every agency', as: 'omar', path: queue },
    { name: 'queue of the secretariat', as: 'ines', path: queue },
    { name: 'newest flags', as: 'mei', path: '/api/v1/flags' },
    { name: 'flags by deadline', as: 'mei', path: '/api/v1/flags?sort=deadline&late=true' },
    { name: 'flags that say a word', as: 'mei', path: '/api/v1/flags?q=lamp%20777' },
    { name: 'open flags on a number', as: 'mei', path: '/api/v1/flags?on=number:open' },
    { name: 'how an agency answers', as: 'mei', path: '/api/v1/agencies/agency-1/answering' },
  ]
  const figures: Figure[] = []
  for (const { name, as, path } of asked) {
    const took = await inRounds(() => server.ask(path, as))
    const wanted = path === queue ? { wanted: { most: 50 } } : {}
    figures.push(
      { name: `${name}, p50`, unit: 'ms', measured: percentile(took, 0.5) },
      { name: `${name}, p95`, unit: 'ms', measured: percentile(took, 0.95), ...wanted },
    )
  }
  return figures
}

const official = (person: string) => ({
  role: 'official',
  until: null,
  jurisdiction: {
    agencies: person === 'omar' ? null : ['agency-1'],
    areas: null,
    categories: null,
  },
})

/** In this process, since who asks is who a header says; the database is another one. */
async function serve({ db, sql, url }: Stage) {
  await registerAgencies({ db })
  await insertPolicy(db, { ...defaultPolicy, opened: ['agency'] })
  await appointFirst(db, 'ines')
  const config = { ...readConfig({}), demo: false, requestsPerMinute: 0 }
  const app = createApp({ db, sql, url, config, log: createLog('fatal'), personOf: personInHeader })
  const port = await listen(app.http, { port: 0, host: '127.0.0.1' })
  await app.ready
  const origin = `http://127.0.0.1:${port}`

  return {
    async ask(path: string, as: string): Promise<void> {
      const answer = await fetch(origin + path, { headers: { 'x-person': as } })
      if (!answer.ok) throw new Error(await answer.text())
      await answer.arrayBuffer()
    },
    /** Answers the id of the appointment. */
    async appoint(person: string, rest: object = {}): Promise<number> {
      const answer = await fetch(`${origin}/api/v1/appointments`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          'x-person': 'ines',
        },
        body: JSON.stringify(appointing(person, rest)),
      })
      if (!answer.ok) throw new Error(await answer.text())
      return ((await answer.json()) as { appointment: { id: number } }).appointment.id
    },
    [Symbol.asyncDispose]: () => app.close(),
  }
}

async function registerAgencies({ db }: Pick<Stage, 'db'>): Promise<void> {
  for (let n = 1; n <= AGENCIES; n++) {
    const code = `agency-${n}`
    await db
      .insertInto('member')
      .values({ dimension: 'agency', code, spelling: code, mergedInto: null, reviewedAt: null })
      .execute()
  }
}

/** Milliseconds of each, after some that are not counted: code is compiled as it runs. */
async function inRounds(ask: () => Promise<void>): Promise<number[]> {
  const took: number[] = []
  for (let round = -20; round < ROUNDS; round++) {
    const startedAt = performance.now()
    await ask()
    if (round >= 0) took.push(performance.now() - startedAt)
  }
  return took
}
