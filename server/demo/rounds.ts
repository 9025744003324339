import { DAY } from '#shared/time.ts'

/** What the city asks its people for a time, and asks again later. Days. */
export interface Asked {
  code: string
  /** Before the city's founding; less than none: after it. */
  opened: number
  /** For which it is open. */
  open: number
  /** From one opening to the next; it is asked once where it has none. */
  again?: number
}

/** One of the times that it is asked. */
export interface Round {
  /** From 1. */
  number: number
  code: string
  opensAt: number
}

/** Until when the word goes round of what opens while the city runs, in days. */
const WORD_GOES_ROUND = 4

export function roundOf({ code, again }: Asked, firstAt: number, number: number): Round {
  return {
    number,
    code: number === 1 ? code : `${code}-${number}`,
    opensAt: firstAt + (number - 1) * (again ?? 0) * DAY,
  }
}

/** How many rounds have opened by then. */
export function roundsBy({ again }: Asked, firstAt: number, now: number): number {
  if (now < firstAt) return 0
  return again === undefined ? 1 : 1 + Math.floor((now - firstAt) / (again * DAY))
}

/** When the first opens, of a city that was founded then. */
export const firstOf = ({ opened }: Asked, foundedAt: number): number => foundedAt - opened * DAY

/** How many days until as many come as ever will: those of the founding have been known all the time. */
export const knownAfter = ({ opened, open }: Asked, { number }: Round): number =>
  number === 1 && opened > 0 ? Math.min(opened, open) : WORD_GOES_ROUND

/** Each round says other things; the first as it always did. */
export const roundSeed = ({ number }: Round): number[] => (number === 1 ? [] : [number])

type Both = Record<'en' | 'zh', string>

/** The same name, told apart by the number of the round. */
export function inRound({ en, zh }: Both, { number }: Pick<Round, 'number'>): Both {
  return number === 1 ? { en, zh } : { en: `${en} (round ${number})`, zh: `${zh}（第${number}轮）` }
}
