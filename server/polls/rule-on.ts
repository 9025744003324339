import { hash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { RulingDeed } from '#shared/oversight/ruling.ts'
import type { WithholdReason } from '#shared/consultations/comment.ts'
import { placeOf } from '../dimensions/place.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { noteInJournal } from '../journal/note.ts'
import type { PollRow } from './poll-queries.ts'
import { type AddedStatement, setModerated } from './statement-queries.ts'

interface Ruled {
  poll: PollRow
  statement: AddedStatement
  verdict: { status: 'published' | 'withheld'; reason: WithholdReason | null }
}

/** What is done when a statement is decided about, and what else in its transaction. A 409 where it stands so already. */
export function ruleOn({ poll, statement, verdict }: Ruled, directory: Directory) {
  const { status, reason } = verdict
  const deed: RulingDeed = {
    kind: 'statement.moderated',
    body: {
      ...placeOf(poll, directory),
      ...{ poll: poll.code, statement: statement.code, status, reason },
      hash: hash('sha256', canonicalize(statement.texts)!),
    },
    texts: {},
  }
  async function also(trx: Db): Promise<void> {
    const isPublished = status === 'published'
    if (!(await setModerated(trx, statement.id, { isPublished, reason }))) {
      throw new HttpError(409, 'It stands so already: look again.', { code: 'done-already' })
    }
    // Pages ask again what the poll says.
    await noteInJournal(trx, 'members')
  }
  return { deed, also }
}
