import { createHash, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { nowhere } from '#shared/oversight/act.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { loadDirectory } from '../../server/dimensions/directory.ts'
import { registerMember } from '../../server/dimensions/queries.ts'
import type { Db } from '../../server/db/connect.ts'
import { sendError } from '../../server/http/errors.ts'
import { createLog } from '../../server/log.ts'
import { suggestionRoutes } from '../../server/suggestions/routes.ts'
import type { Taking } from '../../server/flags/act-routes.ts'
import { actingApp, appointing, personInHeader } from './asker.ts'
import type { Told } from './told.ts'

const members = [
  ['agency', 'PWD'],
  ['agency', 'Parks'],
  ['area', 'harbour'],
  ['area', 'old-town'],
  ['category', 'street-lights'],
] as const

async function settle(db: Db): Promise<void> {
  for (const [dimension, code] of members) {
    await registerMember(db, { dimension, code, spelling: code.toLowerCase() })
  }
}

const everything = { agencies: null, areas: null, categories: null }

/**
 * A city with agencies and areas; `ines` is its secretariat, `paul` an official of PWD and `olga` of Parks;
 * `mei` and `tariq` are observers of everything, `hana` of the old town.
 */
export async function city(options: Pick<Parameters<typeof actingApp>[0] & object, 'taking'> = {}) {
  const app = await actingApp({ prepare: settle, ...options })
  const appoint = async (person: string, rest: object) => {
    const { status, body } = await app.act('ines', '/api/v1/appointments', appointing(person, rest))
    if (status !== 201) throw new Error(JSON.stringify(body))
    return body.appointment.id as number
  }
  const official = (code: string) => ({
    role: 'official',
    jurisdiction: { ...everything, agencies: [code] },
  })
  const appointments = {
    mei: await appoint('mei', {}),
    tariq: await appoint('tariq', { name: 'Heron', isPseudonym: true }),
    hana: await appoint('hana', { jurisdiction: { ...everything, areas: ['old-town'] } }),
    paul: await appoint('paul', official('PWD')),
    olga: await appoint('olga', official('Parks')),
  }
  return {
    ...app,
    appointments,
    /** Submits one; answers its id. */
    async submit(person: string, rest: object = {}): Promise<number> {
      const { status, body } = await app.act(person, '/api/v1/suggestions', suggestion(rest))
      if (status !== 201) throw new Error(JSON.stringify(body))
      return body.suggestion.id
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** A form. */
export function suggestion(rest: object = {}) {
  return {
    target: 'service',
    title: 'LED lamps in Harbour Street',
    text: 'Replace the sodium lamps of Harbour Street by LED lamps.',
    why: 'They fail every month, and nobody sees the steps.',
    language: 'en',
    agency: 'PWD',
    area: 'harbour',
    category: null,
    ...rest,
  }
}

/** The fingerprint under which `exhibiting` keeps a claim. */
export const fingerprint = (claim: unknown): string =>
  createHash('sha256').update(JSON.stringify(claim)).digest('hex')

/** A keeper of evidence and files that keeps whatever it is brought, about nowhere. */
export const keepingAll: Taking = {
  weigh: async (claim) => ({
    hash: fingerprint(claim),
    kind: 'number',
    on: 'number:open',
    about: { ...nowhere },
    keep: async () => {},
  }),
  requireCorrected: async () => {},
  claimAttachments: async () => {},
}

/** The routes that write suggestions, over a keeper of evidence and files that keeps whatever it is brought. */
export async function exhibiting(db: Db) {
  const directory = await loadDirectory(db)
  const published: string[] = []
  const web = express().use(
    '/api/v1',
    suggestionRoutes({
      db,
      directory: () => directory,
      policy: () => defaultPolicy,
      personOf: personInHeader,
      weigh: keepingAll.weigh,
      claimAttachments: async (_trx, _person, hashes) => void published.push(...hashes),
    }),
    sendError(createLog('silent')),
  )
  const http = web.listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  const { port } = http.address() as AddressInfo
  return {
    published,
    async act(as: string, path: string, body: unknown) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          'x-person': as,
        },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: (await response.json()) as Told }
    },
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => http.close(() => resolve())),
  }
}
