import type { ReplyVerdict } from '#shared/oversight/reply.ts'

interface Answer {
  consultation: string
  /** Of each round, in days after its opening. */
  day: number
  as: 'streets' | 'housing' | 'secretariat'
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

/** The same letter in Chinese is answered with the article that it is about. */
export const demoLetterReplies: readonly DemoLetterReply[] = [
  {
    consultation: 'night-ferry',
    begins: 'The last boat home is not a luxury.',
    day: 9,
    as: 'secretariat',
    verdict: 'partly',
    language: 'en',
    text: 'The shifts that you name end after midnight, and the next draft goes back to one o’clock on every day. Two o’clock on every day would need a second crew, and there is none.',
    // What it promises is not in any draft yet.
    clauses: [],
  },
  {
    consultation: 'rented-rooms',
    begins: 'Fourteen days are too long to wait',
    day: 12,
    as: 'housing',
    verdict: 'accepted',
    language: 'en',
    text: 'Keys can be counted in seven days. What is adopted will say seven.',
    clauses: [],
  },
]

type Line = [day: number, article: string, ReplyVerdict, 'en' | 'zh', string]

const answersTo = (
  consultation: string,
  as: Answer['as'],
  lines: readonly Line[],
): readonly DemoReply[] =>
  lines.map(([day, article, verdict, language, text]) => ({
    ...{ consultation, article, day, as, verdict, language, text },
  }))

/**
 * What was said on shade is answered in time at the founding, but for the third article, which is late some days after it;
 * most on ferries are open at the founding.
 */
export const demoReplies: readonly DemoReply[] = [
  ...answersTo('shade-trees', 'streets', [
    [
      40,
      '',
      'accepted',
      'en',
      'Most of you want more shade. The ordinance was adopted, and the first two hundred trees are ordered.',
    ],
    [
      40,
      '1',
      'not',
      'zh',
      '有人建议把期限提前到第五年。苗圃每年只能供应四百棵成树，五年内做不到，因此保留十年。',
    ],
    [
      40,
      '2',
      'partly',
      'en',
      'The yards of hospitals were added. Shops were not: people choose when they go there.',
    ],
    [40, '4', 'accepted', 'zh', '许多人担心补种没有期限。已写明：一年内补种。'],
  ]),
  ...answersTo('night-ferry', 'secretariat', [
    [
      10,
      '6',
      'accepted',
      'en',
      'Measured at Lantern Shore, eight knots woke people and six did not. The second draft says six.',
    ],
    [
      10,
      '8',
      'partly',
      'zh',
      '船长们指出，雾中不鸣笛有危险。第二稿增加了安全所必需的例外，其余时间仍不得鸣笛。',
    ],
    [
      10,
      '4',
      'not',
      'en',
      'A ferry at five was asked for by the bakeries. Until the quay has a night crew it cannot be loaded safely.',
    ],
    [25, '5', 'accepted', 'zh', '三百米的距离写进了正式文本，浮标已经订购。'],
    [
      26,
      '7',
      'partly',
      'en',
      'Fifty-five decibels stay. Fifty were asked for: no engine that we have keeps to it.',
    ],
    [
      27,
      '9',
      'accepted',
      'en',
      'Cranes and chains rest from midnight, and since the second draft engines stop at the quay too.',
    ],
    [28, '10', 'accepted', 'zh', '六处测量点的位置将事先公布，欢迎提出更好的地点。'],
    [
      30,
      '11',
      'accepted',
      'en',
      'Three days stay. Whoever is not answered by then is called by the head of the desk.',
    ],
    [32, '2', 'not', 'zh', '有人希望从22时算起。学校和医院的末班接驳在22时30分，因此保留23时。'],
    [
      33,
      '',
      'partly',
      'en',
      'You want a quiet harbour and a late boat. What is adopted tries both, for a season.',
    ],
    [34, '1', 'accepted', 'zh', '目的一条不变：既让海湾安睡，也让人们回家。'],
    [
      35,
      '12',
      'not',
      'en',
      'An earlier beginning was asked for. The crews need the two months to learn the new hours.',
    ],
    [
      37,
      '3',
      'accepted',
      'en',
      'Heard: it is one o’clock on every day again, and two on Fridays and Saturdays.',
    ],
  ]),
  ...answersTo('market-streets', 'secretariat', [
    [
      32,
      '1',
      'not',
      'en',
      'Mill Hill was to be left out. It is where most children cross, so it stays in.',
    ],
    [34, '2', 'partly', 'zh', '商户希望到下午六时。折中为四时，夏季另行试验。'],
    [36, '3', 'accepted', 'en', 'Eight was too early for the bakeries: it is nine now.'],
    [38, '4', 'accepted', 'zh', '两米通道得到一致支持，予以保留，并画线标明。'],
    [
      40,
      '5',
      'accepted',
      'en',
      'A year was too long to wait for figures. They are published after half a year.',
    ],
    [41, '', 'accepted', 'zh', '多数人愿意试一试。办法已通过，先试行。'],
  ]),
  ...answersTo('rented-rooms', 'housing', [
    [14, '3', 'accepted', 'zh', '没有暖气的三天太久：第二稿改为一日内修理暖气。'],
    [
      46,
      '1',
      'not',
      'en',
      'Nine square metres were asked for. Half of the rooms of Old Quay would be closed, and nobody housed by it.',
    ],
    [47, '4', 'accepted', 'zh', '登记册每季度公布一次，业主可以申请更正。'],
    [
      48,
      '5',
      'partly',
      'en',
      'The charge stays and begins in the second year. Houses that are being repaired pay nothing.',
    ],
    [49, '6', 'not', 'zh', '有人要求取消查看。没有查看，其余各条便是一纸空文。'],
    [
      50,
      '',
      'accepted',
      'en',
      'Thank you for what you wrote of your own rooms. It is why the rules name heating first.',
    ],
    [53, '2', 'accepted', 'zh', '大家要求七日，通过的文本写明七日内退还。'],
  ]),
  ...answersTo('harbour-bathing', 'secretariat', [
    [
      36,
      '1',
      'partly',
      'en',
      'The inner side of the lock stays. The fish hall steps were asked for: cranes work there.',
    ],
    [38, '2', 'not', 'zh', '有人希望夜间也能游泳。夜里没有救生员，因此保留日落为止。'],
    [
      40,
      '3',
      'accepted',
      'en',
      'Once a week was not enough for you: what is adopted says Monday and Friday.',
    ],
    [42, '4', 'accepted', 'zh', '五十米保留，并设浮标标明。'],
    [43, '', 'accepted', 'en', 'Most of you want to swim. You may, from the first warm day on.'],
  ]),
]
