import type { BoardState } from './board-state.svelte.ts'

type Read =
  | ('deployment' | 'freshness' | 'times' | 'minute' | 'isPast' | 'answer' | 'answeredWindow')
  | ('spec' | 'view')

/** What a card reads of the page on which its number stands. */
export interface CardBoard extends Pick<BoardState, 'card' | Read> {
  readonly published: Pick<BoardState['published'], 'newest'>
  /** The view that has the steps of another's window; without it, `flow`. */
  flowOf?(view: string): string
}
