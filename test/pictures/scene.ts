import type { Page } from 'playwright-core'
import type { FlagStanding } from '#shared/oversight/flag.ts'
import type { Stage } from '#shared/oversight/suggestion.ts'

/** Asks `/api/v1`. */
export type Ask = <T>(path: string) => Promise<T>

/** Paths of what people are asked, and of the ledger; undefined where the city has none. */
export interface Talks {
  consultations: readonly string[]
  openPoll: string | undefined
  closedPoll: string | undefined
  agreement: string | undefined
  receipt: string
  /** What the code of a wall leads to. */
  picturedWall: string
}

/** What the city that is shown has, to name in addresses. */
export interface Sights extends Talks {
  /** Path of a page of a ticket that has a history. */
  ticket: string
  agency: string
  area: string
  category: string
  /** Where next to nothing happens. */
  quietAgency: string
  quietArea: string
  /** `SEQ,MINUTE` of a past moment. */
  moment: string
  /** Path of one in this standing, and of one in this stage; undefined where the city has none. */
  flag: (standing: FlagStanding) => string | undefined
  /** Path of one that the official of the demonstration is to answer. */
  owedFlag: string | undefined
  suggestion: (stage: Stage) => string | undefined
  /** Hash of frozen evidence. */
  evidence: string
  /** Path of the way from a number to what changed; undefined where nothing has yet. */
  trace: string | undefined
  observer: string
  /** Path of a page for somebody who is invited, and has not come yet. */
  welcome: string
}

export interface Scene {
  name: string
  /** Undefined: the city has nothing of the kind. */
  path: (sights: Sights) => string | undefined
  /** Which of the demonstration's people is signed in. */
  as?: 'secretariat' | 'streets' | 'city'
  /** What is done before the page is opened. */
  before?: (page: Page) => Promise<unknown>
  /** What is done on the page before the picture is taken. */
  act?: (page: Page) => Promise<unknown>
  /** Only what one sees first: what is opened lies over it. */
  isView?: boolean
}
