import { expect, test } from 'vitest'
import { findMapping } from '../../../server/import/find-mapping.ts'
import { requireEventClock } from '../../../server/replay/check-clock.ts'
import { readTickets } from '../../../server/replay/history.ts'
import { planAsItWas } from '../../../server/replay/plan.ts'
import { replay } from '../../../server/replay/replay.ts'
import { tellServer } from '../../../server/replay/tell-server.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { boston, instantOf, openIn, readBoston } from './boston-file.ts'
import { bostonServer, policy, settled, total } from './boston-server.ts'

const UNTIL = '2011-08-01 00:00:00'

test.skipIf(!boston)(
  'July of Boston, replayed to a server that goes by the events: the live board ends where the file stood',
  { timeout: 120_000 },
  async () => {
    await using city = await bostonServer('events')
    const { key } = await addSource(city.db, { name: 'Boston', kind: 'file' })
    const rows = readBoston()
    const { tickets } = await readTickets([boston!], await findMapping('boston-311'))
    const plan = planAsItWas(tickets, { from: undefined, until: instantOf(UNTIL) })

    await requireEventClock(city.origin)
    const tell = tellServer({ url: city.origin, key })
    const stop = new AbortController().signal
    const print = () => {}
    await replay(plan, tell, { speed: Infinity, timeZone: policy.timeZone, stop, print })
    await settled(city)

    const july = 'window=2011-07-01/2011-08-01'
    const closed = rows.filter((row) => row.closed_dt && row.closed_dt < UNTIL).length
    expect(await total(city, `measures=received&${july}`, 'received')).toBe(9854)
    expect(await total(city, `measures=closed&${july}`, 'closed')).toBe(closed)
    expect(await total(city, 'measures=open&window=today', 'open')).toBe(openIn(rows, UNTIL).length)
  },
)
