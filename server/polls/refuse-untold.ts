import { HttpError } from '../http/errors.ts'
import { hasClosed } from './break-down.ts'
import type { PollRow } from './poll-queries.ts'

/** Throws where nobody is told how votes fall into groups: a 404 for a poll on questions, a 403 while it is sealed. */
export function refuseUntold(poll: PollRow, minute: number): void {
  if (poll.kind !== 'agreement') throw new HttpError(404, 'This poll has no statements.')
  if (poll.isSealed && !hasClosed(poll, minute)) {
    throw new HttpError(403, 'The votes are sealed until the poll closes.')
  }
}
