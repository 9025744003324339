import { t } from '../i18n/t.ts'
import type { Refused } from '../public-record/ask.ts'

/** What stands beside a field, or over the form when it is of no field. */
export interface Fault {
  text: string
  /** The field's name. */
  path: string | undefined
  /** Nobody is signed in any more. */
  isSignedOut: boolean
  /** Somebody else did something meanwhile. */
  isOvertaken: boolean
}

export function faultOf(refused: Refused): Fault {
  const { status, path } = refused
  return {
    text: refusalText(refused),
    path: path?.split('.')[0],
    isSignedOut: status === 401,
    isOvertaken: status === 409,
  }
}

/** What happened, what is kept, and what to do. */
export function refusalText({ status, message }: Refused): string {
  if (status === 401) return t('suggestion.signedOut')
  if (status === 413) return t('suggestion.file.tooLarge')
  if (status === 415) return t('suggestion.file.kind')
  if (status === 0 || status >= 500) return t('suggestion.failed')
  return t('suggestion.refused', { error: message })
}
