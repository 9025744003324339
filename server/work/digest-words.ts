import type { AppointmentDeed } from '#shared/oversight/appointment.ts'
import type { FlagDeed } from '#shared/oversight/flag.ts'
import type { SuggestionDeed } from '#shared/oversight/suggestion.ts'
import type { WithholdingDeed } from '#shared/oversight/withholding.ts'

/** What is told by e-mail: a deed without words in a language does not compile. */
type ToldKind = (AppointmentDeed | FlagDeed | SuggestionDeed | WithholdingDeed)['kind']

/** All that a day's e-mail says in one language. */
export interface DigestWords {
  language: string
  subject: (n: number) => string
  greeting: (name: string) => string
  head: string
  /** Between a subject and what happened to it. */
  colon: string
  noun: Readonly<Record<'appointment' | 'flag' | 'suggestion', (id: string) => string>>
  step: Readonly<Record<ToldKind, string>>
  /** What happened to something in a way that this server has no word for. */
  other: string
  more: (n: number) => string
  work: string
  account: string
  /** Where the server does not know its own address. */
  bare: string
}

export const en: DigestWords = {
  language: 'en',
  subject: (n) => (n === 1 ? '1 message for you' : `${n} messages for you`),
  greeting: (name) => `${name},`,
  head: 'since the last e-mail this happened to what is yours:',
  colon: ': ',
  noun: {
    appointment: () => 'Your appointment',
    flag: (id) => `Flag ${id}`,
    suggestion: (id) => `Suggestion ${id}`,
  },
  step: {
    'appointment.made': 'made',
    'appointment.renewed': 'renewed',
    'appointment.suspended': 'suspended',
    'appointment.resumed': 'resumed',
    'appointment.revoked': 'revoked',
    'appointment.named': 'name chosen',
    'flag.opened': 'opened',
    'flag.acknowledged': 'acknowledged',
    'flag.answered': 'answered',
    'flag.accepted': 'answer accepted',
    'flag.disputed': 'answer disputed',
    'flag.settled': 'settled',
    'flag.withdrawn': 'withdrawn',
    'flag.transferred': 'transferred',
    'flag.joined': 'joined by another observer',
    'flag.noted': 'note added',
    'flag.corrected': 'source data corrected',
    'suggestion.submitted': 'submitted',
    'suggestion.endorsed': 'endorsed',
    'suggestion.unendorsed': 'endorsement taken back',
    'suggestion.reviewed': 'under review',
    'suggestion.adopted': 'adopted',
    'suggestion.partly': 'partly adopted',
    'suggestion.declined': 'declined',
    'suggestion.implemented': 'implemented',
    'suggestion.transferred': 'transferred',
    'suggestion.withdrawn': 'withdrawn',
    'text.withheld': 'a text taken down by law',
    'file.withheld': 'a file taken down by law',
  },
  other: 'a further step',
  more: (n) => `and ${n} more`,
  work: 'All of it, on your work page',
  account: 'Whether these e-mails come',
  bare: 'All of it stands on your work page; whether these e-mails come is on your account page.',
}

export const zh: DigestWords = {
  language: 'zh',
  subject: (n) => `您有 ${n} 条消息`,
  greeting: (name) => `${name}：`,
  head: '自上次邮件以来，与您有关的事项如下：',
  colon: '：',
  noun: {
    appointment: () => '您的任命',
    flag: (id) => `标记 ${id}`,
    suggestion: (id) => `建议 ${id}`,
  },
  step: {
    'appointment.made': '作出任命',
    'appointment.renewed': '续任',
    'appointment.suspended': '中止',
    'appointment.resumed': '恢复',
    'appointment.revoked': '撤销',
    'appointment.named': '选定称呼',
    'flag.opened': '提出',
    'flag.acknowledged': '受理',
    'flag.answered': '答复',
    'flag.accepted': '接受答复',
    'flag.disputed': '对答复提出异议',
    'flag.settled': '裁定',
    'flag.withdrawn': '撤回',
    'flag.transferred': '移交',
    'flag.joined': '另一观察员附议',
    'flag.noted': '补充说明',
    'flag.corrected': '更正源数据',
    'suggestion.submitted': '提交',
    'suggestion.endorsed': '附议',
    'suggestion.unendorsed': '撤回附议',
    'suggestion.reviewed': '进入审议',
    'suggestion.adopted': '采纳',
    'suggestion.partly': '部分采纳',
    'suggestion.declined': '不予采纳',
    'suggestion.implemented': '落实',
    'suggestion.transferred': '移交',
    'suggestion.withdrawn': '撤回',
    'text.withheld': '有文字依法撤下',
    'file.withheld': '有文件依法撤下',
  },
  other: '后续进展',
  more: (n) => `另有 ${n} 条`,
  work: '在工作台查看全部内容',
  account: '设置是否接收邮件',
  bare: '全部内容见您的工作台；是否接收邮件可在账户页面设置。',
}

/** English for whoever reads none of the server's languages. */
export const wordsIn = (language: string | null): DigestWords =>
  language?.split('-')[0] === 'zh' ? zh : en
