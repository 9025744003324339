import { type Key, t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { aboutOf, kindText, subjectText, textsOf, type ToldAct } from '../public-record/act-text.ts'
import { goneLine } from '../public-record/gone-text.ts'
import type { TitleOf } from '../public-record/opinion-titles.svelte.ts'
import { ask } from './ask.ts'

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
  'text.withheld': 'work.act.text.withheld',
  'file.withheld': 'work.act.file.withheld',
} as const satisfies Record<string, Key>

/** Each subject once, in the order of what happened to it last. */
export const bySubject = (acts: readonly ToldAct[]): Happened[] =>
  [...Map.groupBy(acts, aboutOf)].map(([subject, own]) => ({
    subject,
    newest: own[0]!,
    acts: own,
  }))

function wordOf(kind: string): string {
  const key = (steps as Record<string, Key>)[kind]
  return key ? t(key) : kindText(kind)
}

/** Flag 12: opened, answered. What has no word of its own is called as the record calls it. */
export function happenedText({ newest, acts }: Happened, titleOf: TitleOf): string {
  const words = acts.map(({ kind }) => wordOf(kind))
  return (
    subjectText(newest, titleOf) +
    t('mark.colon') +
    [...new Set(words.reverse())].join(t('mark.list'))
  )
}

/** What was written last of it, or that it was taken down; undefined where nothing was written. */
export function writtenOf({ acts }: Happened, times: Times): string | undefined {
  const all = acts.flatMap((act) => textsOf(act).map((one) => ({ ...one, act })))
  const written = all.find(({ text }) => text !== '')
  return written && (written.text ?? goneLine(written.act.withheld?.[written.name], times))
}

/** The newest first; what is not answered is none. */
export async function askActs(query: URLSearchParams): Promise<readonly ToldAct[]> {
  const found = await ask<{ records: ToldAct[] }>(`records?${query}`).catch(() => undefined)
  return found?.records.filter(({ href }) => href !== null) ?? []
}
