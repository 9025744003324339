import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import { readCheckpoint } from '#shared/ledger/checkpoint.ts'
import type { Role } from '#shared/oversight/act.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { type TicketList, ticketPath } from '#shared/tickets.ts'
import type { ViewState } from '#shared/view.ts'
import { invite } from '../../server/accounts/invite.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { addressOf } from '../../web/ledger/addressed.ts'
import { appointed } from '../support/acts.ts'
import { runningApp } from '../support/app.ts'
import { comment, consultation } from '../support/consultations.ts'
import { ndjson, newSource } from '../support/events.ts'
import { agreementPoll, poll, response, statement, vote } from '../support/polls.ts'
import { personInSession } from '../support/session.ts'
import type { Told } from '../support/told.ts'

export type Who = 'mei' | 'olga' | 'ines'

type Answer = ViewState & { at: [seq: number, minute: number] }

const roles: Record<Who, Role> = { mei: 'observer', olga: 'official', ines: 'secretariat' }
const DAY = 86_400_000
const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString()
const term = { opensAt: ago(5), closesAt: ago(-9.5) }

/** A city that has one of everything there is a page of, in the process of the test. */
export async function wholeCity() {
  const app = await runningApp({
    prepare: (db) =>
      insertPolicy(db, {
        ...defaultPolicy,
        place: { names: { en: 'Port Halcyon', zh: '海晏港' }, demonstration: true },
        timeZone: 'Asia/Shanghai',
        opened: ['agency', 'area', 'category'],
        dueWithin: { default: 0.5, byCategory: {} },
        minN: 2,
      }),
  })
  const source = await newSource(app, 'hotline')
  const { status } = await source.send(ndjson(...tickets(), ...opinions()))
  if (status !== 200) throw new Error(`The source was answered ${status}`)
  const cookies = Object.fromEntries(
    await Promise.all(
      (Object.keys(roles) as Who[]).map(async (id) => {
        const cookie = await personInSession(app.db, { id, name: id })
        await appointed(app.db, id, { role: roles[id] })
        return [id, cookie] as const
      }),
    ),
  ) as Record<Who, string>
  const paths = await pathsIn(app.origin, cookies.mei)
  const email = 'new@example.org'
  const { token } = await invite(app.db, { name: 'Amaka Vihervaara', email, by: null })
  return {
    origin: app.origin,
    cookies,
    paths: { ...paths, welcome: `/welcome#${token}` },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

/** Half an hour is given. Nothing has happened on Quiet Quay for long. */
function tickets(): object[] {
  const usual = { type: 'ticket', version: 1, agency: 'Water', category: 'Leaks', status: 'open' }
  const recent = Array.from({ length: 40 }, (_, i) => {
    const days = 0.3 + (i % 9) / 40 + (i > 29 ? 1 : 0)
    return {
      ...usual,
      id: `T${i}`,
      receivedAt: ago(days),
      respondedAt: ago(days - 0.01),
      area: i % 2 ? 'Old Town' : 'Saltmarsh',
      location: { lat: 31.2 + (i % 2) / 10, lon: 121.4 },
      ...(i % 3 === 0 && { agency: 'Parks' }),
      ...(i % 4 === 0 && { category: 'Noise' }),
      ...(i % 5 > 0 && { status: 'closed', closedAt: ago(days - (i % 2 ? 0.015 : 0.1)) }),
      ...(i % 5 > 0 && { closeReason: 'resolved' }),
    }
  })
  const closed = { status: 'closed', closedAt: ago(299), closeReason: 'resolved' }
  return [...recent, { ...usual, id: 'old', area: 'Quiet Quay', receivedAt: ago(300), ...closed }]
}

/** A draft with a letter campaign, a poll of choices, and one on statements with two camps. */
function opinions(): object[] {
  const said = (rest: object) =>
    comment({ receivedAt: ago(1), language: 'en', provision: '2', ...rest })
  const letter = 'The last boat home is not a luxury: nurses and bakers finish after midnight.'
  const texts = (at: number) => ({ texts: { en: `Statement number ${at}` } })
  return [
    consultation({ ...term, agency: 'Water' }),
    said({ provision: '1', stance: 'support', text: 'Slower is better.' }),
    said({ stance: 'oppose', text: 'Horns save lives.' }),
    said({ status: 'withheld', reason: 'abuse' }),
    ...[0, 1, 2].map((n) => said({ stance: 'amend', text: letter, person: `l${n}` })),
    poll(term),
    ...[0, 1, 2].map((n) => response({ answeredAt: ago(1), person: `r${n}` })),
    agreementPoll({ ...term, titles: { en: 'The night', zh: '夜' }, takesStatements: true }),
    ...Array.from({ length: 8 }, (_, at) =>
      statement({ id: String(at), receivedAt: ago(5), ...texts(at) }),
    ),
    ...Array.from({ length: 320 }, (_, n) => ({
      ...vote({ person: `v${n >> 3}`, statement: String(n % 8), votedAt: ago(1) }),
      vote: ((n >> 3) + (n % 8 === 7 ? n >> 3 : n % 8)) % 2 === 0 ? 'agree' : 'disagree',
    })),
  ]
}

/** As Mei, who flags a number and suggests what to do: where there is something to look at. */
async function pathsIn(origin: string, cookie: string) {
  const ask = async <T>(path: string) =>
    (await (await fetch(`${origin}/api/v1/${path}`)).json()) as T
  const act = async (path: string, body: object) => {
    const headers = { cookie, origin, 'content-type': 'application/json' }
    const key = { 'idempotency-key': randomUUID() }
    const init = { method: 'POST', headers: { ...headers, ...key }, body: JSON.stringify(body) }
    const answer = await fetch(`${origin}/api/v1/${path}`, init)
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
    return (await answer.json()) as Told
  }
  const found = <T>(look: () => Promise<T>) => vi.waitUntil(look, { timeout: 30_000 })
  const row = await found(async () => {
    const { rows } = await ask<Partial<TicketList>>('tickets?area=Saltmarsh&status=closed&limit=1')
    return rows?.[0]
  })
  const { at, saw } = await found(async () => {
    const { at, columns, totals } = await ask<Partial<Answer>>(
      'view?measures=received&window=24h&agency=Water',
    )
    const value = totals?.[columns!.findIndex(({ id }) => id === 'received')]
    return at && value && { at, saw: { value } }
  })
  const question = { measures: ['received'], window: '24h', filters: { agency: ['Water'] } }
  const claim = { kind: 'number', question, measure: 'received', at, saw }
  const said = { kind: 'slow', text: 'The lamp is dark.', language: 'en' }
  const { flag } = await act('flags', { claim, ...said })
  const wanted = { title: 'A bench in the shade', text: 'Put one there.', why: 'It is hot.' }
  const form = { target: 'service', ...wanted, language: 'en', flags: [flag.id] }
  const { suggestion } = await act('suggestions', form)
  const { observers } = await ask<{ observers: { id: string }[] }>('observers')
  const told = await ask<{ flag: { evidence: { hash: string } } }>(`flags/${flag.id}`)
  const { size, root } = await found(async () =>
    readCheckpoint(await (await fetch(`${origin}/ledger/checkpoint`)).text()),
  )
  return {
    ticket: `/${ticketPath(row)}`,
    flag: `/flags/${flag.id}`,
    suggestion: `/suggestions/${suggestion.id}`,
    trace: `/trace/suggestion:${suggestion.id}`,
    observer: `/observers/${observers[0]!.id}`,
    evidence: `/evidence/${told.flag.evidence.hash}`,
    receipt: `/ledger?act=${flag.id}`,
    /** As if the log had been written anew since. */
    broken: addressOf('', { size, root: root.with(0, root[0]! ^ 1) }),
    past: `/?at=${at.join(',')}`,
  }
}
