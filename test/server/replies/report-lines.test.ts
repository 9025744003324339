import { expect, test } from 'vitest'
import { answeringOf } from '#shared/consultations/answering.ts'
import { NONE } from '#shared/view.ts'
import type { ConsultationRow } from '../../../server/consultations/consultation-queries.ts'
import type { Report } from '../../../server/replies/report.ts'
import type { Counts } from '../../../server/replies/report-counts.ts'
import type { ReportLetter } from '../../../server/replies/report-letters.ts'
import { linesOf } from '../../../server/replies/report-lines.ts'
import { reportWords } from '../../../server/replies/report-words.ts'

const [opensAt, closesAt, answerBy, now] = [0, 1, 2, 3]

/** Of a consultation without a draft. */
const report: Report = {
  row: { titles: { en: 'Quays' }, opensAt, closesAt, outcome: null } as unknown as ConsultationRow,
  ...{
    language: 'en',
    draft: null,
    adopted: null,
    madeAt: now,
    answerBy,
    items: [],
    openGroups: 0,
  },
  figures: answeringOf(
    { provisions: [], letters: [], openLetters: 0 },
    { closesAt, answerBy, now },
  ),
}
const counts: Counts = {
  ...{ people: 1, organisations: 0, paper: 2, received: 1204, published: 1200, distinct: 3 },
  ...{ withheld: 4, withheldFor: [{ reason: 'abuse', comments: 4 }], isCompared: true },
}

interface Telling {
  letters?: readonly ReportLetter[]
  wholly?: number
  language?: string
}

async function textsOf(counts: Counts, telling: Telling = {}) {
  const { letters = [], wholly = Infinity, language = 'en' } = telling
  const each = (async function* () {
    yield* letters
  })()
  const saying = { words: reportWords[language]!, day: String, nameIn: () => 'Quays' }
  const lines = await Array.fromAsync(linesOf(report, { counts, letters: each, wholly }, saying))
  return lines.map(({ text }) => text)
}

test('the report tells who took part and always four numbers, and that more may be distinct while some are to be compared', async () => {
  const numbers = 'Comments received: 1,204. Published: 1,200, distinct among them: 3. Withheld: 4.'
  expect(await textsOf(counts)).toEqual(
    expect.arrayContaining([
      'Took part: 1 person, 0 organisations and 2 writers on paper.',
      numbers,
      'Withheld, by reason: abuse 4.',
    ]),
  )
  const waiting = await textsOf({ ...counts, isCompared: false, withheldFor: [] })
  expect(waiting).toContain(
    `${numbers} Some are still to be compared with the others: more may be distinct.`,
  )
  expect(waiting.join()).not.toContain('by reason')
  expect(await textsOf({ ...counts, isCompared: false }, { language: 'zh' })).toContain(
    '收到意见 1204 条：公布 1200 条，其中相异 3 条；未予公布 4 条。部分意见尚待与其他意见比较，相异的可能更多。',
  )
})

test('letters that are not told wholly are each told by number, size and answer', async () => {
  const verdicts = ['accepted', 'not', undefined] as const
  const letters = Array.from({ length: 60 }, (_, at): ReportLetter => {
    const verdict = verdicts[at % 3]
    const reply =
      verdict && ({ verdict, role: 'official', at: 2, text: 'Yes.', clauses: [] } as object)
    const told = { id: at, comments: at < 30 ? 9 : 2, text: `Letter ${at}.`, language: 'en' }
    return { ...told, provision: NONE, reply: reply as ReportLetter['reply'] }
  })
  const short = await textsOf(counts, { letters, wholly: 2 })
  expect(short.filter((text) => /^Letter \d+\.$/.test(text))).toEqual(['Letter 0.', 'Letter 1.'])
  const [, ...lines] = short.slice(short.indexOf('Letters sent by fewer people, by number'))
  expect(lines).toHaveLength(6)
  expect(lines[0]).toBe('9 comments each · Not answered: no. 2, 5, 8, 11, 14, 17, 20, 23, 26, 29')
  const told = lines.flatMap((line) => {
    const [, size, answer, ids] = /^(\d+) comments each · (.+): no\. ([\d, ]+)$/.exec(line)!
    return ids!.split(', ').map((id) => [Number(id), Number(size), answer])
  })
  expect(told.sort(([one], [other]) => Number(one) - Number(other))).toEqual(
    letters.slice(2).map(({ id, comments, reply }) => {
      return [id, comments, reply ? reportWords.en!.verdict[reply.verdict] : 'Not answered']
    }),
  )
  const whole = await textsOf(counts, { letters })
  expect(whole.filter((text) => /^Letter \d+\.$/.test(text))).toHaveLength(60)
  expect(whole).not.toContain('Letters sent by fewer people, by number')
})
