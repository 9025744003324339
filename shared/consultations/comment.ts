/** What a comment wants of what it is about; a comment may say none of them. */
export const stances = ['support', 'oppose', 'amend'] as const
export type Stance = (typeof stances)[number]

/** Who speaks: organisations, and what came on paper, are counted apart from persons. */
export const speakers = ['person', 'organisation', 'paper'] as const
export type Speaker = (typeof speakers)[number]

/** Why a comment may be withheld; the public reads this list and how often each was used. */
export const withholdReasons = [
  'abuse',
  'personal-data',
  'unlawful',
  'advertising',
  'off-topic',
  'unreadable',
] as const
export type WithholdReason = (typeof withholdReasons)[number]

/**
 * Everything a comment's contributions depend on: its stored row. What it names is the id of a member as
 * first seen, 0 when not stated; `provision` 0 is the whole draft.
 */
export interface Comment extends Record<CommentAxis, number> {
  receivedAt: number
  /** Null: it came outside the days of its consultation, and counts nowhere. */
  isPublished: boolean | null
  stance: Stance | null
}

/** All comments of one speaker in one consultation, or in one provision of it. */
export interface Participation {
  consultation: number
  /** 0: in the consultation. */
  provision: number
  speaker: Speaker
  /** When the first of them came that is published; null when none is. */
  firstAt: number | null
}

/** Comments that say nearly the same: counted as one, at the first that is published and where that stands. */
export interface CommentGroup extends Record<CommentAxis, number> {
  /** Null when none is published. */
  firstAt: number | null
}

/**
 * What comments are told by, each at its place of a combination: area, channel and language where tickets
 * have theirs, so that the two may be asked by them together.
 */
export const commentAxes = ['consultation', 'area', 'provision', 'channel', 'language'] as const
export type CommentAxis = (typeof commentAxes)[number]
