import { MINUTE } from '#shared/time.ts'
import { correct } from '../../corrections/correct.ts'
import { placeOf } from '../../dimensions/place.ts'
import { HttpError } from '../../http/errors.ts'
import { slowestAnswered } from './queries.ts'
import { doneBefore, keyOf, personOf, type Stage } from './stage.ts'

/** To which flag it belongs, and whose it is. */
const flag = 'signals'
const as = 'streets'
const name = 'correction signals'

/**
 * The official who answered a flag on first answers corrects the ticket that waited longest, unless somebody did: what was
 * said by telephone had never been written down. It holds until the city's system tells the ticket anew.
 */
export async function tellCorrection(
  stage: Stage,
  flags: ReadonlyMap<string, number>,
): Promise<void> {
  const id = flags.get(flag)
  if (stage.signal.aborted || id === undefined || (await doneBefore(stage, { name, as }))) return
  const { db, engine, markOf } = stage.desk
  const { directory } = engine.terms
  const agency = directory.find('agency', 'streets')!
  const category = directory.find('category', 'signs-signals')!
  const ticket = await slowestAnswered(db, { agency, category })
  if (!ticket) return
  const { receivedAt, respondedAt: from, closedAt } = ticket
  const to = Math.min(receivedAt + 50 * MINUTE, closedAt!)
  try {
    await correct(db, {
      ...{ person: personOf(as), key: keyOf(name), flag: id, ticket, directory },
      address: `${markOf(ticket.sourceId, ticket.id)}/${ticket.id}`,
      changes: [{ field: 'respondedAt', from, to }],
      place: placeOf(ticket, directory),
      now: Math.floor(engine.asOf),
      reason: 'The duty officer telephoned within the hour. The call had not been written down.',
    })
  } catch (error) {
    if (!(error instanceof HttpError) || error.status >= 500) throw error
    stage.log.debug({ err: error }, 'the demonstration gives way')
  }
}
