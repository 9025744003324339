import { type Key, t } from '../i18n/t.ts'
import { correctionOf, type Stated, type Ticket } from './fields.ts'
import { isUnfinished } from './reopenings.ts'

interface Stating {
  /** Undefined: none was found. */
  ticket: Ticket | undefined
  stated: Stated
  zone: string
  /** Told of the field that keeps it from being sent. */
  refuse: (field: string, why: string) => void
}

/** What is to be sent, of the ticket as it was seen; undefined where something is missing, which is said. */
export function readyCorrection({ ticket, stated, zone, refuse }: Stating) {
  const lacks = (field: string, why: Key): undefined => refuse(field, t(why)) as undefined
  if (!ticket) return lacks('ticket', 'correct.missing')
  if (isUnfinished(stated.reopenings)) return lacks('to.reopenings', 'correct.reopening.unfinished')
  const changes = correctionOf(ticket, stated, zone)
  if (!changes) return lacks('stated', 'correct.nothing')
  return { changes, ticket }
}
