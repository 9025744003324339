import type { RefusalCode } from '#shared/oversight/refusal.ts'
import { HttpError } from '../http/errors.ts'
import type { Refusal } from './queries.ts'

const sentences: Record<Refusal, string> = {
  none: 'This needs an appointment, and you have none.',
  role: 'None of your appointments is for this.',
  suspended: 'Your appointment is suspended.',
  revoked: 'Your appointment was revoked.',
  upcoming: 'Your term has not begun.',
  ended: 'Your term has ended.',
  agency: 'This is about an agency that is not in your jurisdiction.',
  area: 'This is about an area that is not in your jurisdiction.',
  category: 'This is about a category that is not in your jurisdiction.',
}

const codes = {
  none: 'appointment.none',
  role: 'appointment.role',
  suspended: 'appointment.suspended',
  revoked: 'appointment.revoked',
  upcoming: 'appointment.upcoming',
  ended: 'appointment.ended',
  agency: 'jurisdiction.agency',
  area: 'jurisdiction.area',
  category: 'jurisdiction.category',
} as const satisfies Record<Refusal, RefusalCode>

/** I9, as who asked is told it. */
export function refusalOf(refusal: Refusal): HttpError {
  return new HttpError(403, sentences[refusal], { code: codes[refusal] })
}

export const noSubject = (noun: string, id: number): HttpError =>
  new HttpError(404, `There is no ${noun} ${id}.`, { code: 'subject.none' })
