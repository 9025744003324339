import { t } from '../i18n/t.ts'
import type { Times } from '../i18n/times.ts'
import type { Due, ToldFlag } from './told.ts'

export interface DueText {
  text: string
  isLate: boolean
}

/** What is owed next, and until when; what is ended owes nothing. */
export function dueText({ state, deadlines }: ToldFlag, times: Times): DueText | undefined {
  const { answer, word, settlement } = deadlines
  if (state === 'open' || state === 'acknowledged') return told('answer', answer, times)
  if (state === 'answered') return told('word', word, times)
  if (state === 'disputed') return told('settlement', settlement, times)
  return undefined
}

/** What was done late, or was not when its author took the flag back; what is late still, `dueText` says. */
export function wasLateTexts({ answer, settledFor, deadlines }: ToldFlag): string[] {
  const answered = answer === null ? 'never' : 'wasLate'
  const settled = settledFor === null ? 'never' : 'wasLate'
  return [
    ...(isDoneLate(deadlines.answer) ? [t(`flags.${answered}.answer`)] : []),
    ...(isDoneLate(deadlines.settlement) ? [t(`flags.${settled}.settlement`)] : []),
  ]
}

const isDoneLate = (due: Due | null): boolean => due !== null && due.late && due.doneAt !== null

/** Of a deadline, as people say it: what ends at midnight ends the day before. */
export const lastDay = (by: string, times: Times): string => times.weekday(Date.parse(by) - 1)

function told(
  what: 'answer' | 'word' | 'settlement',
  due: Due | null,
  times: Times,
): DueText | undefined {
  if (!due) return undefined
  const day = lastDay(due.by, times)
  const which = due.late ? 'late' : 'due'
  // The author's word is not owed.
  return { text: t(`flags.${which}.${what}`, { day }), isLate: due.late && what !== 'word' }
}
