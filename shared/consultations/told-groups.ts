import type { Stance } from './comment.ts'

/** What was said, in the words of the first that is published; never by whom. */
export interface ToldWording {
  text: string
  proposal: string | null
  language: string | null
  /** Published comments that say it so, but for capitals, spaces and marks. */
  comments: number
}

/** Published comments that are nearly the same. */
export interface ToldGroup {
  /** In addresses; one that was merged into another is found under both. */
  id: number
  comments: number
  /** Different texts among them. */
  wordings: number
  firstAt: number
  lastAt: number
  /** The row of the journal up to which it is told. */
  seq: number
  /** What the first is about; null: the whole draft. */
  provision: string | null
  /** Most often said, then the others that are said most. */
  texts: ToldWording[]
}

/** `GET /api/v1/consultations/CODE/groups`: the largest first; `next` goes into `after`. */
export interface GroupPage {
  groups: ToldGroup[]
  next: string | null
}

/** `GET /api/v1/consultations/CODE/groups/ID`: one, its texts those said most first. */
export interface GroupDetail extends ToldGroup {
  next: string | null
}

/** A text that was found, at the newest comment that says it. */
export interface FoundWording extends ToldWording {
  group: number
  at: number
  provision: string | null
  stance: Stance | null
}

/** `GET /api/v1/consultations/CODE/search`: texts that came last first. */
export interface FoundPage {
  found: FoundWording[]
  next: string | null
}
