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
  'suggestion.submitted': 'work.act.submitted',
  'suggestion.endorsed': 'work.act.endorsed',
  'suggestion.adopted': 'work.act.adopted',
  'suggestion.declined': 'work.act.declined',
  'suggestion.implemented': 'work.act.implemented',
  'suggestion.withdrawn': 'work.act.withdrawn',
  'suggestion.transferred': 'work.act.transferred',
} as const satisfies Record<string, Key>

/** Flag 12: answered. What has no word of its own is a step. */
export function actText({ kind, href }: ToldAct): string {
  const [, folder, n = ''] = href?.split('/') ?? []
  const name = t(folder === 'flags' ? 'work.flag.number' : 'work.suggestion.number', { n })
  const step = t((steps as Record<string, Key>)[kind] ?? 'work.act.other')
  return name + t('mark.colon') + step
}

/** The newest first; what is not answered is none. */
export async function askActs(query: URLSearchParams): Promise<readonly ToldAct[]> {
  const found = await ask<{ records: ToldAct[] }>(`records?${query}`).catch(() => undefined)
  return found?.records.filter(({ href }) => href !== null) ?? []
}
