import { sql } from 'kysely'
import { createHash } from 'node:crypto'
import { nowhere, type Place } from '#shared/oversight/act.ts'
import type { EvidenceKind } from '#shared/oversight/flag.ts'
import type { Claim } from '#shared/oversight/evidence.ts'
import { onOf } from '#shared/oversight/on.ts'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import type { Taking } from '../../server/flags/act-routes.ts'
import { setPublished } from '../../server/attachments/queries.ts'
import { HttpError } from '../../server/http/errors.ts'
import { registerMember } from '../../server/dimensions/queries.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { actingApp, type Answer, appointing } from './asker.ts'

export type FlagApp = Awaited<ReturnType<typeof flagApp>>

/** The claim of a test says itself what it is about: by member id. */
interface TestClaim {
  kind: EvidenceKind
  about?: Partial<Place>
  isWrong?: true
}

/**
 * A city with the agencies PWD and Parks and the area Mill; its secretariat is `ines`; `olga` answers for
 * PWD, `pavel` for Parks; `mei` and `aki` observe everything, `tomas` only Parks.
 */
export async function flagApp(overrides: Partial<Policy> = {}) {
  const ids: Record<string, number> = {}
  const published: string[] = []
  const taking: Taking = {
    async weigh(claim) {
      const { kind, about, isWrong } = claim as TestClaim
      if (isWrong) throw new HttpError(409, 'This was not shown.', { path: 'claim' })
      const canonical = JSON.stringify(claim)
      const hash = createHash('sha256').update(canonical).digest('hex')
      return {
        hash,
        kind,
        on: onOf({ question: {}, ...(claim as object) } as Claim),
        about: { ...nowhere, ...about },
        keep: (trx) =>
          sql`
            insert into evidence (hash, canonical, body)
            values (decode(${hash}::text, 'hex'), ${canonical}::text, ${canonical}::text::jsonb)
            on conflict do nothing
          `.execute(trx),
      }
    },
    async requireCorrected() {},
    async claimAttachments(trx, person, hashes) {
      const missing = hashes.findIndex((hash) => hash.startsWith('0'))
      if (missing !== -1) {
        throw new HttpError(404, 'This file is not kept.', { path: `attachments.${missing}` })
      }
      if (hashes.length > 0) await setPublished(trx, hashes, person)
      published.push(...hashes)
    },
  }
  const app = await actingApp({
    taking,
    async prepare(db) {
      for (const [dimension, code] of members) {
        const { id } = await registerMember(db, { dimension, code, spelling: code.toLowerCase() })
        ids[code] = id
      }
      await insertPolicy(db, {
        ...defaultPolicy,
        timeZone: 'Asia/Taipei',
        opened: ['agency', 'area', 'category'],
        ...overrides,
      })
    },
  })
  const appoint = (person: string, rest: object = {}) =>
    app.act('ines', '/api/v1/appointments', appointing(person, rest))
  const agencies = (...codes: string[]) => ({
    jurisdiction: { agencies: codes, areas: null, categories: null },
  })
  await appoint('olga', { role: 'official', ...agencies('PWD') })
  await appoint('pavel', { role: 'official', ...agencies('Parks') })
  await appoint('mei')
  await appoint('aki')
  await appoint('tomas', agencies('Parks'))

  /** A form that opens a flag on a number of PWD. */
  const flagging = (rest: object = {}) => ({
    claim: { kind: 'number', measure: 'timeToClose', about: { agency: ids.PWD } },
    kind: 'slow',
    text: '路燈壞了很久',
    language: 'zh-TW',
    ...rest,
  })
  const act = (as: string | undefined, path: string, body: object = {}, key?: string) =>
    app.act(as, `/api/v1/flags${path}`, body, key)
  const read = (path: string, as?: string): Promise<Answer> => app.ask(`/api/v1/flags${path}`, as)

  return Object.assign(app, {
    ids,
    published,
    appoint,
    agencies,
    flagging,
    flagAct: act,
    read,
    /** Opens one and answers its id. */
    async opened(as = 'mei', rest: object = {}): Promise<number> {
      const { status, body } = await act(as, '', flagging(rest))
      if (status !== 201) throw new Error(body.error)
      return body.flag.id
    },
    flagOf: async (id: number) => (await read(`/${id}`)).body.flag,
    /** Lets so many milliseconds have passed since everything that was promised. */
    async age(id: number, milliseconds: number): Promise<void> {
      await sql`
        update flag set state = state || jsonb_build_object(
          'openedAt', (state ->> 'openedAt')::bigint - ${milliseconds}::bigint,
          'acknowledgement', state -> 'acknowledgement' || jsonb_build_object('by',
            (state #>> '{acknowledgement,by}')::bigint - ${milliseconds}::bigint),
          'answering', state -> 'answering' || jsonb_build_object('by',
            (state #>> '{answering,by}')::bigint - ${milliseconds}::bigint),
          'word', case when jsonb_typeof(state -> 'word') = 'object' then state -> 'word' ||
            jsonb_build_object('by', (state #>> '{word,by}')::bigint - ${milliseconds}::bigint) end,
          'settlement', case when jsonb_typeof(state -> 'settlement') = 'object' then
            state -> 'settlement' || jsonb_build_object('by',
              (state #>> '{settlement,by}')::bigint - ${milliseconds}::bigint) end)
        where id = ${id}::bigint
      `.execute(app.db)
    },
  })
}

const members = [
  ['agency', 'PWD'],
  ['agency', 'Parks'],
  ['area', 'Mill'],
  ['category', 'Lights'],
] as const
