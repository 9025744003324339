import { Writable } from 'node:stream'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { ViewSpec } from '#shared/view.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { readEvent } from '../../../server/intake/read-event.ts'
import { Engine } from '../../../server/live/engine.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { freshDatabase } from '../../support/database.ts'
import { ticket } from '../../support/events.ts'

const received: ViewSpec = { measures: ['received'], window: '24h' }

/** Two processes, and a third of another version that writes: its deltas mean nothing to them. */
async function city() {
  const database = await freshDatabase()
  const source = await addSource(database.db, { name: 'phone', kind: 'hotline' })
  const reload = { every: 400, timesTaken: 0 }
  const start = async () => {
    const said: string[] = []
    const stream = new Writable({
      write: (line, _, done) => (
        said.push((JSON.parse(String(line)) as { msg: string }).msg),
        done()
      ),
    })
    const log = pino({ level: 'warn' }, stream)
    const pace = { atMost: 0, every: 20 }
    const engine = await Engine.start({ ...database, log, pace, reload, clock: 'events' })
    return {
      engine,
      said,
      reloads: () => said.filter((text) => text === 'reading the facts again').length,
      shows: () => engine.answer(engine.understand(received)).state('').totals[1],
    }
  }
  const [one, two] = [await start(), await start()]
  const intake = await openIntake({ db: database.db })

  return {
    ...database,
    one,
    two,
    tell: (...events: object[]) =>
      intake.submit(
        source.id,
        events.map((event) => readEvent(event, Date.now()).event!),
      ),
    /** From now on every row says that this version wrote it, and its delta is not to be read. */
    async writeAs(version: number): Promise<void> {
      await database.sql.unsafe(`
        create or replace function write_otherwise() returns trigger language plpgsql as
        $$ begin
          if ${version} <> ${contributionsVersion} then new.delta = '\\xffff'; end if;
          new.contributions = ${version};
          return new;
        end $$;
        create or replace trigger otherwise before insert on journal
        for each row execute function write_otherwise()`)
    },
    async [Symbol.asyncDispose]() {
      await intake.close()
      await one.engine.close()
      await two.engine.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('what another version writes is counted from the facts, now and then, and said once', async () => {
  await using place = await city()
  const { one, two, tell, writeAs } = place
  await tell(ticket())
  await expect.poll(() => [one.shows(), two.shows()]).toEqual([1, 1])
  expect(one.engine.otherVersion).toBeUndefined()

  await writeAs(contributionsVersion + 1)
  const startedAt = performance.now()
  for (let told = 2; told <= 40; told++) {
    await tell(ticket())
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  await expect.poll(() => [one.shows(), two.shows()]).toEqual([40, 40])
  const elapsed = performance.now() - startedAt

  for (const { engine, said, reloads } of [one, two]) {
    expect(engine.at[0]).toBe(40)
    expect(engine.otherVersion).toBe(contributionsVersion + 1)
    expect(reloads()).toBeLessThanOrEqual(2 + elapsed / 400)
    expect(said.filter((text) => text.includes('newer version'))).toHaveLength(1)
  }
})

test('its own version is followed again as soon as it alone writes', async () => {
  await using place = await city()
  const { one, tell, writeAs } = place
  await writeAs(contributionsVersion - 1)
  await tell(ticket())
  await expect.poll(() => one.shows()).toBe(1)
  expect(one.said.some((text) => text.includes('older version'))).toBe(true)
  const reloads = one.reloads()

  await writeAs(contributionsVersion)
  await tell(ticket())
  await tell(ticket())

  await expect.poll(() => one.shows()).toBe(3)
  expect(one.reloads()).toBe(reloads)
})
