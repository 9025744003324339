import { MINUTE } from '#shared/time.ts'
import type { SourceState } from '#shared/wire.ts'
import { t } from '../i18n/t.ts'

/** A source as it stands to the clock. */
export interface SourceRow extends SourceState {
  /** Milliseconds since its newest event, to the quarter hour, as what it is made of; null before the first. */
  lag: number | null
}

const kinds = [
  'phone',
  'hotline',
  'web',
  'app',
  'wechat',
  'counter',
  'representative',
  'file',
  'portal',
] as const

/** The usual kinds have words in the language of the page; any other is told as it was given. */
export function kindText(kind: string): string {
  const known = kinds.find((one) => one === kind)
  return known ? t(`status.kind.${known}`) : kind
}

/** The silent ones first, then by name. */
export function sourceRows(sources: readonly SourceState[], now: number | undefined): SourceRow[] {
  return sources
    .map((source) => ({ ...source, lag: lagOf(source, now) }))
    .sort((a, b) => Number(b.silent) - Number(a.silent) || a.name.localeCompare(b.name))
}

/** Coarse times are rounded up, so that none is told exactly; so a lag is at least this, in whole minutes. */
function lagOf({ newestAt }: SourceState, now: number | undefined): number | null {
  if (newestAt === null || now === undefined) return null
  return Math.max(0, Math.floor((now - newestAt) / MINUTE) * MINUTE)
}
