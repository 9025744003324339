import { SCREEN_EVERY } from '#shared/ledger/screen-leaf.ts'
import { MINUTE } from '#shared/time.ts'
import type { Answer } from '../live/answer.ts'

/** Minutes after which a screen tells anew what is broken down; all screens at the same minutes. */
export const CADENCE = SCREEN_EVERY

/** An answer as it was told, and the instant up to which it was complete. */
export interface Held {
  answer: Answer
  asOf: number
}

/** Whether what is broken down is due to be told anew. */
export function isDue(held: Held | undefined, next: Held): boolean {
  if (!held || held.answer.specs !== next.answer.specs) return true
  return slot(next.asOf) !== slot(held.asOf)
}

const slot = (at: number): number => Math.floor(at / (CADENCE * MINUTE))
