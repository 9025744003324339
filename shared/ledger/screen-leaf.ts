import type { Fields, SurveysTold } from './sheet.ts'

/** Minutes after which walls tell what is broken down anew, and what they show becomes a leaf. */
export const SCREEN_EVERY = 5

/** What every wall showed, as its leaf says it. */
export interface ScreenLeaf {
  /** Of the answers. */
  at: readonly [seq: number, minute: number]
  window: string
  /** Of the whole city. */
  measures: Readonly<Record<string, Fields>>
  /** What was last published of surveys; missing where nothing was. */
  surveys?: SurveysTold
  /** By dimension: what `/api/v1/view` was asked, and the SHA-256 of what it answered. */
  scenes: Readonly<Record<string, { ask: string; sha256: string }>>
}

/** Undefined: it is no such leaf. */
export function readScreenLeaf(what: Record<string, unknown>): ScreenLeaf | undefined {
  const { at, window, measures } = what as Partial<ScreenLeaf>
  const isOne = Array.isArray(at) && typeof window === 'string' && typeof measures === 'object'
  return isOne ? (what as unknown as ScreenLeaf) : undefined
}
