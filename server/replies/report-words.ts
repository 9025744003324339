import type { WithholdReason } from '#shared/consultations/comment.ts'
import type { ReplyVerdict } from '#shared/oversight/reply.ts'
import type { Counts } from './report-counts.ts'

/** All that the closing report says of its own, in one language. */
export interface ReportWords {
  /** Between two sentences. */
  gap: string
  head: string
  made: (moment: string) => string
  term: (from: string, until: string) => string
  due: (day: string) => string
  /** `draft` is the number of the one that became it. */
  law: (name: string, day: string, draft: number | null) => string
  noLaw: string
  draft: (number: number) => string
  tookPart: (of: Pick<Counts, 'people' | 'organisations' | 'paper'>) => string
  counted: (of: Pick<Counts, 'received' | 'published' | 'distinct' | 'withheld'>) => string
  /** Where some are still to be compared. */
  soFar: string
  withheldFor: (reasons: Counts['withheldFor']) => string
  answered: (hits: number, n: number) => string
  adopted: (hits: number, answered: number, all: number) => string
  waits: (p50: number, p90: number) => string
  late: (n: number) => string
  unanswered: (n: number) => string
  openLetters: (n: number) => string
  letter: (comments: number, about: string) => string
  withProvision: string
  /** Over letters that are told in short. */
  furtherLetters: string
  /** Letters of so many comments each with the same answer, by their numbers. */
  inShort: (comments: number, answer: string, ids: readonly number[]) => string
  unansweredInShort: string
  whole: string
  preamble: string
  /** Of a provision that is in no draft: its key. */
  elsewhere: (key: string) => string
  said: (n: number, support: number, oppose: number, amend: number) => string
  silent: string
  verdict: Readonly<Record<ReplyVerdict, string>>
  by: (role: 'official' | 'secretariat' | 'system', day: string) => string
  within: string
  open: string
  openLate: string
  nothing: string
  gone: string
  kept: string
  changed: string
  removed: string
  added: (number: number) => string
  before: string
  now: string
  clauses: (names: readonly string[]) => string
  /** In the PDF alone. */
  unwritten: string
}

const whole = (n: number) => n.toLocaleString('en')
const count = (n: number, one: string, many: string) => `${whole(n)} ${n === 1 ? one : many}`
const reasonsEn: Readonly<Record<WithholdReason, string>> = {
  abuse: 'abuse',
  'personal-data': 'personal data',
  unlawful: 'unlawful',
  advertising: 'advertising',
  'off-topic': 'off topic',
  unreadable: 'unreadable',
}
const comments = (n: number) => (n === 1 ? '1 comment' : `${n.toLocaleString('en')} comments`)
const things = (n: number) => (n === 1 ? '1 provision' : `${n.toLocaleString('en')} provisions`)
const letters = (n: number) => (n === 1 ? '1 letter' : `${n.toLocaleString('en')} letters`)
const toAnswer = (n: number) =>
  n === 1 ? '1 provision or letter' : `${n.toLocaleString('en')} provisions and letters`
const answers = (n: number) => (n === 1 ? '1 answer' : `${n.toLocaleString('en')} answers`)
/** Of an answer that came before closing, no time passed. */
const within = (n: number) =>
  n === 0 ? 'before closing' : `within ${n === 1 ? '1 day' : `${n} days`} of closing`

const en: ReportWords = {
  gap: ' ',
  head: 'What was said, and what was changed',
  made: (moment) => `As of ${moment}.`,
  term: (from, until) => `Open from ${from} to ${until}.`,
  due: (day) => `To be answered by ${day}.`,
  law: (name, day, draft) =>
    `${draft === null ? 'Adopted' : `Draft ${draft} was adopted`} on ${day} as ${name}.`,
  noLaw: 'Nothing has been adopted yet.',
  draft: (number) => `Compared with draft ${number}, the newest.`,
  tookPart: ({ people, organisations, paper }) =>
    `Took part: ${count(people, 'person', 'people')}, ${count(organisations, 'organisation', 'organisations')} and ${count(paper, 'writer', 'writers')} on paper.`,
  counted: ({ received, published, distinct, withheld }) =>
    `Comments received: ${whole(received)}. Published: ${whole(published)}, distinct among them: ${whole(distinct)}. Withheld: ${whole(withheld)}.`,
  soFar: 'Some are still to be compared with the others: more may be distinct.',
  withheldFor: (reasons) =>
    `Withheld, by reason: ${reasons.map(({ reason, comments }) => `${reasonsEn[reason]} ${whole(comments)}`).join(', ')}.`,
  answered: (hits, n) =>
    `${hits.toLocaleString('en')} of ${comments(n)} that were published are answered.`,
  adopted: (hits, answered, all) =>
    answered === 0
      ? `Nothing is accepted yet: none of ${toAnswer(all)} has an answer.`
      : `Accepted wholly or in part: ${hits} of ${answers(answered)}. To answer in all: ${toAnswer(all)}.`,
  waits: (p50, p90) =>
    p90 === 0
      ? 'Nine in ten of the answers came before closing.'
      : `Half of the answers came ${within(p50)}, nine in ten ${within(p90)}.`,
  late: (n) => `${answers(n)} came late, or are still to come though it is late.`,
  unanswered: (n) => `${things(n)} not answered.`,
  openLetters: (n) => `${letters(n)} sent more than once not answered.`,
  letter: (n, about) => `${comments(n)} nearly the same, first on: ${about}`,
  withProvision: 'Answered with what it is on.',
  furtherLetters: 'Letters sent by fewer people, by number',
  inShort: (n, answer, ids) => `${comments(n)} each · ${answer}: no. ${ids.join(', ')}`,
  unansweredInShort: 'Not answered',
  whole: 'The whole draft',
  preamble: 'Preamble',
  elsewhere: (key) => `In no draft: ${key}`,
  said: (n, support, oppose, amend) =>
    `${comments(n)}: ${support} support, ${oppose} oppose, ${amend} amend.`,
  silent: 'No comment.',
  verdict: { accepted: 'Accepted', partly: 'Accepted in part', not: 'Not accepted' },
  by: (role, day) =>
    `${{ official: 'An official', secretariat: 'The secretariat', system: 'The system' }[role]}, ${day}`,
  within: 'Answered with its article.',
  open: 'Not answered yet.',
  openLate: 'Not answered. The deadline has passed.',
  nothing: 'Nothing to answer.',
  gone: 'This text was taken down.',
  kept: 'Unchanged.',
  changed: 'Changed.',
  removed: 'Taken out.',
  added: (number) => `Added in draft ${number}.`,
  before: 'Before: ',
  now: 'Now: ',
  clauses: (names) => `Changed by it: ${names.join(', ')}.`,
  unwritten:
    'Some words here are in a script that this file cannot write. The report as a web page is the whole one.',
}

const reasonsZh: Readonly<Record<WithholdReason, string>> = {
  abuse: '辱骂',
  'personal-data': '个人信息',
  unlawful: '违法内容',
  advertising: '广告',
  'off-topic': '与草案无关',
  unreadable: '无法辨认',
}
const withinZh = (n: number) => (n === 0 ? '截止前' : `截止后 ${n} 天内`)

const zh: ReportWords = {
  gap: '',
  head: '公众说了什么，改了什么',
  made: (moment) => `截至 ${moment}。`,
  term: (from, until) => `征求意见时间：${from} 至 ${until}。`,
  due: (day) => `答复期限：${day}。`,
  law: (name, day, draft) =>
    `${draft === null ? '' : `第${draft}稿`}已于 ${day} 通过，名为《${name}》。`,
  noLaw: '尚未通过。',
  draft: (number) => `与最新的第${number}稿相比。`,
  tookPart: ({ people, organisations, paper }) =>
    `参与：个人 ${people} 人，单位 ${organisations} 个，纸质来信者 ${paper} 人。`,
  counted: ({ received, published, distinct, withheld }) =>
    `收到意见 ${received} 条：公布 ${published} 条，其中相异 ${distinct} 条；未予公布 ${withheld} 条。`,
  soFar: '部分意见尚待与其他意见比较，相异的可能更多。',
  withheldFor: (reasons) =>
    `未予公布的事由：${reasons.map(({ reason, comments }) => `${reasonsZh[reason]} ${comments} 条`).join('、')}。`,
  answered: (hits, n) => `公开的 ${n} 条意见中，${hits} 条已获答复。`,
  adopted: (hits, answered, all) =>
    answered === 0
      ? `应答复的条款和来信共 ${all} 处，均未答复，尚无采纳。`
      : `采纳或部分采纳 ${hits} 处；已答复 ${answered} 处，应答复的条款和来信共 ${all} 处。`,
  waits: (p50, p90) =>
    p90 === 0
      ? '九成答复在截止前作出。'
      : `半数答复在${withinZh(p50)}作出，九成在${withinZh(p90)}作出。`,
  late: (n) => `${n} 处逾期答复，或逾期仍未答复。`,
  unanswered: (n) => `${n} 处条款尚未答复。`,
  openLetters: (n) => `${n} 种多次寄来的来信尚未答复。`,
  letter: (n, about) => `几乎相同的意见 ${n} 条，最早一条针对：${about}`,
  withProvision: '与所针对的内容一并答复。',
  furtherLetters: '寄来较少的来信（按编号）',
  inShort: (n, answer, ids) => `各 ${n} 条 · ${answer}：第 ${ids.join('、')} 号`,
  unansweredInShort: '未答复',
  whole: '整部草案',
  preamble: '序言',
  elsewhere: (key) => `不在任何一稿中：${key}`,
  said: (n, support, oppose, amend) =>
    `${n} 条意见：支持 ${support}，反对 ${oppose}，建议修改 ${amend}。`,
  silent: '没有意见。',
  verdict: { accepted: '采纳', partly: '部分采纳', not: '未采纳' },
  by: (role, day) =>
    `${{ official: '主管部门', secretariat: '秘书处', system: '系统' }[role]}，${day}`,
  within: '与所属条文一并答复。',
  open: '尚未答复。',
  openLate: '尚未答复，期限已过。',
  nothing: '无需答复。',
  gone: '此文本已被撤下。',
  kept: '未作修改。',
  changed: '已修改。',
  removed: '已删除。',
  added: (number) => `第${number}稿新增。`,
  before: '原文：',
  now: '现文：',
  clauses: (names) => `因此修改：${names.join('、')}。`,
  unwritten: '此文件无法写出其中某些文字。完整的报告以网页版为准。',
}

export const reportLanguages = ['en', 'zh'] as const
export const reportWords: Readonly<Record<string, ReportWords>> = { en, zh }
