import type { ToldReopening } from '#shared/tickets.ts'
import { instantOf, localTime } from '../i18n/local-time.ts'

/** A close that was taken back, as a form writes it: times by the clock of the city, empty where nothing is said. */
export interface WrittenReopening {
  closedAt: string
  closeReason: string
  at: string
}

export const nothingWritten: WrittenReopening = { closedAt: '', closeReason: '', at: '' }

export const reopeningsWritten = (all: readonly ToldReopening[], zone: string) =>
  all.map((one) => written(one, zone))

const written = ({ closedAt, closeReason, at }: ToldReopening, zone: string): WrittenReopening => ({
  closedAt: localTime(Date.parse(closedAt), zone),
  closeReason: closeReason ?? '',
  at: localTime(Date.parse(at), zone),
})

/** One that lacks a time, which no ticket can be told. */
export const isUnfinished = (all: readonly WrittenReopening[] = []): boolean =>
  all.some(({ closedAt, at }) => closedAt === '' || at === '')

interface Standing {
  stand: readonly ToldReopening[]
  zone: string
}

/** In their order; one that nobody touched stays to the second. */
export function reopeningsTold(
  all: readonly WrittenReopening[],
  { stand, zone }: Standing,
): ToldReopening[] {
  const told = all.map(
    (one) => stand.find((old) => isSame(written(old, zone), one)) ?? newlyTold(one, zone),
  )
  return told.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

const isSame = (a: WrittenReopening, b: WrittenReopening): boolean =>
  a.closedAt === b.closedAt && a.closeReason === b.closeReason && a.at === b.at

const newlyTold = ({ closedAt, closeReason, at }: WrittenReopening, zone: string) => ({
  closedAt: new Date(instantOf(closedAt, zone)).toISOString(),
  closeReason: closeReason.trim() || null,
  at: new Date(instantOf(at, zone)).toISOString(),
})
