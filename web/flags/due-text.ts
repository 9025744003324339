import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { Due, ToldAct, ToldFlag } from './told.ts'

export interface DueText {
  text: string
  isLate: boolean
}

/** What is owed now, and until when; what is ended owes nothing. */
export const dueTexts = (flag: ToldFlag, times: Times): DueText[] =>
  owed(flag).flatMap((what) => told(what, flag.deadlines[what], times))

function owed({ state, deadlines }: ToldFlag): (keyof ToldFlag['deadlines'])[] {
  // One that was handed on is open again, and was acknowledged.
  const isAwaited = state === 'open' && deadlines.acknowledgement?.doneAt === null
  if (isAwaited) return ['acknowledgement', 'answer']
  if (state === 'open' || state === 'acknowledged') return ['answer']
  if (state === 'answered') return ['word']
  return state === 'disputed' ? ['settlement'] : []
}

/** What was done late, or was not when its author took the flag back; what is late still, `dueTexts` says. */
export function wasLateTexts({ answer, settledFor, deadlines }: ToldFlag): string[] {
  const answered = answer === null ? 'never' : 'wasLate'
  const settled = settledFor === null ? 'never' : 'wasLate'
  return [
    ...(isDoneLate(deadlines.answer) ? [t(`flags.${answered}.answer`)] : []),
    ...(isDoneLate(deadlines.settlement) ? [t(`flags.${settled}.settlement`)] : []),
  ]
}

/** Which deadlines an act came too late for, in words; with a withdrawal nothing is owed any more. */
export function lateTextsOf({ at, kind }: ToldAct, deadlines: ToldFlag['deadlines']): string[] {
  const done = kind === 'flag.withdrawn' ? 'never' : 'wasLate'
  return (['acknowledgement', 'answer', 'settlement'] as const)
    .filter((what) => isDoneLate(deadlines[what]) && deadlines[what]?.doneAt === at)
    .map((what) => t(`flags.${done}.${what}`))
}

const isDoneLate = (due: Due | null): boolean => due !== null && due.late && due.doneAt !== null

/** Of a deadline, as people say it: what ends at midnight ends the day before. */
export const lastDay = (by: string, times: Times): string => times.weekday(Date.parse(by) - 1)

function told(what: keyof ToldFlag['deadlines'], due: Due | null, times: Times): DueText[] {
  if (!due) return []
  const day = lastDay(due.by, times)
  const which = due.late ? 'late' : 'due'
  // The author's word is not owed.
  return [{ text: t(`flags.${which}.${what}`, { day }), isLate: due.late && what !== 'word' }]
}
