import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ToldFigures } from '#shared/consultations/answer-measures.ts'
import type { LinkedClause } from '#shared/consultations/clause.ts'
import type { ConsultationDetail } from '#shared/consultations/told.ts'
import type { GroupPage } from '#shared/consultations/told-groups.ts'
import type { PollEvidence, Reopened, Weighed } from '#shared/oversight/evidence.ts'
import { defaultPolicy } from '#shared/policy.ts'
import type { TraceGraph } from '../../../server/trace/graph.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { keyNamed } from '../../../web/consultations/strip.ts'
import { checkEvidence } from '../../../web/ledger/evidence-check.ts'
import { askedAgain } from '../../support/asked-again.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { article, comment, consultation, draft } from '../../support/consultations.ts'
import { ndjson, newSource } from '../../support/events.ts'
import { followed, grouped } from '../../support/grouped.ts'
import { agreementPoll, poll, response, statement, vote } from '../../support/polls.ts'
import { suggestion } from '../../support/suggesting.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>
const letter = 'The last boat home is not a luxury: nurses and bakers finish after midnight.'
const said = (id: string, rest: object = {}) => comment({ id, provision: '1', ...rest })
const sealed = {
  opensAt: '2026-03-01T00:00:00Z',
  closesAt: new Date(Date.now() + 86_400_000).toISOString(),
}

beforeAll(async () => {
  app = await actingApp({
    prepare: (db) => insertPolicy(db, { ...defaultPolicy, opened: ['agency', 'area', 'category'] }),
  })
  source = await newSource(app)
  const { speed, horn } = article
  await tell(
    consultation({
      area: 'harbour',
      category: 'noise',
      drafts: [draft(1, `${speed}\n(1) Not on Sundays.`, horn)],
    }),
    poll({ agency: 'HT', area: 'harbour', category: 'noise' }),
    response(),
    response({ person: 'p2', answers: { hours: 'midnight' } }),
    poll({ id: 'secret', agency: 'HT', isSealed: true, ...sealed }),
    response({ poll: 'secret' }),
    agreementPoll({ agency: 'HT' }),
    statement(),
    vote(),
    vote({ person: 'p2', vote: 'disagree' }),
  )
  await tell(
    said('a', { stance: 'support', text: 'Slower is better.' }),
    said('b', { stance: 'amend', text: 'Only in fog.', provision: '1.1' }),
    said('c', { stance: 'oppose', text: letter, provision: '2' }),
    said('d', { text: letter, provision: '2' }),
  )
  const within = { agencies: ['HT'], areas: ['harbour'], categories: null }
  const elsewhere = { agencies: null, areas: ['mill'], categories: null }
  await app.act('ines', '/api/v1/appointments', appointing('mei', { jurisdiction: within }))
  await tell(consultation({ id: 'other', area: 'mill' }))
  await app.act('ines', '/api/v1/appointments', appointing('tomas', { jurisdiction: elsewhere }))
  await app.act(
    'ines',
    '/api/v1/appointments',
    appointing('omar', { role: 'official', jurisdiction: { ...within, areas: null } }),
  )
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

async function tell(...events: object[]): Promise<void> {
  const { seq, rejected } = await source.send(ndjson(...events))
  expect(rejected).toEqual([])
  const isGrouped = events.some((one) => 'type' in one && one.type === 'comment')
  await (isGrouped ? grouped(app, seq!) : followed(app))
}

/** Where a page stands now. */
async function now(): Promise<[number, number]> {
  const { at } = (
    await app.ask<{ at: [number, number] }>('/api/v1/view?measures=commentsPublished&window=24h')
  ).body
  return at
}

const provision = async (rest: object = {}) => ({
  kind: 'provision',
  consultation: 'night-ferry',
  provision: 'night-ferry/1/1',
  draft: 1,
  at: await now(),
  saw: { comments: 2, support: 1, oppose: 0, amend: 1 },
  ...rest,
})

const weigh = (claim: object) => app.act('mei', '/api/v1/evidence', claim)
const flag = (claim: object, as = 'mei') =>
  app.act(as, '/api/v1/flags', { claim, kind: 'unfair', text: 'Look at this.', language: 'en' })
const reopen = async (hash: string) => (await app.ask<Reopened>(`/api/v1/evidence/${hash}`)).body
/** As whoever checks the leaf that names it. */
const checked = (hash: string) => checkEvidence(hash, askedAgain(app))

test('a provision is flagged with its words and its counts, which stay as they were beside today’s', async () => {
  const claim = await provision()
  const { status, body } = await flag(claim)
  expect(status).toBe(201)
  const told = (await app.ask(`/api/v1/flags/${body.flag.id}`)).body
  expect(told.flag).toMatchObject({
    agency: 'HT',
    place: { agency: 'HT', area: 'harbour', category: 'noise' },
    evidence: { kind: 'provision', on: 'provision:night-ferry/1/1' },
  })
  await tell(said('e', { stance: 'oppose' }))
  const { evidence, today } = await reopen(told.flag.evidence.hash)
  expect(evidence).toMatchObject({
    at: claim.at,
    draft: 1,
    counts: { comments: 2, support: 1, oppose: 0, amend: 1 },
    keys: ['night-ferry/1/1', 'night-ferry/1/1.1'],
    texts: { en: [{ label: 'Article 1', text: article.speed }, { text: 'Not on Sundays.' }] },
    definitions: { commentsPublished: 1, stance: 1 },
    titles: { en: 'Night ferry rules' },
    members: [{ code: 'HT' }, { code: 'harbour' }, { code: 'noise' }],
  })
  expect(today).toMatchObject({ same: { state: 'told', counts: { comments: 3, oppose: 1 } } })
  const { hash } = told.flag.evidence
  expect(await checked(hash)).toMatchObject({ isSame: true, again: 'same' })
  // As a leaf of the ledger the act names the evidence by its hash.
  expect(told.acts[0]!.body.evidence).toBe(told.flag.evidence.hash)
  // The official whose draft it is answers it.
  const answered = await app.act('omar', `/api/v1/flags/${body.flag.id}/answer`, { text: 'Seen.' })
  expect(answered.status).toBe(200)
})

test('a number in the head of a consultation is flagged: it is counted of that one alone, and lies where it does', async () => {
  const ask = (measure: string, filters: object, saw: object, at: [number, number]) => ({
    ...{ kind: 'number', measure, at, saw, row: null },
    question: {
      measures: ['commentsPublished', measure],
      window: '2026-03-01/2026-04-01',
      filters,
    },
  })
  const at = await now()
  const filters = { consultation: ['night-ferry'] }
  const query = `measures=commentsPublished,commentsDistinct&window=2026-03-01/2026-04-01&at=${at.join()}`
  const { totals } = (
    await app.ask<{ totals: number[] }>(`/api/v1/view?${query}&consultation=night-ferry`)
  ).body
  const [, published, distinct] = totals as [number, number, number]
  await tell(
    consultation({ id: 'third', area: 'mill' }),
    comment({ consultation: 'third', id: 'elsewhere', text: 'Elsewhere.' }),
  )
  const claim = ask('commentsDistinct', filters, { value: distinct }, at)
  expect((await weigh({ ...claim, saw: { value: published + 1 } })).status).toBe(409)
  const { status, body } = await flag(claim)
  expect(status).toBe(201)
  const told = (await app.ask(`/api/v1/flags/${body.flag.id}`)).body
  expect(told.flag).toMatchObject({
    place: { agency: 'HT', area: 'harbour', category: 'noise' },
    evidence: { kind: 'number', on: 'number:commentsDistinct/night-ferry' },
  })
  const { evidence } = await reopen(told.flag.evidence.hash)
  expect(evidence).toMatchObject({
    titles: { en: 'Night ferry rules' },
    question: { filters },
    fields: { value: distinct },
    members: [{ code: 'HT' }, { code: 'harbour' }, { code: 'noise' }],
  })
  expect(await checked(told.flag.evidence.hash)).toMatchObject({ isSame: true, again: 'same' })
  // I9: whoever watches another area flags none of it.
  expect((await flag(claim, 'tomas')).status).toBe(403)
})

test('how a draft is answered is frozen as the server tells it, with what the page said beside it', async () => {
  const saw = { value: 0.5, numerator: 2, n: 4 }
  const claim = {
    ...{ kind: 'answering', consultation: 'night-ferry', measure: 'answerRate' },
    ...{ at: await now(), saw },
  }
  const { figures, at } = (await app.ask<ToldFigures>('/api/v1/consultations/night-ferry/figures'))
    .body
  const { answerRate } = figures
  expect(answerRate).not.toEqual(saw)
  const { status, body } = await flag(claim)
  expect(status).toBe(201)
  const { flag: told } = (await app.ask(`/api/v1/flags/${body.flag.id}`)).body
  expect(told).toMatchObject({
    ...{ agency: 'HT', place: { agency: 'HT', area: 'harbour', category: 'noise' } },
    evidence: { kind: 'answering', on: 'answering:answerRate/night-ferry' },
  })
  const { evidence, today } = await reopen(told.evidence.hash)
  expect(evidence).toMatchObject({
    ...{ at, saw, definitionVersion: 1, titles: { en: 'Night ferry rules' } },
    fields: answerRate,
  })
  expect(today).toMatchObject({ same: { state: 'told', fields: answerRate } })
  expect(await checked(told.evidence.hash)).toMatchObject({ isSame: true, again: 'same' })
  expect((await weigh({ ...claim, consultation: 'none' })).status).toBe(404)
  expect((await weigh({ ...claim, measure: 'open' })).status).toBe(400)
  expect((await weigh({ ...claim, saw: {} })).status).toBe(400)
  // I9: whoever watches another area flags none of it.
  expect((await flag(claim, 'tomas')).status).toBe(403)
})

test('a preamble, a chapter without its articles, what was taken out and what is in no draft are flagged as the page shows them', async () => {
  const text = 'Quay rules\nChapter 1. Light\nArticle 1\nA quay is lit.'
  const written = (number: number, en: string) => ({ ...draft(number), texts: { en } })
  const rules = { consultation: 'quay-rules' }
  await tell(
    consultation({
      ...{ id: 'quay-rules', area: 'harbour', category: 'noise' },
      drafts: [written(1, `${text}\nArticle 2\nWho breaks it pays.\n(1) Twice.`), written(2, text)],
    }),
    ...['preamble', 'c1', '1', '2', '2.1', '99'].map((provision) =>
      comment({ ...rules, provision, stance: 'amend', text: `It is on ${provision}.` }),
    ),
  )
  const confirmed = '/api/v1/consultations/quay-rules/drafts/2/confirmation'
  expect((await app.act('ines', confirmed, {})).status).toBe(201)
  await followed(app)
  for (const [id, draft, comments, words] of [
    ['preamble', 2, 1, [{ text: 'Quay rules' }]],
    ['c1', 2, 1, [{ label: 'Chapter 1', heading: 'Light' }]],
    ['2', 1, 2, [{ text: 'Who breaks it pays.' }, { text: 'Twice.' }]],
    ['99', null, 1, undefined],
  ] as const) {
    const saw = { comments, support: 0, oppose: 0, amend: comments }
    const key = `quay-rules/1/${id}`
    const { status, body } = await flag(await provision({ ...rules, provision: key, draft, saw }))
    expect(status).toBe(201)
    const { hash } = (await app.ask(`/api/v1/flags/${body.flag.id}`)).body.flag.evidence
    expect((await reopen(hash)).evidence).toMatchObject({
      draft,
      texts: words ? { en: words } : {},
    })
    expect(await checked(hash)).toMatchObject({ isSame: true, again: 'same' })
  }
  const nobodyNamed = { ...rules, provision: 'quay-rules/1/98', draft: null }
  expect((await weigh(await provision(nobodyNamed))).status).toBe(404)
})

test('what was not shown is refused, and I9: what lies in another area is not flagged', async () => {
  const wrong = { comments: 9, support: 1, oppose: 0, amend: 1 }
  for (const [claim, status] of [
    [await provision({ saw: wrong }), 409],
    [await provision({ provision: 'night-ferry/1/9' }), 404],
    [await provision({ provision: 'other/1/1' }), 404],
    [await provision({ draft: 2 }), 404],
    [await provision({ consultation: 'none' }), 404],
  ] as const) {
    expect((await weigh(claim)).status).toBe(status)
  }
  const at = await now()
  const whole = { provision: '(none)', saw: { comments: 0, support: 0, oppose: 0, amend: 0 }, at }
  expect((await flag(await provision(whole), 'tomas')).body.code).toBe('jurisdiction.area')
  expect((await flag(await provision(whole), 'omar')).body.code).toBe('appointment.role')
  expect((await flag(await provision({ ...whole, consultation: 'other' }), 'tomas')).status).toBe(
    201,
  )
})

test('a letter is frozen with its size and its words, which moderation takes away and its evidence survives', async () => {
  const page = async () =>
    (await app.ask<GroupPage>('/api/v1/consultations/night-ferry/groups')).body.groups
  const [group] = await page()
  const [, minute] = await now()
  const claim = {
    ...{ kind: 'comment-group', consultation: 'night-ferry', id: group!.id },
    ...{ at: [group!.seq, minute], saw: { comments: 2 } },
  }
  const weighed = (await weigh(claim)).body as unknown as Weighed
  expect(weighed.texts).toEqual({ text: letter })
  expect(JSON.stringify(weighed.evidence)).not.toContain('luxury')
  // What came and what was changed since is not in it.
  await tell(
    said('f', { text: `${letter} Thank you.`, provision: '2' }),
    said('d', { version: 2, text: 'I think otherwise now.', provision: '2' }),
  )
  expect((await page())[0]).toMatchObject({ comments: 2 })
  const { body } = await flag(claim)
  const { flag: told } = (await app.ask(`/api/v1/flags/${body.flag.id}`)).body
  expect(told.evidence).toEqual({
    hash: weighed.hash,
    kind: 'comment-group',
    on: `comment-group:night-ferry/${group!.id}`,
  })
  const reopened = await reopen(weighed.hash)
  expect(reopened).toMatchObject({
    evidence: {
      ...{ comments: 2, wordings: 1, representative: { comments: 2 } },
      definitions: { commentsDistinct: 1 },
    },
    texts: { text: letter },
    today: { same: { state: 'told', id: group!.id, comments: 2 } },
  })
  const [kept] = await app.sql`select salt, text from evidence_text`
  const commitment = createHash('sha256').update(kept!.salt).update(kept!.text).digest('hex')
  expect(reopened.evidence).toMatchObject({ representative: { text: { commitment } } })
  expect(await checked(weighed.hash)).toMatchObject({ isSame: true, again: 'same' })

  await tell(said('c', { version: 2, status: 'withheld', reason: 'abuse', provision: '2' }))
  const after = await reopen(weighed.hash)
  expect(after.texts).toEqual({ text: null })
  expect(after.evidence).toEqual(reopened.evidence)
  expect(JSON.stringify(after)).not.toContain('luxury')
  expect(await checked(weighed.hash)).toMatchObject({ isSame: true, again: 'regrouped' })
  const wrong = { ...claim, saw: { comments: 3 } }
  expect((await weigh(wrong)).status).toBe(409)
  expect((await weigh({ ...claim, id: 999_999 })).status).toBe(404)
})

test('a poll is frozen with its tallies, n and intervals, and a sealed one is not', async () => {
  const at = await now()
  const claim = {
    ...{ kind: 'poll', poll: 'evenings', question: 'hours', at },
    saw: { 'evenings/hours/ten': 1, 'evenings/hours/all-night': 0 },
  }
  // I9: a poll lies where it was asked, as drafts do.
  expect((await flag(claim, 'tomas')).body.code).toBe('jurisdiction.area')
  const { body } = await flag(claim)
  const { flag: told } = (await app.ask(`/api/v1/flags/${body.flag.id}`)).body
  expect(told).toMatchObject({ agency: 'HT', evidence: { on: 'poll:evenings/hours' } })
  await tell(response({ person: 'p3' }))
  const { evidence, today } = await reopen(told.evidence.hash)
  expect(evidence).toMatchObject({
    asks: { en: 'hours' },
    definitions: { choice: 1 },
    tallies: [
      { key: 'evenings/hours/ten', texts: { en: 'ten' }, fields: { value: 0.5, chosen: 1, n: 2 } },
      { key: 'evenings/hours/midnight', fields: { chosen: 1 } },
      { key: 'evenings/hours/all-night', fields: { value: 0, chosen: 0, n: 2 } },
    ],
  })
  expect((evidence as PollEvidence).tallies[0]!.interval![0]).toBeCloseTo(0.0945, 3)
  expect(today).toMatchObject({ same: { tallies: [{ fields: { chosen: 2, n: 3 } }, {}, {}] } })
  const { hash } = told.evidence
  expect(await checked(hash)).toMatchObject({ isSame: true, again: 'same' })

  const statements = { kind: 'poll', poll: 'night', at, saw: { 'night/1': 1 } }
  expect(((await weigh(statements)).body as unknown as Weighed).evidence).toMatchObject({
    tallies: [{ key: 'night/1', texts: null, fields: { agree: 1, disagree: 1, pass: 0, n: 2 } }],
  })
  for (const saw of [{}, { 'secret/hours/ten': 0 }, { 'secret/hours/ten': 1 }]) {
    const asked = await weigh({ kind: 'poll', poll: 'secret', question: 'hours', at, saw })
    // Whatever is guessed, it is answered in the same words.
    const error = 'What was chosen is sealed until the poll closes.'
    expect(asked).toEqual({ status: 403, body: { code: 'forbidden', error, path: 'poll' } })
  }
  expect((await weigh({ ...claim, saw: { 'evenings/hours/ten': 7 } })).status).toBe(409)
  expect((await weigh({ ...claim, question: 'nothing' })).status).toBe(404)
})

test('the way leads from a provision over flag, answer and suggestion to the clause that changed, and to the law', async () => {
  const { speed, horn } = article
  const path = '/api/v1/consultations/quiet'
  const told = (version: number, ...drafts: object[]) =>
    consultation({ id: 'quiet', area: 'harbour', version, drafts, ...(version > 1 && { outcome }) })
  const outcome = { adoptedAt: '2026-05-01T00:00:00Z', laws: { en: 'Harbour Ordinance 12' } }
  const on = { consultation: 'quiet', provision: '1.1', text: letter }
  const first = draft(1, `${speed}\n(1) Not on Sundays.`, horn)
  await tell(told(1, first))
  await tell(comment(on), comment(on))
  const at = await now()
  const saw = { comments: 2, support: 0, oppose: 0, amend: 0 }
  const quiet = { consultation: 'quiet', provision: 'quiet/1/1', at, saw }
  const ofProvision = await provision(quiet)
  const raised = (await flag(ofProvision)).body.flag.id
  const flagged = (await app.ask(`/api/v1/flags/${raised}`)).body.flag
  await app.act('omar', `/api/v1/flags/${flagged.id}/answer`, { text: 'It is being changed.' })

  // A suggestion rests on what people say as on any number: frozen, and by its hash.
  const [group] = (await app.ask<GroupPage>(`${path}/groups`)).body.groups
  const claims = [
    ofProvision,
    {
      kind: 'comment-group',
      consultation: 'quiet',
      id: group!.id,
      at: [group!.seq, at[1]],
      saw: { comments: 2 },
    },
    { kind: 'poll', poll: 'night', at, saw: { 'night/1': 1 } },
  ]
  const submitted = await app.act(
    'mei',
    '/api/v1/suggestions',
    suggestion({ agency: 'HT', claims, flags: [flagged.id] }),
  )
  expect(submitted.status).toBe(201)
  const { id, evidence } = submitted.body.suggestion
  const kinds = await Promise.all(
    evidence.map(async (hash: string) => (await reopen(hash)).evidence.kind),
  )
  expect(kinds).toEqual(['provision', 'comment-group', 'poll'])
  expect(evidence[0]).toBe(flagged.evidence.hash)

  await tell(told(2, first, draft(2, horn, `${speed}\n(1) Not on Sundays, nor on holidays.`)))
  const here = `/api/v1/suggestions/${id}`
  const omar = (step: string, body: object = {}) => app.act('omar', `${here}/${step}`, body)
  const clause = (to: string) => ({ reason: 'Yes.', links: [{ kind: 'clause', to }] })
  await omar('review')
  // What nobody is shown yet, and what no draft has, is no clause; a law of others is cited as it is.
  for (const to of ['quiet/2/2.1', 'clause:quiet/2/2.1', 'quiet/1/9', 'quieter/1/1']) {
    expect((await omar('adoption', clause(to))).body).toMatchObject({
      ...{ code: 'unknown-name', path: 'links.0.to' },
    })
  }
  await app.act('ines', `${path}/drafts/2/confirmation`, {})
  await followed(app)
  const offered = (await app.ask<{ clauses: LinkedClause[] }>(`${here}/clauses`)).body.clauses
  expect(offered.map(({ code, labels }) => [code, labels.en])).toEqual([
    ['quiet/2/1', 'Article 1'],
    ['quiet/2/2', 'Article 2'],
    ['quiet/2/2.1', 'Article 2 (1)'],
  ])
  const links = [...clause('clause:quiet/2/2.1').links, ...clause('Lamp Act §3').links]
  const adopted = await omar('adoption', { reason: 'Yes.', links })
  expect(adopted.body.suggestion.links).toEqual([
    { kind: 'clause', to: 'quiet/2/2.1' },
    { kind: 'clause', to: 'Lamp Act §3' },
  ])
  const titles = { en: 'Night ferry rules', zh: '夜间渡轮规则' }
  const linked = { code: 'quiet/2/2.1', draft: 2, labels: { en: 'Article 2 (1)' }, titles }
  expect((await app.ask<{ clauses: LinkedClause[] }>(here)).body.clauses).toEqual([linked])

  const subject = `evidence:${flagged.evidence.hash}`
  const { nodes, edges } = (await app.ask<TraceGraph>(`/api/v1/trace/${subject}`)).body
  const way = edges.map(({ from, to }) => `${from.split(':')[0]} → ${to.split(':')[0]}`)
  expect([...new Set(way)].sort()).toEqual([
    'clause → law',
    'decision → clause',
    'evidence → flag',
    'evidence → suggestion',
    'flag → answer',
    'flag → suggestion',
    'suggestion → decision',
  ])
  expect(nodes.find(({ id }) => id === 'clause:quiet/2/2.1')).toMatchObject({
    title: 'Article 2 (1)',
    href: '/consultations/quiet?on=quiet%2F2%2F2.1#panel-article',
  })
  // The page finds the provision by that address under whichever draft it shows.
  const leadsOn = async (shown: number, ...names: string[]) => {
    const detail = (await app.ask<ConsultationDetail>(path)).body
    expect(detail.draft).toBe(shown)
    for (const name of names) expect(keyNamed(detail, name)).toBe('quiet/1/1.1')
  }
  const adoptedNow = async () => (await app.ask<ConsultationDetail>(path)).body.outcome!.draft
  await leadsOn(2, 'quiet/1/1.1', 'quiet/2/2.1')
  const third = {
    ...draft(3, horn, speed, `${article.fines}\n(1) Not on Sundays, nor on holidays.`),
    publishedAt: '2026-06-01T00:00:00Z',
  }
  await tell(told(3, third))
  await app.act('ines', `${path}/drafts/3/confirmation`, {})
  await followed(app)
  await leadsOn(3, 'quiet/1/1.1', 'quiet/2/2.1', 'quiet/3/3.1')
  // A draft that was brought after the law takes it from no clause of the one that became it.
  const lawAfter = async () => {
    const way = await app.ask<TraceGraph>(`/api/v1/trace/${subject}`)
    return way.body.edges.some(({ to }) => to === 'law:quiet')
  }
  expect([await adoptedNow(), await lawAfter()]).toEqual([2, true])
  // Its source knows which one it was, among those that were told.
  const naming = (version: number, number: number) => ({
    ...told(version, third),
    outcome: { ...outcome, draft: number },
  })
  const { rejected } = await source.send(ndjson(naming(4, 4)))
  expect(rejected).toMatchObject([{ path: 'outcome.draft', error: 'draft 4 was not told' }])
  await tell(naming(5, 3))
  expect([await adoptedNow(), await lawAfter()]).toEqual([3, true])
  await tell(told(6, third))
  const report = await (await app.get(`${path}/report`)).text()
  expect(report).toContain('Draft 2 was adopted on')
})
