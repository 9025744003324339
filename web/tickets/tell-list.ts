import type { Announcements } from '../board/announcements.svelte.ts'
import { t } from '../i18n/t.ts'

interface Listed {
  /** What the list answers. */
  query: string
  total: number
  /** Tickets that came to stand above it. */
  waiting: { count: number; isMore: boolean }
}

/** Tells a screen reader of the list: how long it is as soon as that is known, and then what changed, calmly. */
export function tellList(announcements: Announcements): (listed: Listed, now: number) => void {
  let counted: string | undefined
  return ({ query, total, waiting }, now) => {
    if (query !== counted) announcements.say(t('tickets.count', { n: total }))
    counted = query
    const numbers = { total, waiting: waiting.count }
    announcements.hear({ question: query, numbers }, now, () => listText({ total, waiting }))
  }
}

function listText({ total, waiting: { count, isMore } }: Omit<Listed, 'query'>): string {
  const all = t('tickets.count', { n: total })
  if (count === 0) return all
  return all + t('mark.comma') + t(isMore ? 'tickets.aboveMore' : 'tickets.above', { n: count })
}
