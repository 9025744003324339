import type { DurableRecord } from '#shared/records.ts'

/** What a day's e-mail says: only what everybody may know, and no text that anybody wrote. */
export interface Letter {
  subject: string
  text: string
}

interface Told {
  name: string
  language: string | null
  records: readonly DurableRecord[]
  /** Where the pages are; undefined where the server does not know it. */
  site: string | undefined
}

/** Lines of one e-mail; what is more stands on the page. */
const MOST = 50

const words = {
  en: {
    subject: (n: number) => (n === 1 ? '1 message for you' : `${n} messages for you`),
    head: (name: string) => `${name},\n\nsince the last e-mail this happened to what is yours:`,
    more: (n: number) => `… and ${n} more`,
    foot: (site: string) =>
      `All of it, and whether these e-mails come: ${site}/work and ${site}/account`,
    bare: 'All of it stands on your work page; whether these e-mails come is on your account page.',
    noun: { appointment: 'Appointment', flag: 'Flag', suggestion: 'Suggestion' },
  },
  zh: {
    subject: (n: number) => `您有 ${n} 条消息`,
    head: (name: string) => `${name}：\n\n自上次邮件以来，与您有关的事项如下：`,
    more: (n: number) => `……另有 ${n} 条`,
    foot: (site: string) => `全部内容及邮件设置：${site}/work 和 ${site}/account`,
    bare: '全部内容见您的工作台；是否接收邮件可在账户页面设置。',
    noun: { appointment: '任命', flag: '标记', suggestion: '建议' },
  },
} as const

/** In plain words and in the order in which it happened. */
export function digestLetter({ name, language, records, site }: Told): Letter {
  const say = language === 'zh' ? words.zh : words.en
  const lines = records.slice(0, MOST).map((record) => `- ${lineOf(record, say.noun)}`)
  const rest = records.length - lines.length
  const body = [...lines, ...(rest > 0 ? [say.more(rest)] : [])].join('\n')
  return {
    subject: `Clerestory: ${say.subject(records.length)}`,
    text: `${say.head(name)}\n\n${body}\n\n${site === undefined ? say.bare : say.foot(site)}\n`,
  }
}

function lineOf({ kind, body }: DurableRecord, nouns: Readonly<Record<string, string>>): string {
  const [noun = '', id = ''] = body.subject.split(':')
  const step = kind.split('.')[1] ?? kind
  return `${nouns[noun] ?? noun} ${id}: ${step}`
}
