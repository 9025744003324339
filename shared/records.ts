import type { Role } from './oversight/act.ts'

/** Nouns whose acts are told to everybody; those of others are not. */
export const toldNouns = ['appointment', 'flag', 'suggestion', 'reply'] as const

/** Who did it: under which appointment, by the name that the public is told, and as what. */
export interface RecordActor {
  appointment: number
  /** Null: it was taken down. */
  name: string | null
  role: Role
}

/** What everybody may know of an act; its texts are asked for when somebody opens it. */
export interface RecordBody {
  /** `flag:123`; of what takes something down, what that was of. */
  subject: string
  /** Of the state that the act made: the subject's, or the withholding's. */
  version: number
  /** Milliseconds by the database's clock. */
  at: number
  /** Null is the system. */
  by: RecordActor | null
  /** The appointment under which the subject was opened; null: by the system. */
  openedBy: number | null
  /** Whose it is to answer, by code; null is the secretariat. Absent where the city has not opened agencies. */
  agency?: string | null
  /** By code; null where it is about none, or where the city has not opened the dimension. */
  area: string | null
  category: string | null
  /** The code of the consultation; only of what is answered to its drafts. */
  consultation?: string
}

/** A place in the order of records: the seq of one, and 16 digits of its act's hash. */
export interface RecordPoint {
  seq: number
  mark: string
}

/** Something that happened and is kept for ever: a flag, an answer, an alert. */
export interface DurableRecord extends RecordPoint {
  /** The record before it: who does not have that one has a gap, and asks again. */
  after: number
  kind: string
  body: RecordBody
}

/** Answers `since`: what was missed, in order, in as many pages as it takes. */
export interface RecordPage {
  /** The seq after which it begins. */
  after: number
  records: readonly DurableRecord[]
  /** Another page follows by itself; else what follows is single records. */
  more: boolean
  /** It begins here, and not where the page asked: it asked for nothing that was, or for no place at all. */
  start?: RecordPoint
  /** The `since` is of another database, or of a past that this one does not have: what was kept is void. */
  isAnew?: true
}

/** Why a signed-in person's socket is closed: the page goes on as the public's. */
export interface Out {
  reason: 'session' | 'appointment'
}

/** Where to go on: after this seq, whose mark is checked where it is told; null: with what happens from now on. */
export interface Since {
  since: number | null
  mark?: string
}
