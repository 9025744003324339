import { Router } from 'express'
import { z } from 'zod'
import { roles } from '#shared/oversight/act.ts'
import type { WorkReplies } from '#shared/work.ts'
import { type PersonOf, requirePerson } from '../acts/asker.ts'
import { isCurrently } from '../appointments/queries.ts'
import type { CountDays } from '../consultations/days-of.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { parse } from '../http/parse.ts'
import type { Terms } from '../live/terms.ts'
import { cursorOf, owedPage, owingIn } from './owed.ts'
import { cursorText, readCursor } from './owed-cursor.ts'
import { consultationsWithin } from './owed-queries.ts'
import { toldOwed } from './owed-told.ts'

interface Parts {
  db: Db
  terms: () => Terms
  count: CountDays
  personOf: PersonOf
}

const Query = z.strictObject({
  as: z.enum(roles, `must be one of ${roles.join(', ')}`).default('official'),
  after: z.string('is told twice').max(300).optional(),
  limit: z.coerce.number('must be a number').int().min(1).max(200).default(50),
})

/** By whose jurisdiction: what observers may flag, officials and the secretariat answer. */
const kindOf = {
  observer: 'flag.opened',
  official: 'reply.answered',
  secretariat: 'reply.answered',
} as const

/**
 * `GET /work/replies?as=official|observer|secretariat&after=&limit=50`: provisions and groups of comments on which
 * something was said and which nobody has answered, of the consultations in the jurisdiction of who asks, by deadline:
 * `WorkReplies` (`shared/work.ts`); `next` goes into `after`. 401 without a session; 403 without such an appointment.
 */
export function owedReplyRoutes({ db, terms, count, personOf }: Parts): Router {
  return Router().get('/work/replies', async (req, res) => {
    const { id: person } = await requirePerson(personOf, req)
    const { as: role, after, limit } = parse(Query, { ...req.query })
    if (!(await isCurrently(db, person, role))) {
      throw new HttpError(403, `This is for who is appointed: ${role}.`, { path: 'as' })
    }
    const within = await consultationsWithin(db, { person, role, kind: kindOf[role] })
    const owing = await owingIn(db, within, terms())
    const found = await owedPage(db, owing, { after: readCursor(after), limit: limit + 1 })
    const page = found.slice(0, limit)
    const now = Date.now()
    const sum = (count: (one: (typeof owing)[number]) => number) =>
      owing.reduce((total, one) => total + count(one), 0)
    const all = ({ open, groups }: (typeof owing)[number]) => open.length + groups
    res.set('cache-control', 'no-store').json({
      asOf: new Date(now).toISOString(),
      counts: {
        total: sum(all),
        late: sum((one) => (one.dueAt < now ? all(one) : 0)),
        provisions: sum(({ open }) => open.length),
        groups: sum(({ groups }) => groups),
      },
      owed: await toldOwed({ db, count, terms: terms(), now }, page),
      next: found.length > limit ? cursorText(cursorOf(page.at(-1)!)) : null,
    } satisfies WorkReplies)
  })
}
