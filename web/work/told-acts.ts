import type { Role } from '#shared/oversight/act.ts'
import { type Key, t } from '../i18n/t.ts'
import { ask } from './ask.ts'

/** An act on a flag or a suggestion, as everybody is told it. */
export interface ToldAct {
  id: number
  at: string
  kind: string
  /** `flag:12` */
  subject: string
  href: string | null
  by: { role: Role; observer?: { id: number; name: string } } | null
  /** What was written, by what it is; null: it was taken down. */
  texts: Readonly<Record<string, string | null>>
}

/** What happened to one subject, the newest first. */
export interface Happened {
  subject: string
  newest: ToldAct
  acts: readonly ToldAct[]
}

const steps = {
  'flag.opened': 'work.act.opened',
  'flag.acknowledged': 'work.act.acknowledged',
  'flag.answered': 'work.act.answered',
  'flag.accepted': 'work.act.accepted',
  'flag.disputed': 'work.act.disputed',
  'flag.settled': 'work.act.settled',
  'flag.withdrawn': 'work.act.withdrawn',
  'flag.transferred': 'work.act.transferred',
  'flag.joined': 'work.act.joined',
  'flag.noted': 'work.act.noted',
  'flag.corrected': 'work.act.corrected',
  'suggestion.submitted': 'work.act.submitted',
  'suggestion.endorsed': 'work.act.endorsed',
  'suggestion.unendorsed': 'work.act.unendorsed',
  'suggestion.reviewed': 'work.act.reviewed',
  'suggestion.partly': 'work.act.partly',
  'suggestion.adopted': 'work.act.adopted',
  'suggestion.declined': 'work.act.declined',
  'suggestion.implemented': 'work.act.implemented',
  'suggestion.withdrawn': 'work.act.withdrawn',
  'suggestion.transferred': 'work.act.transferred',
} as const satisfies Record<string, Key>

/** Each subject once, in the order of what happened to it last. */
export const bySubject = (acts: readonly ToldAct[]): Happened[] =>
  [...Map.groupBy(acts, ({ subject }) => subject)].map(([subject, own]) => ({
    subject,
    newest: own[0]!,
    acts: own,
  }))

/** Flag 12: opened, answered. What has no word of its own is a step. */
export function happenedText({ subject, acts }: Happened): string {
  const [noun, n = ''] = subject.split(':')
  const name = t(noun === 'flag' ? 'work.flag.number' : 'work.suggestion.number', { n })
  const words = acts.map(({ kind }) => t((steps as Record<string, Key>)[kind] ?? 'work.act.other'))
  return name + t('mark.colon') + [...new Set(words.reverse())].join(t('mark.list'))
}

/** What was written last of it; undefined where nothing was. */
export function writtenOf({ acts }: Happened): string | undefined {
  const texts = acts.flatMap(({ texts }) => [texts.title, ...Object.values(texts)])
  return texts.find((text) => typeof text === 'string' && text !== '') ?? undefined
}

/** The newest first; what is not answered is none. */
export async function askActs(query: URLSearchParams): Promise<readonly ToldAct[]> {
  const found = await ask<{ records: ToldAct[] }>(`records?${query}`).catch(() => undefined)
  return found?.records.filter(({ href }) => href !== null) ?? []
}
