import { NONE } from '#shared/view.ts'
import { type Key, t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import { aboutOf, kindText, subjectText, textsOf, type ToldAct } from '../public-record/act-text.ts'
import { goneLine } from '../public-record/gone-text.ts'
import type { TitleOf } from '../public-record/opinion-titles.svelte.ts'
import type { Appointment } from '../accounts/mine.svelte.ts'
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

/** So many subjects at most, the newest, and whether older ones are kept. */
export function newestOf({ acts, isCut }: Acts, most: number) {
  const happened = bySubject(acts)
  return { happened: happened.slice(0, most), hasOlder: isCut || happened.length > most }
}

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

/** The newest acts that may touch an observer: those of which it is not told that they lie beyond the jurisdiction. */
export function actsWithin(jurisdiction: Appointment['jurisdiction']): URLSearchParams {
  const query = new URLSearchParams({ limit: '60' })
  for (const [dimension, of] of [
    ['agency', 'agencies'],
    ['area', 'areas'],
    ['category', 'categories'],
  ] as const) {
    const codes = jurisdiction[of]
    if (codes) query.set(dimension, [...codes, NONE].join())
  }
  return query
}

/** The newest first. */
export interface Acts {
  acts: readonly ToldAct[]
  /** Older ones are kept. */
  isCut: boolean
}

/** What is not answered is none. */
export async function askActs(query: URLSearchParams): Promise<Acts> {
  const found = await ask<{ records: ToldAct[]; next: number | null }>(`records?${query}`).catch(
    () => ({ records: [], next: null }),
  )
  return {
    acts: found.records.filter(({ href }) => href !== null),
    isCut: found.next !== null,
  }
}
