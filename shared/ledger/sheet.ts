/** A measure's value and what it was made of, and the version of its definition. */
export type Fields = Readonly<Record<string, number | null>>

/** What was counted of the whole city on one local day. */
export interface Sheet {
  /** Of the cube, when it was counted. */
  at: readonly [seq: number, minute: number]
  /** UTC minutes, the end not included. */
  window: readonly [start: number, end: number]
  timeZone: string
  measures: Readonly<Record<string, Fields>>
}
