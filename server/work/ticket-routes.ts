import { Router } from 'express'
import { z } from 'zod'
import { type TicketListName, ticketLists, type WorkTickets } from '#shared/work.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { countWithin } from '../explorer/groups.ts'
import { knowing } from '../explorer/knowing.ts'
import { deskOf } from '../flags/desk.ts'
import { dayEndOf } from '../flags/queue.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import type { Engine } from '../live/engine.ts'
import type { MarkOf } from '../tickets/marks.ts'
import { iso, publicTicket, requireSingle, type SeenRow } from '../tickets/public-ticket.ts'
import { countLists, firstOfList } from './ticket-lists.ts'

interface Parts {
  db: Db
  engine: Engine
  markOf: MarkOf
  personOf: PersonOf
}

const Query = z.strictObject({
  limit: z.coerce.number('must be a number').int().min(1).max(200).default(10),
})

/**
 * `GET /work/tickets?limit=10`: the open tickets of the agencies for which one answers, in four lists:
 * `WorkTickets` (`shared/work.ts`). 401 without a session; 403 to whom no appointment makes an official,
 * and where the city shows no single tickets; 503 when it takes too long.
 */
export function workTicketRoutes({ db, engine, markOf, personOf }: Parts): Router {
  const knows = knowing(engine, markOf)

  return Router().get('/work/tickets', async (req, res) => {
    const { id } = await requirePerson(personOf, req)
    const { directory, policy } = engine.terms
    const { agencies } = await deskOf(db, id, directory)
    if (agencies?.length === 0) throw new HttpError(403, 'Tickets are for officials to work on.')
    requireSingle(policy.policy)
    const { limit } = parse(Query, { ...req.query })
    const now = Math.floor(engine.asOf)
    const desk = { agencies, now, dayEnd: dayEndOf(now, policy.policy.timeZone) }
    const { counts, found } = await countWithin(db, async (trx) => ({
      counts: await countLists(trx, desk),
      found: await inTurn((name) => firstOfList(trx, name, { desk, limit })),
    }))
    const eye = await knows(Object.values(found).flat())
    const told = (name: TicketListName) => ({
      total: counts[name],
      rows: found[name].map((row) => publicTicket(row, eye, now)),
    })
    const { open, oldestDueAt } = counts
    res.set('cache-control', 'no-store').json({
      asOf: iso(now),
      agencies: agencies && codesOf(agencies, directory),
      open,
      oldestDueAt: oldestDueAt === null ? null : iso(oldestDueAt),
      lists: {
        breach: told('breach'),
        today: told('today'),
        overdue: told('overdue'),
        new: told('new'),
      },
    } satisfies WorkTickets)
  })
}

/** One after the other: they share a connection. */
async function inTurn(read: (name: TicketListName) => Promise<SeenRow[]>) {
  const found = {} as Record<TicketListName, SeenRow[]>
  for (const name of ticketLists) found[name] = await read(name)
  return found
}

const codesOf = (ids: readonly number[], directory: Directory): string[] => [
  ...new Set(ids.map((id) => directory.codeOf(directory.rootOf(id)))),
]
