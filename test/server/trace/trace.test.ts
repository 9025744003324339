import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { TraceGraph, TraceNode } from '../../../server/trace/graph.ts'
import { city, exhibiting, fingerprint, keepingAll } from '../../support/suggesting.ts'
import { writeAct } from '../../support/write-act.ts'

const seen = { kind: 'number', measure: 'timeToClose' }
const NUMBER = `evidence:${fingerprint(seen)}`

/** A number, a flag on it, its answer, a suggestion that rests on both, adopted into a clause and a rule, and done. */
async function story() {
  const app = await city({ taking: keepingAll })
  await sql`select setval('act_id', 9000)`.execute(app.db)
  const opened = await app.act('mei', '/api/v1/flags', {
    claim: seen,
    kind: 'slow',
    text: 'The lamps of Harbour Street take 41 days. Call 617-555-0123.',
    language: 'en',
  })
  const flag: number = opened.body.act.id
  const id = await app.submit('mei', { flags: [9001] })
  const answered = await app.act('ines', '/api/v1/flags/9001/answer', {
    text: 'We were short of lamps.',
    links: [`/suggestions/${id}`, 'https://example.org/lamps', { kind: 'rule', to: 'Lamp Act §3' }],
  })
  const answer: number = answered.body.act.id
  const at = `/api/v1/suggestions/${id}`
  const act = async (path: string, body: object) => {
    const { status, body: told } = await app.act('paul', `${at}/${path}`, body)
    if (status !== 200) throw new Error(JSON.stringify(told))
    return told.act.id as number
  }
  await act('review', {})
  const links = [
    { kind: 'clause', to: 'Service standard §7' },
    { kind: 'rule', to: 'Ordinance 12/2026 §4' },
  ]
  const decision = await act('adoption', { reason: 'Yes.', links })
  await using exhibits = await exhibiting(app.db)
  const claim = { kind: 'number' }
  const done = await exhibits.act('paul', `${at}/implementation`, {
    ...{ reason: 'Done.', links: [links[0]], claims: [claim] },
  })
  if (done.status !== 200) throw new Error(JSON.stringify(done.body))
  const implementation: number = done.body.act.id
  return { app, id, flag, answer, decision, implementation, after: fingerprint(claim) }
}

const traced = async (app: Awaited<ReturnType<typeof city>>, subject: string) =>
  app.ask(`/api/v1/trace/${encodeURIComponent(subject)}`)

const lines = ({ edges }: TraceGraph): string[] =>
  edges.map(({ from, to }) => `${from} → ${to}`).sort()

test('the whole way is seen from each of its ends and from its middle', async () => {
  const { app, id, answer, decision, implementation, after } = await story()
  await using _ = app
  const way = [
    `${NUMBER} → flag:9001`,
    `flag:9001 → answer:${answer}`,
    `flag:9001 → suggestion:${id}`,
    `answer:${answer} → suggestion:${id}`,
    `answer:${answer} → document:https://example.org/lamps`,
    `answer:${answer} → rule:Lamp Act §3`,
    `suggestion:${id} → decision:${decision}`,
    `decision:${decision} → clause:Service standard §7`,
    `decision:${decision} → rule:Ordinance 12/2026 §4`,
    `decision:${decision} → implementation:${implementation}`,
    `implementation:${implementation} → clause:Service standard §7`,
    `implementation:${implementation} → evidence:${after}`,
  ].sort()

  for (const subject of [NUMBER, 'flag:9001', `suggestion:${id}`, `answer:${answer}`]) {
    const { status, body } = await traced(app, subject)
    expect([subject, status]).toEqual([subject, 200])
    // Beside the suggestion the answer named a document and a rule: those came of the flag.
    const isOn = (line: string) => !subject.startsWith('suggestion') || !/document|Lamp/.test(line)
    expect(lines(body)).toEqual(way.filter(isOn))
    expect(body.isCut).toBe(false)
  }
  // From what changed, the way that led there: what else the decision led to lies aside.
  const { body } = await traced(app, 'clause:Service standard §7')
  expect(lines(body)).toEqual(way.filter((line) => !/→ (rule|evidence|document):/.test(line)))
  const rule = await traced(app, 'rule:Ordinance 12/2026 §4')
  expect(lines(rule.body)).toContain(`${NUMBER} → flag:9001`)
})

test('a node tells what it is, when and where it is shown, and nothing personal', async () => {
  const { app, id, answer } = await story()
  await using _ = app
  const { body } = await traced(app, `suggestion:${id}`)
  const node = (of: string) => body.nodes.find((one: TraceNode) => one.id === of)

  expect(node('flag:9001')).toEqual({
    id: 'flag:9001',
    noun: 'flag',
    title: 'The lamps of Harbour Street take 41 days. Call •••.',
    withheld: null,
    href: '/flags/9001',
    at: expect.any(String),
    kind: 'flag.answered',
  })
  expect(node(`answer:${answer}`)).toMatchObject({
    noun: 'answer',
    href: '/flags/9001',
    kind: 'flag.answered',
  })
  expect(node('clause:Service standard §7')).toMatchObject({
    noun: 'clause',
    title: null,
    href: null,
    at: null,
  })
  expect(JSON.stringify(body)).not.toMatch(/mei|paul/)
})

test('what came of the same number beside a suggestion is not on its way', async () => {
  const { app, id } = await story()
  await using _ = app
  const body = { evidence: [fingerprint(seen)] }
  await writeAct(app.db, { kind: 'flag.opened', subject: 'flag:9002', version: 1, body })

  const ids = async (subject: string) =>
    (await traced(app, subject)).body.nodes.map((node: TraceNode) => node.id)
  expect(await ids(`suggestion:${id}`)).not.toContain('flag:9002')
  expect(await ids(NUMBER)).toContain('flag:9002')
})

test('of an appointment, of what nobody named and of no subject nothing is told', async () => {
  const { app, flag } = await story()
  await using _ = app
  for (const subject of [
    `appointment:${app.first}`,
    `answer:${app.first}`,
    // An act, though no answer.
    `answer:${flag}`,
    'flag:77',
    'suggestion',
    'x:a\0b',
  ]) {
    expect([subject, (await traced(app, subject)).status]).toEqual([subject, 404])
  }
})

test('a suggestion that was declined, or adopted in part, leads to its decision', async () => {
  await using app = await city()
  for (const path of ['refusal', 'partial-adoption']) {
    const id = await app.submit('mei')
    const at = `/api/v1/suggestions/${id}`
    await app.act('paul', `${at}/review`, {})
    const { body } = await app.act('paul', `${at}/${path}`, { reason: 'So it is.' })
    const { body: way } = await traced(app, `decision:${body.act.id}`)
    expect(lines(way)).toEqual([`suggestion:${id} → decision:${body.act.id}`])
  }
})

test('a circle of acts ends', async () => {
  await using app = await city()
  const body = (other: number) => ({ flags: [other] })
  await writeAct(app.db, { kind: 'flag.opened', subject: 'flag:1', version: 1, body: body(2) })
  await writeAct(app.db, { kind: 'flag.opened', subject: 'flag:2', version: 1, body: body(1) })
  const { body: told } = await traced(app, 'flag:1')
  expect(lines(told)).toEqual(['flag:1 → flag:2', 'flag:2 → flag:1'])
})

test('a way of very many is cut, and says so', async () => {
  await using app = await city()
  for (let one = 1; one <= 250; one++) {
    const subject = `flag:${one}`
    await writeAct(app.db, {
      ...{ kind: 'flag.opened', subject, version: 1 },
      body: { evidence: fingerprint(seen) },
    })
  }
  const { body } = await traced(app, NUMBER)
  expect([body.nodes.length, body.isCut]).toEqual([200, true])
})
