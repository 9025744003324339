import { randomUUID } from 'node:crypto'
import type { PersonOf } from '../../server/acts/asker.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { runningApp } from './app.ts'
import type { Told } from './told.ts'

/** Who asks is who a header says: in tests there are no accounts. */
export const personInHeader: PersonOf = async (req) => {
  const id = req.get('x-person')
  return id === undefined ? undefined : { id, name: id }
}

export interface Answer<Body = Told> {
  status: number
  body: Body
}

/** A whole server whose secretariat is `ines`, asked as anybody. */
export async function actingApp(options: Parameters<typeof runningApp>[0] = {}) {
  const app = await runningApp({ personOf: personInHeader, ...options })
  const first = await appointFirst(app.db, 'ines')

  return {
    ...app,
    ...answering(app),
    first,
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** Asks a server as anybody. */
export function answering({ get, post }: Awaited<ReturnType<typeof runningApp>>) {
  const answerOf = async <Body = Told>(response: Response): Promise<Answer<Body>> => ({
    status: response.status,
    body: (await response.json()) as Body,
  })

  return {
    /** `as` undefined: nobody is signed in. */
    ask: async <Body = Told>(path: string, as?: string) =>
      answerOf<Body>(await get(path, as === undefined ? {} : { headers: { 'x-person': as } })),
    /** With a key of its own unless one is given. */
    act: async (as: string | undefined, path: string, body: unknown, key: string = randomUUID()) =>
      answerOf(
        await post(path, body, {
          'idempotency-key': key,
          ...(as !== undefined && { 'x-person': as }),
        }),
      ),
    /** Brings a file; answers its hash. */
    async bring(as: string, file: Buffer): Promise<string> {
      const asking = { method: 'POST', headers: { 'x-person': as }, body: new Uint8Array(file) }
      const { status, body } = await answerOf(await get('/api/v1/attachments', asking))
      if (status !== 201) throw new Error(body.error)
      return body.hash
    },
  }
}

/** A form that appoints `person`; everything in its jurisdiction unless told otherwise. */
export function appointing(person: string, rest: object = {}) {
  return {
    person,
    role: 'observer',
    name: `The honourable ${person}`,
    title: 'Observer of public works',
    appointingBody: 'City Council',
    instrument: 'CC-2026-17',
    from: '2020-01-01',
    until: '2099-12-31',
    jurisdiction: { agencies: null, areas: null, categories: null },
    languages: ['en', 'zh-TW'],
    ...rest,
  }
}
