import { createHash, randomUUID } from 'node:crypto'
import type { Place, Role } from '#shared/oversight/act.ts'
import type { Claim } from '#shared/oversight/evidence.ts'
import { onOf } from '#shared/oversight/on.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { keptSecret } from '../../../server/accounts/queries.ts'
import { readConfig } from '../../../server/config.ts'
import { storedToken } from '../../../server/accounts/hashed-tokens.ts'
import { perform } from '../../../server/acts/perform.ts'
import { registerMember } from '../../../server/dimensions/queries.ts'
import type { Db } from '../../../server/db/connect.ts'
import type { Taking } from '../../../server/flags/act-routes.ts'
import { loadMarks } from '../../../server/tickets/marks.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { asked, decision, madeFor } from '../../support/acts.ts'
import { runningApp } from '../../support/app.ts'
import { cookieOf } from '../../support/session.ts'
import { grounds, type GroundName, type Standing, type Term, terms } from './rules.ts'

const DAY = 86_400_000
/** Where today is another day than in UTC, and midnight an hour off at least. */
const ZONE = new Date().getUTCHours() < 11 ? 'Etc/GMT+12' : 'Pacific/Kiritimati'

/** What is claimed says itself what it is about. */
const taking: Taking = {
  weigh: async (claim) => {
    const { kind, about } = claim as { kind: 'number'; about: Place }
    const hash = createHash('sha256').update(JSON.stringify(claim)).digest('hex')
    const on = onOf({ question: {}, ...(claim as object) } as Claim)
    return { kind, on, about, hash, keep: async () => {} }
  },
  requireCorrected: async () => {},
  claimAttachments: async () => {},
}

export type City = Awaited<ReturnType<typeof openCity>>

/** A whole server with its accounts, in a city of two agencies, two areas and two categories. */
export async function openCity() {
  const ids: Record<string, number> = {}
  const { accounts } = readConfig({})
  const app = await runningApp({
    taking,
    accounts: { ...accounts, signInsPerMinute: 0 },
    async prepare(db) {
      for (const [dimension, code] of members) {
        const { id } = await registerMember(db, { dimension, code, spelling: code.toLowerCase() })
        ids[code] = id
      }
      await insertPolicy(db, {
        ...defaultPolicy,
        timeZone: ZONE,
        opened: ['agency', 'area', 'category'],
      })
    },
  })
  const markOf = await loadMarks(app.db)
  return Object.assign(app, { ids, markOf, secret: await keptSecret(app.db) })
}

const members = [
  ['agency', 'PWD'],
  ['agency', 'Parks'],
  ['area', 'Mill'],
  ['area', 'Hill'],
  ['category', 'Lights'],
  ['category', 'Trees'],
] as const

/** Codes of where the subject lies. */
export function placeOf(name: GroundName) {
  const { subject } = grounds[name]
  if (subject === null) return { agency: null, area: null, category: null }
  return {
    agency: subject === 'other agency' ? 'Parks' : 'PWD',
    area: subject === 'other area' ? 'Hill' : 'Mill',
    category: subject === 'other category' ? 'Trees' : 'Lights',
  }
}

/** The same by the ids of members. */
export function idsOf({ ids }: Pick<City, 'ids'>, name: GroundName): Place {
  const { agency, area, category } = placeOf(name)
  const idOf = (code: string | null) => (code === null ? null : ids[code]!)
  return { agency: idOf(agency), area: idOf(area), category: idOf(category) }
}

interface Holding {
  roles: readonly Role[]
  isLimited: boolean
  term: Term
  standing: Standing
}

/** Appoints a person once for each role, by acts. */
export async function appoint(city: City, person: string, holding: Holding): Promise<void> {
  const { PWD, Mill, Lights } = city.ids
  const { from, until } = terms[holding.term]
  const limited = { agencies: [PWD!], areas: [Mill!], categories: [Lights!] }
  const jurisdiction = holding.isLimited
    ? limited
    : { agencies: null, areas: null, categories: null }
  for (const role of holding.roles) {
    const rest = { role, jurisdiction, from: dayIn(from), until: dayIn(until) }
    const made = await perform(city.db, asked(null, madeFor(person, rest), { key: null }))
    if (holding.standing === 'appointed') continue
    const deed = decision(`appointment.${holding.standing}`)
    await perform(city.db, asked(null, deed, { key: null, id: made.act.id }))
  }
}

/** A local date, so many days from today. */
const dayIn = (days: number): string => Temporal.Now.plainDateISO(ZONE).add({ days }).toString()

export const sessionKinds = ['signed in', 'no second factor yet', 'session ended'] as const
export type SessionKind = (typeof sessionKinds)[number]
export type Cookies = Record<SessionKind, string>

/** An account with a session of each kind, as signing in stores them; answers their cookies. */
export async function account(
  { db, secret }: Pick<City, 'db' | 'secret'>,
  id: string,
): Promise<Cookies> {
  const person = { id, name: id, email: `${id}@example.org`, language: null, demo: null }
  await db.insertInto('person').values(person).execute()
  const cookies = await Promise.all(
    sessionKinds.map(async (kind) => [kind, await sessionOf({ db, secret }, id, kind)]),
  )
  return Object.fromEntries(cookies) as Cookies
}

/** Answers the cookie of a new one. */
export async function sessionOf(
  { db, secret }: { db: Db; secret: string },
  personId: string,
  kind: SessionKind,
) {
  const token = randomUUID()
  const now = Date.now()
  // Half an hour without use ends it.
  const usedAt = kind === 'session ended' ? now - DAY / 24 : now
  await db
    .insertInto('session')
    .values({
      id: randomUUID(),
      personId,
      token: storedToken(token),
      way: kind === 'no second factor yet' ? 'password' : 'code',
      createdAt: usedAt,
      updatedAt: usedAt,
      expiresAt: now + DAY,
    })
    .execute()
  return cookieOf(token, secret)
}
