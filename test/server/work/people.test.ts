import { afterAll, beforeAll, expect, test } from 'vitest'
import { invite } from '../../../server/accounts/invite.ts'
import { readsCommand } from '../../../server/work/cli.ts'
import { commandOn } from '../../support/command.ts'
import { actingApp, appointing } from '../../support/asker.ts'

let app: Awaited<ReturnType<typeof actingApp>>

beforeAll(async () => {
  app = await actingApp()
})
afterAll(() => app[Symbol.asyncDispose]())

test('people are the secretariat’s to see, and each reading of them is noted', async () => {
  await app.act('ines', '/api/v1/appointments', appointing('mei'))
  const { personId } = await invite(app.db, { name: 'Wen Li', email: 'wen@example.org', by: null })

  expect((await app.ask('/api/v1/people')).status).toBe(401)
  expect((await app.ask('/api/v1/people', 'mei')).status).toBe(403)
  const noted = () => app.db.selectFrom('personalRead').selectAll().execute()
  expect(await noted()).toEqual([])

  const { status, body } = await app.ask('/api/v1/people', 'ines')
  expect(status).toBe(200)
  expect(body.people).toEqual([
    {
      id: personId,
      ...{ name: 'Wen Li', email: 'wen@example.org', language: null, isDemo: false },
      hasWayIn: false,
      invitedUntil: expect.stringMatching(/Z$/),
      seenAt: null,
    },
  ])
  expect(await noted()).toMatchObject([{ personId: 'ines', what: 'people', of: [personId] }])

  const command = commandOn(app.url, readsCommand)
  const { code, output } = await command()
  expect([code, output]).toEqual([
    0,
    expect.stringMatching(new RegExp(`^1  20.*Z  ines  people  ${personId}\n$`)),
  ])
  expect((await command('--before', '1')).output).toBe('')
  expect((await command('--before', 'x')).code).not.toBe(0)
})

test('what was noted of a reading can be neither changed nor taken away', async () => {
  await app.ask('/api/v1/people', 'ines')
  await expect(app.sql`update personal_read set person_id = 'mei'`).rejects.toThrow()
  await expect(app.sql`delete from personal_read`).rejects.toThrow()
  await expect(app.sql`truncate personal_read`).rejects.toThrow()
})
