import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import { acceptFirst, invited, type Somebody } from './people.ts'

export const talePolicy: Policy = {
  ...defaultPolicy,
  place: { names: { en: 'Port Halcyon' }, demonstration: true },
  timeZone: 'Asia/Taipei',
  opened: ['agency', 'area', 'category'],
}

export interface Cast {
  secretariat: Somebody
  official: Somebody
  observer: Somebody
  /** Of the observer. */
  appointment: number
}

interface Stage {
  origin: string
  /** Tells intake of another ticket of PWD in the old town. */
  move: () => Promise<void>
  /** Told of every act when it is answered. */
  heard?: (act: ToldAct) => Promise<void>
}

/** An act as its doer was told it, and under which key it was asked for. */
export interface ToldAct {
  id: number
  seq: number
  kind: string
  key: string
}

/** What an act answers: its subject by what it is. */
interface Done {
  act: Omit<ToldAct, 'key'>
  flag: { id: number }
  suggestion: { id: number }
}

/** By the link of the first start: the secretariat goes in, invites and appoints an official of PWD and an observer. */
export async function castOf({ origin, move }: Stage, firstLink: string): Promise<Cast> {
  await move()
  const secretariat = await acceptFirst(origin, firstLink, 'Inês Cardoso')
  const [official, observer] = [
    await invited(origin, secretariat, 'Olga Brandt'),
    await invited(origin, secretariat, 'Mei Tanabe'),
  ]
  const pwd = { agencies: ['PWD'], areas: null, categories: null }
  const appoint = (who: Somebody, more: object) =>
    secretariat.insist<{ appointment: { id: number } }>('/appointments', {
      ...term,
      person: who.id,
      name: who.name,
      ...more,
    })
  await appoint(official, { role: 'official', until: null, jurisdiction: pwd })
  const { appointment } = await appoint(observer, { role: 'observer', jurisdiction: pwd })
  return { secretariat, official, observer, appointment: appointment.id }
}

const term = {
  title: 'Government affairs observer',
  appointingBody: 'The city council',
  instrument: 'CC-2026-17',
  from: '2020-01-01',
  until: '2099-12-31',
  languages: ['en', 'zh-TW'],
  jurisdiction: { agencies: null, areas: null, categories: null },
}

/** Counts by agency, as they are answered. */
interface View {
  at: [seq: number, minute: number]
  rows: [key: string, received: number][]
}

/** A claim of how many tickets PWD received today, as a page shows it now. */
export async function claimed(somebody: Somebody) {
  const question = { measures: ['received'], by: 'agency', window: '24h' }
  const { status, body } = await patiently<View>(
    somebody,
    '/view?measures=received&by=agency&window=24h',
  )
  if (status !== 200) throw new Error(JSON.stringify(body))
  const row = body.rows.find(([key]) => key === 'PWD')!
  const saw = { value: row[1] }
  return { kind: 'number', question, measure: 'received', row: 'PWD', at: body.at, saw }
}

/** While the server is away, a page asks again. */
async function patiently<Body>(who: Somebody, path: string) {
  for (let times = 0; ; times++) {
    const answer = await who.ask<Body>(path).catch(() => undefined)
    if (answer && (answer.status < 500 || times > 400)) return answer
    await delay(100)
  }
}

export const flagging = (claim: object) => ({
  claim,
  kind: 'slow',
  severity: 'high',
  text: '旧城的路灯，报修的人越来越多。',
  language: 'zh',
})

export const suggesting = (flag: number) => ({
  target: 'service',
  title: 'Two crews for the lamps of the old town',
  text: 'Send two crews on the nights after a storm.',
  why: 'One crew repairs nine lamps a night, and thirty go out.',
  language: 'en',
  agency: 'PWD',
  flags: [flag],
})

export interface Tale {
  flag: number
  suggestion: number
  evidence: string
  /** In order. */
  acts: ToldAct[]
}

/** A flag on a moving number, answered, disputed and settled; a suggestion with it, adopted and implemented. */
export async function tell({ move, heard }: Stage, cast: Cast): Promise<Tale> {
  const { secretariat, official, observer } = cast
  const acts: Tale['acts'] = []
  const act = async (who: Somebody, path: string, body: object = {}) => {
    const key = randomUUID()
    const answer = await who.insist<Done>(path, body, key)
    const { id, seq, kind } = answer.act
    acts.push({ id, seq, kind, key })
    await heard?.({ id, seq, kind, key })
    return answer
  }
  await move()
  const opened = await act(observer, '/flags', flagging(await claimed(observer)))
  const flag = opened.flag.id
  await act(official, `/flags/${flag}/acknowledgement`)
  const answer = { text: 'We were short of lamps.', done: 'A crew comes tonight.' }
  await act(official, `/flags/${flag}/answer`, { ...answer, links: ['https://example.org/lamps'] })
  await act(observer, `/flags/${flag}/dispute`, { reason: 'Nobody came.' })
  await act(secretariat, `/flags/${flag}/settlement`, { for: 'observer', text: 'Nobody came.' })
  const { suggestion } = await act(observer, '/suggestions', suggesting(flag))
  const at = `/suggestions/${suggestion.id}`
  await act(official, `${at}/review`)
  const rule = { kind: 'rule', to: `Night work ${flag} §2` }
  await act(official, `${at}/adoption`, { reason: 'It is cheap.', links: [rule] })
  await move()
  await act(official, `${at}/implementation`, {
    reason: 'Two crews since Monday.',
    links: [{ kind: 'work-order', to: `WO-${flag}` }],
    claims: [await claimed(official)],
  })
  const { body } = await patiently<{ flag: { evidence: { hash: string } } }>(
    observer,
    `/flags/${flag}`,
  )
  return { flag, suggestion: suggestion.id, evidence: body.flag.evidence.hash, acts }
}
