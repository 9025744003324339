import { afterAll, beforeAll, expect, test } from 'vitest'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await runningApp()
  source = await newSource(app)
})
afterAll(() => app[Symbol.asyncDispose]())

const batchesThatWait = async (): Promise<number[]> => {
  const found = await app.sql`
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  return found.map(({ pid }) => pid as number)
}

test('I2: a batch that fails while the next lines are still on their way is not answered with 200', async () => {
  const many = Array.from({ length: 1000 }, () => ticket())
  const rest = Promise.withResolvers<void>()
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(new TextEncoder().encode(ndjson(...many)))
      await rest.promise
      controller.enqueue(new TextEncoder().encode(ndjson(ticket())))
      controller.close()
    },
  })
  let sent!: ReturnType<typeof source.send>
  await app.sql.begin(async (sql) => {
    await sql`select from journal_head for update`
    sent = source.send(body)
    await expect.poll(batchesThatWait).toHaveLength(1)
    await sql`select pg_terminate_backend(${(await batchesThatWait())[0]!})`
    await expect.poll(batchesThatWait).toHaveLength(0)
  })
  await new Promise((resolve) => setTimeout(resolve, 100))
  rest.resolve()

  expect(await sent).toMatchObject({ status: 503, accepted: 1 })
  expect(await source.send(ndjson(...many))).toMatchObject({ status: 200, accepted: 1000 })
})
