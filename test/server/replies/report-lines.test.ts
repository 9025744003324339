import { expect, test } from 'vitest'
import { answeringOf } from '#shared/consultations/answering.ts'
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
    moreGroups: 0,
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

async function textsOf(counts: Counts, letters: readonly ReportLetter[] = [], language = 'en') {
  const each = (async function* () {
    yield* letters
  })()
  const saying = { words: reportWords[language]!, day: String, nameIn: () => 'Quays' }
  const lines = await Array.fromAsync(linesOf(report, { counts, letters: each }, saying))
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
  expect(await textsOf({ ...counts, isCompared: false }, [], 'zh')).toContain(
    '收到意见 1204 条：公布 1200 条，其中相异 3 条；未予公布 4 条。部分意见尚待与其他意见比较，相异的可能更多。',
  )
})
