import type { ReplyVerdict } from '#shared/oversight/reply.ts'

interface Answer {
  consultation: string
  as: 'streets' | 'secretariat'
  verdict: ReplyVerdict
  language: 'en' | 'zh'
  text: string
}

/** What somebody of the city answers to one provision; `article` is its number in the first draft, '' the whole. */
export interface DemoReply extends Answer {
  article: string
}

/** And to a letter that came again and again, by how most of those who sent it begin. */
export interface DemoLetterReply extends Answer {
  begins: string
  /** That changed by it. */
  clauses: string[]
}

/** The same letter in Chinese is left open. */
export const demoLetterReplies: readonly DemoLetterReply[] = [
  {
    consultation: 'night-ferry',
    begins: 'The last boat home is not a luxury.',
    as: 'secretariat',
    verdict: 'partly',
    language: 'en',
    text: 'The shifts that you name end after midnight, and the next draft goes back to one o’clock on every day. Two o’clock on every day would need a second crew, and there is none.',
    // What it promises is not in any draft yet.
    clauses: [],
  },
]

/** The third article on shade is left unanswered although it is late, and most on ferries are open. */
export const demoReplies: readonly DemoReply[] = [
  {
    consultation: 'shade-trees',
    article: '',
    as: 'streets',
    verdict: 'accepted',
    language: 'en',
    text: 'Most of you want more shade. The ordinance was adopted, and the first two hundred trees are ordered.',
  },
  {
    consultation: 'shade-trees',
    article: '1',
    as: 'streets',
    verdict: 'not',
    language: 'zh',
    text: '有人建议把期限提前到第五年。苗圃每年只能供应四百棵成树，五年内做不到，因此保留十年。',
  },
  {
    consultation: 'shade-trees',
    article: '2',
    as: 'streets',
    verdict: 'partly',
    language: 'en',
    text: 'The yards of hospitals were added. Shops were not: people choose when they go there.',
  },
  {
    consultation: 'shade-trees',
    article: '4',
    as: 'streets',
    verdict: 'accepted',
    language: 'zh',
    text: '许多人担心补种没有期限。已写明：一年内补种。',
  },
  {
    consultation: 'night-ferry',
    article: '6',
    as: 'secretariat',
    verdict: 'accepted',
    language: 'en',
    text: 'Measured at Lantern Shore, eight knots woke people and six did not. The second draft says six.',
  },
  {
    consultation: 'night-ferry',
    article: '8',
    as: 'secretariat',
    verdict: 'partly',
    language: 'zh',
    text: '船长们指出，雾中不鸣笛有危险。第二稿增加了安全所必需的例外，其余时间仍不得鸣笛。',
  },
  {
    consultation: 'night-ferry',
    article: '4',
    as: 'secretariat',
    verdict: 'not',
    language: 'en',
    text: 'A ferry at five was asked for by the bakeries. Until the quay has a night crew it cannot be loaded safely.',
  },
]
