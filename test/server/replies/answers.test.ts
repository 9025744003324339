import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ToldFigures } from '#shared/consultations/answer-measures.ts'
import type { ConsultationDetail, ToldSpread } from '#shared/consultations/told.ts'
import type { ViewState } from '#shared/view.ts'
import type { GroupPage } from '../../../shared/consultations/told-groups.ts'
import type { ToldReplies } from '../../../shared/consultations/told-replies.ts'
import type { WorkReplies } from '../../../shared/work.ts'
import { checkActs } from '../../../server/audit/check-acts.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { article, comment, consultation, draft } from '../../support/consultations.ts'
import { ndjson, newSource } from '../../support/events.ts'
import { followRecords } from '../../support/follow-records.ts'
import { followed, grouped } from '../../support/grouped.ts'
import { expectOwnStyle } from '../../support/own-style.ts'
import { reportWords } from '../../../server/replies/report-words.ts'
import { answeringOn, saidByKey, unansweredOf } from '../../../web/consultations/replies.ts'
import { stripOf } from '../../../web/consultations/strip.ts'

let app: Awaited<ReturnType<typeof actingApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await actingApp()
  source = await newSource(app)
  await source.send(
    ndjson(consultation({ id: 'of-all' }), consultation({ id: 'of-pk', agency: 'PK' })),
  )
  await followed(app)
  const jurisdiction = { agencies: ['HT'], areas: null, categories: null }
  for (const [person, role] of [
    ['omar', 'official'],
    ['mei', 'observer'],
  ] as const) {
    const made = await app.act(
      'ines',
      '/api/v1/appointments',
      appointing(person, { role, jurisdiction }),
    )
    expect(made.status).toBe(201)
  }
}, 60_000)
afterAll(() => app[Symbol.asyncDispose]())

let opened = 0

/** A consultation of its own, with two comments on its first article. */
async function rules(overrides: object = {}, rest: object = {}) {
  const name = `rules-${++opened}`
  const path = `/api/v1/consultations/${name}`
  const said = { consultation: name, provision: '1', ...rest }
  const apart = [comment(said), comment({ ...said, text: 'Slower boats wake nobody.' })]
  await source.send(ndjson(consultation({ id: name, ...overrides }), ...apart))
  await followed(app)
  const form = (provision: string, rest: object = {}) => ({
    about: { provision },
    verdict: 'accepted',
    text: 'So it will be.',
    language: 'en',
    ...rest,
  })
  return {
    name,
    path,
    first: `${name}/1/1`,
    second: `${name}/1/2`,
    form,
    answer: (as: string, body: object, key?: string) => app.act(as, `${path}/answer`, body, key),
    /** Comments that are to be grouped, and the groups that there are then. */
    async write(...texts: (string | object)[]) {
      const { seq } = await source.send(
        ndjson(
          ...texts.map((one) =>
            comment({ ...said, ...(typeof one === 'string' ? { text: one } : one) }),
          ),
        ),
      )
      await grouped(app, seq!)
      return (await app.ask<GroupPage>(`${path}/groups`)).body.groups
    },
    answers: async () => (await app.ask<ToldReplies>(`${path}/answers`)).body,
    confirm: (number: number) => app.act('ines', `${path}/drafts/${number}/confirmation`, {}),
  }
}

test('an official of the agency answers a provision with reasons, and everybody reads it', async () => {
  const { name, first, form, answer, answers } = await rules()
  const key = crypto.randomUUID()
  const done = await answer('omar', form(first, { verdict: 'partly' }), key)
  expect(done.status).toBe(201)
  expect((await answer('omar', form(first, { verdict: 'partly' }), key)).body).toEqual({
    ...done.body,
    isRepeated: true,
  })
  const { answerBy, replies } = await answers()
  expect(new Date(answerBy).toISOString()).toMatch(/^2026-(04|05)-/)
  expect(replies).toMatchObject([
    { key: first, group: null, verdict: 'partly', role: 'official', text: 'So it will be.' },
  ])
  const { records } = (await app.ask('/api/v1/records?noun=reply')).body
  expect(records.filter((one) => one.href.endsWith(`/${name}`))).toMatchObject([
    {
      kind: 'reply.answered',
      by: { role: 'official' },
      body: { agency: 'HT', consultation: name, verdict: 'partly' },
      texts: { text: 'So it will be.' },
    },
  ])
})

test('who is no official of it does not answer, nor does anybody what is not of it', async () => {
  const { path, first, form, answer, answers } = await rules()
  expect((await answer('mei', form(first))).body).toMatchObject({ code: 'appointment.role' })
  const elsewhere = await app.act('omar', '/api/v1/consultations/of-pk/answer', form('of-pk/1/1'))
  expect(elsewhere.body).toMatchObject({ code: 'jurisdiction.agency' })
  expect((await app.act(undefined, `${path}/answer`, form(first))).status).toBe(401)
  for (const [body, where] of [
    [form('of-all/1/1'), 'provision'],
    [form(`${path}/1/9`), 'provision'],
    [form(first, { text: ' ' }), 'text'],
    [form(first, { verdict: 'maybe' }), 'verdict'],
    [form(first, { clauses: ['of-all/1/1'] }), 'clauses'],
  ] as const) {
    expect(await answer('omar', body)).toMatchObject({ status: 400, body: { path: where } })
  }
  expect((await answers()).replies).toEqual([])
})

test('an answer is given again by who saw the one that stands, and the first time remains', async () => {
  const { first, form, answer, answers } = await rules()
  const both = await Promise.all([answer('omar', form(first)), answer('ines', form(first))])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect((await answer('omar', form(first))).body).toMatchObject({ code: 'version.old' })
  const again = form(first, {
    about: { provision: first, version: 1 },
    verdict: 'not',
    text: 'No.',
  })
  expect((await answer('omar', again)).status).toBe(201)
  const [reply, ...rest] = (await answers()).replies
  expect(rest).toEqual([])
  expect(reply).toMatchObject({ version: 2, verdict: 'not', text: 'No.' })
  expect(reply!.firstAt).toBeLessThan(reply!.at)
  expect((await checkActs(app.sql)).differences).toEqual([])
})

test('several are answered by one form, an act each, and what fails holds back no other', async () => {
  const { path, first, second, form, answer, answers } = await rules()
  await answer('omar', form(first))
  const key = crypto.randomUUID()
  const about = [first, second, '(none)', 'of-all/1/1'].map((provision) => ({ provision }))
  const many = () => app.act('omar', `${path}/answers`, form('', { about }), key)
  const { body } = await many()
  expect(body.outcomes).toMatchObject([
    { provision: first, status: 409 },
    { provision: second, status: 200, isRepeated: false },
    { provision: '(none)', status: 200 },
    { provision: 'of-all/1/1', status: 400 },
  ])
  expect((await many()).body.outcomes[1]).toEqual({ ...body.outcomes[1], isRepeated: true })
  const { replies } = await answers()
  expect(replies.map((one) => one.key).sort()).toEqual(['(none)', first, second])
})

test('an answer stays with its provision, and is linked to the clauses that changed by it', async () => {
  const { speed, horn } = article
  const { name, first, second, form, answer, answers, confirm } = await rules({
    drafts: [draft(1, speed, horn), draft(2, horn, speed.replace('8 knots', '6 knots'))],
  })
  await answer('omar', form(second))
  await confirm(2)
  await followed(app)
  await answer('omar', form(first))
  const { replies } = await answers()
  expect(replies).toMatchObject([
    { key: first, clauses: [{ code: `${name}/2/2`, draft: 2, labels: { en: 'Article 2' } }] },
    { key: second, clauses: [] },
  ])
  const moved = form(`${name}/2/2`, { about: { provision: `${name}/2/2`, version: 1 } })
  expect((await answer('omar', moved)).status).toBe(201)
  expect((await answers()).replies).toHaveLength(2)
})

test('the closing report holds every provision of every draft, answered or listed as unanswered', async () => {
  const { speed, horn, fines } = article
  const { path, first, form, answer, confirm } = await rules({
    titles: { en: 'Ferry & harbour', zh: '夜间渡轮规则' },
    closesAt: '2026-03-20T00:00:00Z',
    drafts: [draft(1, speed, horn, fines), draft(2, speed.replace('8 knots', '6 knots'), horn)],
  })
  await confirm(2)
  await followed(app)
  await answer('omar', form(first, { verdict: 'partly', text: 'Six knots <b>it is</b>.' }))
  const page = async (query = '') => {
    const response = await app.get(`${path}/report${query}`)
    expect(response.headers.get('content-type')).toContain('text/html')
    const text = await response.text()
    expectOwnStyle(response.headers, text)
    return text
  }
  const report = await page()
  expect(report).not.toContain('<script')
  expect(report).toContain('<h1>Ferry &amp; harbour</h1>')
  expect(
    report
      .split('<h2>')
      .slice(1)
      .map((part) => part.split('</h2>')[0]),
  ).toEqual(['The whole draft', 'Article 1', 'Article 2', 'Article 3'])
  const [, , one, two, three] = report.split('<h2>')
  expect(one).toContain('<del>8</del><ins>6</ins>')
  expect(one).toContain('2 comments:')
  expect(one).toContain('Accepted in part · An official')
  expect(one).toContain('Six knots &lt;b&gt;it is&lt;/b&gt;.')
  expect(two).toContain('Nothing to answer.')
  expect(three).toContain('Taken out.')
  const chinese = await page('?language=zh')
  expect(chinese).toContain('<h1>夜间渡轮规则</h1>')
  expect(chinese).not.toContain('。 ')

  const { figures } = (await app.ask<ToldFigures>(`${path}/figures`)).body
  expect(figures).toMatchObject({
    answerRate: { value: 1, numerator: 2, n: 2 },
    adoption: { value: 1, adopted: 1, answered: 1, ofAll: 1, all: 1 },
    timeToAnswer: { n: 1 },
    concentration: { n: 2, top: 1 },
  })
  expect((await app.ask('/api/v1/consultations/nothing/figures')).status).toBe(404)

  const pdf = await app.get(`${path}/report.pdf?language=zh`)
  expect(pdf.headers.get('content-type')).toBe('application/pdf')
  const body = Buffer.from(await pdf.arrayBuffer())
  expect(body.subarray(0, 5).toString()).toBe('%PDF-')
  expect(body.toString('latin1')).toContain('NotoSansSC')
  expect((await app.get(`${path}/report?language=xx`)).status).toBe(400)
})

test('the page and the report count alike: an article’s answer holds for the clauses on which something was said', async () => {
  const en =
    'Article 1\nFerries are quiet.\n(1) At night.\n(2) On Sundays.\nArticle 2\nSo are tugs.'
  const { name, path, first, form, answer, answers, write } = await rules({
    drafts: [{ number: 1, publishedAt: '2026-03-01T00:00:00Z', texts: { en } }],
  })
  const same = { text: 'Whoever wrote this has never waited in the rain.', provision: '2' }
  await write({ text: 'Also on holidays.', provision: '1.1' }, same, same)
  expect((await answer('omar', form(first))).status).toBe(201)
  const { figures: answered } = (await app.ask<ToldFigures>(`${path}/figures`)).body
  // The first clause is answered with its article, the second silent; Article 2 and its letter are open.
  expect(answered).toMatchObject({
    answerRate: { numerator: 3, n: 5 },
    adoption: { adopted: 2, answered: 2, all: 4 },
    timeToAnswer: { n: 2, late: 4 },
  })

  const window = 'window=2026-03-01/2026-04-01'
  const query = `measures=commentsPublished,peopleOfProvision&by=provision&${window}`
  const view = (await app.ask<ViewState>(`/api/v1/view?${query}&consultation=${name}`)).body
  const { texts, closesAt } = (await app.ask<ConsultationDetail>(path)).body
  const told = await answers()
  const said = saidByKey({ view, provisions: texts.en!, told })
  const onPage = answeringOn(said, told, { closesAt, now: Date.now() })
  expect(onPage).toMatchObject({
    answerRate: { hits: 3, n: 5 },
    adoptionOfAll: { hits: 2, n: 4 },
    late: 4,
    unanswered: 1,
  })
  // Who wrote on the article and on its clauses is counted once in each, beside its comments and in its figures.
  const { keys, people, comments } = stripOf({ provisions: texts.en!, gone: [] }, view)[1]!
  const within = `measures=peopleOfProvision&${window}&provision=${keys.join(',')}`
  const figures = (await app.ask<ViewState>(`/api/v1/view?${within}&consultation=${name}`)).body
  expect([comments, people, figures.totals![1]]).toEqual([3, 3, 3])
})

test('what was said longer ago than the cube holds is counted in report, figures, queue and spread', async () => {
  const { name, path, first, answers } = await rules(
    { opensAt: '2024-03-01T00:00:00Z', closesAt: '2024-04-01T00:00:00Z' },
    { receivedAt: '2024-03-02T09:00:00Z', stance: 'oppose', language: 'en' },
  )
  const report = await (await app.get(`${path}/report`)).text()
  expect(report).toContain('2 comments: 0 support, 2 oppose, 0 amend.')
  expect(report).toContain('1 provision not answered.')
  const { figures } = (await app.ask<ToldFigures>(`${path}/figures`)).body
  expect(figures).toMatchObject({ answerRate: { value: 0, n: 2 }, adoption: { all: 1 } })
  expect((await answers()).openGroups).toBe(0)
  const { owed } = (await app.ask<WorkReplies>('/api/v1/work/replies?limit=200', 'omar')).body
  expect(owed.filter((one) => one.consultation === name)).toMatchObject([
    { provision: { key: first }, comments: 2 },
  ])
  const spread = (await app.ask<ToldSpread>(`${path}/spread`, 'omar')).body
  expect(spread.language).toMatchObject([{ code: 'en', received: 2, published: 2 }])
})

test.each([
  [0, 2, 'came before closing, nine in ten within 2 days of closing.', '半数答复在截止前作出'],
  [0, 0, 'Nine in ten of the answers came before closing.', '九成答复在截止前作出。'],
  [1, 9, 'came within 1 day of closing, nine in ten', '半数答复在截止后 1 天内作出'],
])('half of the answers within %i days is said in words', (p50, p90, en, zh) => {
  expect(reportWords.en!.waits(p50, p90)).toContain(en)
  expect(reportWords.zh!.waits(p50, p90)).toContain(zh)
})

test('of no answer nothing is accepted, and no share is said', () => {
  const { en, zh } = reportWords
  expect(en!.adopted(0, 0, 19)).toBe(
    'Nothing is accepted yet: none of 19 provisions and letters has an answer.',
  )
  expect(en!.adopted(2, 5, 19)).toContain('2 of 5 answers. To answer in all: 19 provisions')
  expect(zh!.adopted(0, 0, 19)).toContain('尚无采纳')
})

test('the way leads from an answer to the clause that changed by it, and to the law that it stands in', async () => {
  const { speed, horn } = article
  const { name, first, form, answer, confirm } = await rules({
    drafts: [draft(1, speed, horn), draft(2, speed.replace('8 knots', '6 knots'), horn)],
    outcome: { adoptedAt: '2026-05-01T00:00:00Z', laws: { en: 'Harbour Ordinance 12' } },
  })
  await confirm(2)
  await followed(app)
  const { act } = (await answer('omar', form(first))).body
  const clause = `clause:${name}/2/1`
  const { body } = await app.ask(`/api/v1/trace/${encodeURIComponent(clause)}`)
  expect(body.nodes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ id: act.subject, noun: 'reply' }),
      expect.objectContaining({
        id: clause,
        title: 'Article 1',
        href: `/consultations/${name}?on=${name}%2F2%2F1#panel-article`,
      }),
      expect.objectContaining({ id: `law:${name}`, title: 'Harbour Ordinance 12' }),
    ]),
  )
  expect(body.edges).toEqual(
    expect.arrayContaining([
      { from: act.subject, to: `answer:${act.id}` },
      { from: `answer:${act.id}`, to: clause },
      { from: clause, to: `law:${name}` },
    ]),
  )
})

const letter =
  'The last boat home is not a luxury. Nurses, bakers and dock crews finish after midnight. Half an hour earlier means an hour’s walk round the bay.'
/** Each nearly the same as the letter, and not as the other. */
const early = `Every single${letter.slice(12)}`
const late = `${letter.slice(0, -12)} off to work`

const toGroup = (group: number, rest: object = {}) => ({
  about: { group },
  verdict: 'partly',
  text: 'The last boat stays.',
  language: 'en',
  ...rest,
})

test('a group of comments is answered as a provision is, and leads on to the group that it becomes', async () => {
  const { write, answer, answers, first, form } = await rules()
  const before = await write(early, early, late, late)
  expect(before).toMatchObject([{ comments: 2 }, { comments: 2 }])
  expect(await answers()).toMatchObject({ openGroups: 2, inGroups: {} })
  const [one, other] = before.map(({ id }) => id) as [number, number]
  expect((await answer('mei', toGroup(one))).body).toMatchObject({ code: 'appointment.role' })
  expect(await answer('omar', toGroup(999_999))).toMatchObject({
    status: 400,
    body: { path: 'group' },
  })
  expect((await answer('omar', toGroup(one))).status).toBe(201)
  expect((await answer('omar', toGroup(other, { verdict: 'not' }))).status).toBe(201)
  expect(await answers()).toMatchObject({ openGroups: 0, inGroups: { [first]: 4 } })

  const [joined] = await write(letter)
  expect(joined!.comments).toBe(5)
  const { replies, inGroups } = await answers()
  expect(replies.map(({ group, verdict }) => [group, verdict])).toEqual([
    [joined!.id, 'not'],
    [joined!.id, 'partly'],
  ])
  expect(inGroups).toEqual({ [first]: 5 })
  // Under either number it is the newest that is answered again.
  for (const [at, id] of [one, other].entries()) {
    const again = toGroup(id, { about: { group: id, version: at + 1 }, verdict: 'accepted' })
    expect((await answer('omar', again)).status).toBe(201)
  }
  expect((await answers()).replies[0]).toMatchObject({ group: joined!.id, version: 3 })
  expect((await answer('omar', form(first))).status).toBe(201)
  expect((await checkActs(app.sql)).differences).toEqual([])
})

test('of provisions that became one the newest answer stands, and is given again', async () => {
  const { speed, horn, fines } = article
  const { first, second, form, answer, answers, confirm } = await rules({
    drafts: [draft(1, speed, horn, fines), draft(2, `${speed} ${horn}`, fines)],
  })
  await answer('omar', form(first))
  await answer('omar', form(second, { verdict: 'not' }))
  expect((await confirm(2)).status).toBe(201)
  await followed(app)
  const { replies } = await answers()
  expect(replies.map(({ key, verdict }) => [key, verdict])).toEqual([
    [first, 'not'],
    [first, 'accepted'],
  ])
  const again = form(first, { about: { provision: first, version: 1 }, verdict: 'partly' })
  expect((await answer('omar', again)).status).toBe(201)
  expect((await answers()).replies[0]).toMatchObject({ key: first, verdict: 'partly', version: 2 })
})

test('groups are answered in bulk, and the report holds each of them, answered or not', async () => {
  const { path, write, answers } = await rules({ closesAt: '2026-03-20T00:00:00Z' })
  const other = 'Whoever wrote this has never waited for a night boat in the rain of November.'
  const apart = 'Whistle instead, says the guild of pilots.'
  const groups = await write(
    ...[letter, { text: letter, speaker: 'paper' }, letter, other],
    { text: other, provision: '2', speaker: 'organisation' },
    ...[apart, { text: 'Buy boats.', status: 'withheld', reason: 'off-topic' }],
  )
  const unasked = async () => (await (await app.get(`${path}/report`)).text()).split('<h2>')
  expect((await unasked()).filter((part) => part.includes('nearly the same'))).toHaveLength(2)
  const [summary] = await unasked()
  expect(summary).toContain('2 letters sent more than once not answered.')
  expect(summary).toContain('Took part: 6 people, 1 organisation and 1 writer on paper.')
  const numbers = 'Comments received: 9. Published: 8, distinct among them: 5. Withheld: 1.'
  expect(summary).toContain(numbers)
  expect(summary).toContain('Withheld, by reason: off topic 1.')
  const about = [...groups.map(({ id }) => ({ group: id })), { provision: '(none)' }]
  const { body } = await app.act('omar', `${path}/answers`, toGroup(0, { about }))
  expect(body.outcomes).toMatchObject([
    { group: groups[0]!.id, status: 200 },
    { group: groups[1]!.id, status: 200 },
    { provision: '(none)', status: 200 },
  ])
  expect(await answers()).toMatchObject({ openGroups: 0 })
  const report = await unasked()
  const told = report.filter((part) => part.includes('nearly the same'))
  expect(told[0]).toContain('3 comments nearly the same, first on: Article 1')
  expect(told[0]).toContain('The last boat stays.')
  // Five of eight comments are in answered groups: three more stand alone on Article 1.
  expect(report[0]).toContain('5 of 8 comments that were published are answered.')
  const pdf = await app.get(`${path}/report.pdf`)
  expect((await pdf.arrayBuffer()).byteLength).toBeGreaterThan(1000)
})

test('a preamble, a chapter, what was taken out and what is in no draft are owed answers, and the page has each of them', async () => {
  const text = 'Quay rules\nChapter 1. Light\nArticle 1\nA quay is lit.'
  const written = (number: number, en: string) => ({ ...draft(number), texts: { en } })
  const { name, path, form, answer, answers, confirm, write } = await rules({
    drafts: [written(1, `${text}\nArticle 2\nWho breaks it pays.\n(1) Twice.`), written(2, text)],
  })
  const named = ['preamble', 'c1', '2.1', '99']
  await write(...named.map((provision) => ({ provision, text: `On ${provision}.` })))
  await confirm(2)
  await followed(app)
  const owed = async () => {
    const { body } = await app.ask<WorkReplies>('/api/v1/work/replies?limit=200', 'omar')
    return body.owed.filter((one) => one.consultation === name).map((one) => one.provision.key)
  }
  const keys = ['1', ...named].map((id) => `${name}/1/${id}`)
  expect((await owed()).sort()).toEqual(keys.toSorted())

  const detail = (await app.ask<ConsultationDetail>(path)).body
  expect(detail.gone).toMatchObject([
    {
      ...{ key: `${name}/1/2`, draft: 1, keys: [`${name}/1/2`, `${name}/1/2.1`] },
      texts: { en: { label: 'Article 2', text: 'Who breaks it pays.' } },
    },
    { key: `${name}/1/2.1`, keys: [`${name}/1/2.1`], texts: { en: { of: 'Article 2' } } },
  ])
  const query = `measures=commentsPublished,stance&by=provision&window=2026-03-01/2026-04-01`
  const view = (await app.ask<ViewState>(`/api/v1/view?${query}&consultation=${name}`)).body
  const gone = detail.gone.map(({ texts, ...told }) => ({ ...texts.en!, ...told }))
  const items = stripOf({ provisions: detail.texts.en!, gone }, view)
  const told = await answers()
  const unanswered = ['preamble', 'c1', '1', `${name}/1/2`, `${name}/1/99`]
  expect(unansweredOf(items, told).map(({ id }) => id)).toEqual(unanswered)
  for (const key of keys) {
    const item = items.find((one) => one.keys.includes(key))
    expect((await answer('omar', form(item!.keys[0]!))).status).toBe(201)
  }
  expect(await owed()).toEqual([])
  for (const [language, called] of [
    ['en', 'Preamble'],
    ['zh', '序言'],
  ] as const) {
    const report = await (await app.get(`${path}/report?language=${language}`)).text()
    expect(report).toContain(`<h2>${called}</h2>`)
    expect(report).not.toContain('<h2></h2>')
  }
})

test('what nobody has answered stands in the queue by deadline, and an answer takes it off and is told live', async () => {
  using follower = followRecords(app.origin)
  const { name, first, form, answer, write } = await rules()
  const [group] = await write(letter, letter)
  const queue = async (query = '', person = 'omar') =>
    (await app.ask<WorkReplies>(`/api/v1/work/replies?${query}`, person)).body
  const ofIt = ({ owed }: WorkReplies) => owed.filter((one) => one.consultation === name)
  const whole = await queue('limit=200')
  expect(ofIt(whole)).toMatchObject([
    {
      provision: { key: first, names: { en: 'Article 1' } },
      comments: 4,
      group: null,
      isLate: true,
    },
    { provision: { key: first }, comments: 2, group: { id: group!.id, text: letter } },
  ])
  expect(whole.owed.map(({ dueAt }) => dueAt)).toEqual(
    whole.owed.map(({ dueAt }) => dueAt).toSorted(),
  )
  expect(whole.counts.total).toBe(whole.owed.length)
  const paged: WorkReplies['owed'][number][] = []
  for (let after: string | null = ''; after !== null;) {
    const page: WorkReplies = await queue(`limit=2${after === '' ? '' : `&after=${after}`}`)
    paged.push(...page.owed)
    after = page.next
  }
  expect(paged).toEqual(whole.owed)
  // Of PK nobody here is official or observer.
  expect(whole.owed.map((one) => one.consultation)).not.toContain('of-pk')
  expect((await queue('as=observer&limit=200', 'mei')).owed).toEqual(whole.owed)
  expect((await app.ask('/api/v1/work/replies', 'mei')).status).toBe(403)
  expect((await app.ask('/api/v1/work/replies')).status).toBe(401)
  expect((await app.ask('/api/v1/work/replies?after=x', 'omar')).status).toBe(400)

  const { seq } = (await answer('omar', toGroup(group!.id))).body.act
  expect(ofIt(await queue('limit=200')).map((one) => one.group)).toEqual([null])
  // An answer to a provision holds for the letters on it.
  await answer('omar', form(first))
  await write(
    'Never at night, and least of all on Sundays.',
    'Never at night, and least of all on Sundays.',
  )
  expect(ofIt(await queue('limit=200'))).toEqual([])
  await expect.poll(() => follower.seqs()).toContain(seq)
  expect(follower.records.find((one) => one.seq === seq)).toMatchObject({
    kind: 'reply.answered',
    body: { consultation: name, agency: 'HT', by: { role: 'official' } },
  })
  expect(follower.faults).toEqual([])
})
