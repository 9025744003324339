/** A measure's value and what it was made of, and the version of its definition. */
export type Fields = Readonly<Record<string, number | null>>

/** What was counted of the whole city on one local day. */
export interface Sheet {
  /** Of the cube, when it was counted. */
  at: readonly [seq: number, minute: number]
  /** UTC minutes, the end not included. */
  window: readonly [start: number, end: number]
  timeZone: string
  /** What was counted, and what of surveys was published of that day. */
  measures: Readonly<Record<string, Fields>>
}

/** What citizens answered on a whole local day, as it was published. */
export interface SurveysTold {
  /** Local dates; the day is the one before `end`. */
  days: { start: string; end: string }
  seq: number
  measures: Sheet['measures']
}

/** What was told of a day, and the leaf in which it stands. */
export interface ToldDay {
  leaf: number
  /** When, as ISO text. */
  at: string
  measures: Sheet['measures']
}

/** Days of which late data changed what was told, the newest first. */
export interface Revisions {
  days: {
    day: string
    first: ToldDay
    /** `tickets`: came late or were corrected since the first edition. */
    last: ToldDay & { edition: number; tickets: number }
  }[]
}
