import type { ViewState } from '#shared/view.ts'
import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import { totalOf } from './read-view.ts'

/** What came in against what was closed, and what that did to the open tickets, in one sentence. */
export function flowSay(
  now: ViewState | undefined,
  before: ViewState | undefined,
): string | undefined {
  if (!now) return undefined
  const count = (column: string) => totalOf(now, column) ?? 0
  const difference = count('received') - count('closed')
  const reopened = count('reopened')
  const fact = differenceText(difference)
  if (reopened === 0) return fact
  const [openNow, openBefore] = [totalOf(now, 'open'), totalOf(before, 'open')]
  const isSum =
    openNow !== null && openBefore !== null && openNow - openBefore === difference + reopened
  const rest = isSum
    ? openText(difference + reopened, reopened)
    : t('flow.reopened', { n: reopened })
  return fact + t('mark.semicolon') + rest
}

function differenceText(difference: number): string {
  if (difference === 0) return t('flow.say.even')
  return t(difference > 0 ? 'flow.say.more' : 'flow.say.fewer', { n: number(Math.abs(difference)) })
}

function openText(change: number, reopened: number): string {
  const words = { reopened: number(reopened), open: number(Math.abs(change)) }
  if (change === 0) return t('flow.open.same', words)
  return t(change > 0 ? 'flow.open.more' : 'flow.open.fewer', words)
}
