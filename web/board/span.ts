import { MINUTE } from '#shared/time.ts'
import type { ViewSpec } from '#shared/view.ts'
import { t } from '../i18n/t.ts'
import type { BoardState } from './board-state.svelte.ts'
import { windowStart } from './timeline.ts'

/** From when the answer counts, and what it is compared with. */
export function spanText(board: BoardState): string {
  const start = startText(board)
  return start && t('span', { start, before: t(`before.${board.answeredWindow}`) })
}

/**
 * When the answered window begins, or the one before it, as the reader says it; empty before there is an answer.
 * `flow` is the view that has its steps.
 */
export function startText(
  board: Pick<BoardState, 'answeredWindow' | 'view' | 'minute' | 'times'>,
  { flow = 'flow', period }: { flow?: string | undefined; period?: ViewSpec['period'] } = {},
): string {
  const [window, first] = [board.answeredWindow, board.view(flow)?.rows[0]?.[0]]
  const startAt = windowStart(first, window, board.minute, period)
  if (startAt === undefined) return ''
  const isShort = board.minute * MINUTE - startAt <= 7 * 24 * 60 * MINUTE
  return isShort ? board.times.weekdayMinute(startAt) : board.times.weekday(startAt)
}
