import { expect, test } from 'vitest'
import { openAccounts } from '../../../server/accounts/accounts.ts'
import { demoAppointments, demoPeople } from '../../../server/accounts/demo-people.ts'
import { agencies } from '../../../server/demo/agencies.ts'
import { areas } from '../../../server/demo/areas.ts'
import { createLog } from '../../../server/log.ts'
import { requireOwnPage } from '../../../server/http/same-origin.ts'
import { sendError } from '../../../server/http/errors.ts'
import { runningApp } from '../../support/app.ts'
import { freshDatabase } from '../../support/database.ts'
import express from 'express'
import { listen } from '../../../server/listen.ts'
import { createServer } from 'node:http'
import { readConfig } from '../../../server/config.ts'
import { bodyOf, visitorOf } from './visitor.ts'

/** The routes of accounts alone: a whole demonstration would be founded first. */
async function demonstration() {
  const database = await freshDatabase()
  const log = createLog('silent')
  const options = { addressOf: () => 'here', onRefused: () => {}, log, db: database.db }
  const accounts = await openAccounts({ ...options, config: readConfig({}).accounts, demo: true })
  const web = express().use('/api/v1', requireOwnPage(undefined), accounts.routes)
  const http = createServer(web.use(sendError(log)))
  const origin = `http://127.0.0.1:${await listen(http, { port: 0, host: '127.0.0.1' })}`
  return {
    ...database,
    origin,
    accounts,
    async [Symbol.asyncDispose]() {
      accounts.close()
      http.close()
      http.closeAllConnections()
      await database[Symbol.asyncDispose]()
    },
  }
}

test('anybody is any of the demonstration’s people at one press, and can change none of them', async () => {
  await using city = await demonstration()
  expect(city.accounts.firstToken).toBeUndefined()
  const { demo, person } = await bodyOf(visitorOf(city).ask(''))
  expect(person).toBeNull()
  expect(demo).toHaveLength(6)
  for (const { who, name } of demo) {
    const visitor = visitorOf(city)
    expect((await visitor.post('/sign-in/demo', { who })).status).toBe(200)
    expect(await city.accounts.personOf({ headers: { cookie: visitor.cookie() } })).toMatchObject({
      id: `demo-${who}`,
      name,
    })
  }
  const [mine, other] = [visitorOf(city), visitorOf(city)]
  for (const visitor of [mine, other]) await visitor.post('/sign-in/demo', { who: 'city' })
  expect((await bodyOf(mine.ask('/ways'))).sessions).toHaveLength(1)
  expect((await mine.ask('', { name: 'Mine' }, { method: 'PATCH' })).status).toBe(403)
  expect((await mine.post('/password', { password: 'mine, mine, mine' })).status).toBe(403)
  expect((await mine.post('/passkeys/options')).status).toBe(403)
  expect((await mine.post('/sessions/end-others')).status).toBe(403)
  expect((await other.ask('/ways')).status).toBe(200)
})

test('without the demonstration its people are nobody, whoever still has their cookie', async () => {
  await using city = await demonstration()
  const visitor = visitorOf(city)
  await visitor.post('/sign-in/demo', { who: 'secretariat' })
  const options = {
    addressOf: () => '',
    onRefused: () => {},
    log: createLog('silent'),
    db: city.db,
  }
  const later = await openAccounts({ ...options, config: readConfig({}).accounts, demo: false })
  expect(await later.personOf({ headers: { cookie: visitor.cookie() } })).toBeUndefined()
  // Invented people are not somebody: the first real account is still to be made.
  expect(later.firstToken).toBeDefined()

  await using app = await runningApp()
  const stranger = visitorOf(app)
  expect((await bodyOf(stranger.ask(''))).demo).toEqual([])
  expect((await stranger.post('/sign-in/demo', { who: 'secretariat' })).status).toBe(404)
})

test('the demonstration has a secretariat, officials of two agencies and three observers that differ', () => {
  const roles = Object.groupBy(demoAppointments, ({ role }) => role)
  expect(demoAppointments.map(({ personId }) => personId)).toEqual(demoPeople.map(({ id }) => id))
  expect(roles.secretariat).toHaveLength(1)
  expect(new Set(roles.official!.flatMap((one) => one.agencies)).size).toBe(2)
  const jurisdictions = roles.observer!.map((one) => JSON.stringify([one.areas, one.agencies]))
  expect(new Set(jurisdictions).size).toBe(3)
  expect(new Set(roles.observer!.map(({ languages }) => languages[0])).size).toBe(3)
  const codes = new Set([...agencies, ...areas].map(({ code }) => code))
  for (const one of demoAppointments) {
    for (const code of [...one.agencies, ...one.areas]) expect(codes).toContain(code)
  }
})
