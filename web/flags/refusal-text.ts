import { type Key, t } from '../i18n/t.ts'
import { Refused } from './send.ts'

const known: Readonly<Record<number, Key>> = {
  0: 'flags.refused.unanswered',
  401: 'flags.refused.signedOut',
  403: 'flags.refused.forbidden',
  409: 'flags.refused.conflict',
  429: 'flags.refused.often',
}

/** Why something was not done, and that what was written is kept. */
export function refusalText(error: unknown): string {
  const { status, message } = error instanceof Refused ? error : new Refused(0)
  if (status >= 500) return t('flags.refused.unanswered')
  return t(known[status] ?? 'flags.refused.wrong', { error: message })
}
