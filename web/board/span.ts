import { MINUTE } from '#shared/time.ts'
import { t } from '../i18n/t.ts'
import type { BoardState } from './board-state.svelte.ts'
import { windowStart } from './timeline.ts'

/** From when the answer counts, and what it is compared with. */
export function spanText(board: BoardState): string {
  const start = startText(board)
  return start && t('span', { start, before: t(`before.${board.answeredWindow}`) })
}

/** When the answered window begins, as the reader says it; empty before there is an answer. */
export function startText(
  board: Pick<BoardState, 'answeredWindow' | 'view' | 'minute' | 'times'>,
): string {
  const window = board.answeredWindow
  const startAt = windowStart(board.view('flow')?.rows[0]?.[0], window, board.minute)
  if (startAt === undefined) return ''
  const isShort = board.minute * MINUTE - startAt <= 7 * 24 * 60 * MINUTE
  return isShort ? board.times.weekdayMinute(startAt) : board.times.weekday(startAt)
}
