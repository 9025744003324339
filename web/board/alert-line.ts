import { memberPath } from '#shared/member-path.ts'
import type { IconName } from '../design/icons.ts'
import { number } from '../i18n/format.ts'
import { nameIn } from '../i18n/name-in.ts'
import { t } from '../i18n/t.ts'
import type { Alert, ClosingAlert, MissedAlert, SourceAlert, StockAlert } from './alerts.ts'
import type { BoardState } from './board-state.svelte.ts'
import type { About } from './defined.ts'
import { nameOfSource } from './silence.ts'
import { startText } from './span.ts'
import { filterParams } from './ticket-links.ts'

/** An alert as it is read. */
export interface AlertLine {
  key: string
  title: string
  /** The numbers it is raised by. */
  detail: string
  /** Since when, or until when. */
  since: string
  icon: IconName
  isOverdue: boolean
  /** Where it is seen. */
  href: string
  /** The number on the board, where it is one. */
  about?: About
}

/** What an alert is said with. */
type Reader = Pick<BoardState, 'answeredWindow' | 'view' | 'spec' | 'minute' | 'times'> &
  Pick<BoardState, 'deployment' | 'freshness' | 'nameOf' | 'member'>

/** Which number an alert is about, and from when on it is counted. */
type Counting = Pick<AlertLine, 'about' | 'since' | 'href'>

export function alertLine(alert: Alert, board: Reader): AlertLine {
  return { icon: 'clock', isOverdue: false, ...said(alert, board) }
}

function said(
  alert: Alert,
  board: Reader,
): Omit<AlertLine, 'icon' | 'isOverdue'> & Partial<AlertLine> {
  switch (alert.kind) {
    case 'silent':
    case 'late':
      return ofSource(alert, board)
    case 'consultation':
    case 'poll':
      return ofClosing(alert, board)
    case 'missed':
      return ofMissed(alert, board)
    case 'overdue':
    case 'open':
      return ofStock(alert, board)
  }
}

function ofSource({ kind, name, since }: SourceAlert, { deployment, times, freshness }: Reader) {
  const at = times.since(since, freshness.now ?? since)
  return {
    key: `${kind} ${name}`,
    title: t(`alert.${kind}`, { name: nameOfSource(deployment, name) }),
    detail: t(`alert.${kind}.detail`),
    since: t(`alert.${kind}.since`, { at }),
    href: '/status',
  }
}

function ofClosing({ kind, code, titles, closesAt }: ClosingAlert, { times }: Reader) {
  return {
    key: `${kind} ${code}`,
    title: nameIn(titles, code),
    detail: t(`alert.${kind}`),
    since: t('alert.closes', { at: times.weekdayMinute(closesAt) }),
    href: `/${kind}s/${code}`,
  }
}

function ofMissed({ code, hits, n }: MissedAlert, board: Reader) {
  return {
    key: `missed ${code}`,
    title: t('alert.missed', { name: board.nameOf('agency', code) }),
    detail: t('alert.missed.detail', { hits, n }),
    icon: 'late' as const,
    ...counting(board, { measure: 'onTimeRate', view: 'agency', code }),
  }
}

function ofStock({ kind, code, now, before }: StockAlert, board: Reader) {
  const words = {
    now: number(now),
    before: number(before),
    then: t(`backlog.before.${board.answeredWindow}`),
  }
  return {
    key: `${kind} ${code}`,
    title: t(`alert.${kind}`, { name: board.nameOf('category', code) }),
    detail: t(`alert.${kind}.detail`, words),
    icon: kind === 'overdue' ? ('late' as const) : ('grown' as const),
    isOverdue: kind === 'overdue',
    ...counting(board, { measure: kind, view: 'category', code }),
  }
}

interface Cell {
  measure: 'onTimeRate' | 'overdue' | 'open'
  view: 'agency' | 'category'
  code: string
}

function counting(board: Reader, { measure, view, code }: Cell): Counting {
  const row = { key: code, name: board.nameOf(view, code) }
  const isOwn = board.member?.dimension === view && board.member.code === code
  return {
    about: { measure, view, row },
    since: t('alert.since', { at: startText(board) }),
    href: isOwn ? `#panel-${view}` : memberHref(board, view, code),
  }
}

/** Of the same tickets as the number, in the window in which it is counted. */
function memberHref(board: Reader, dimension: Cell['view'], code: string): string {
  const params = filterParams(board.spec(dimension)?.filters)
  params.set('window', board.answeredWindow)
  return `${memberPath(dimension, code) ?? '/tickets'}?${params}`
}
