import type { Intake } from './intake/intake.ts'
import type { Engine } from './live/engine.ts'
import type { Sockets } from './live/sockets.ts'
import type { Reading } from './metrics/meters.ts'

interface ReadParts {
  engine: Engine
  sockets: Sockets
  intake: Intake
}

/** What the engine room tells about itself. */
export function readingsOf({ engine, sockets, intake }: ReadParts): Reading[] {
  return [
    {
      name: 'clerestory_journal_seq',
      help: 'Journal row the cube holds',
      read: () => engine.at[0],
    },
    { name: 'clerestory_views', help: 'Views kept current', read: () => engine.viewCount },
    { name: 'clerestory_sockets', help: 'Open sockets', read: () => sockets.count },
    {
      name: 'clerestory_slow_readers',
      help: 'Sockets that wait to read on',
      read: () => sockets.slow,
    },
    {
      // Exact, it would tell beside the totals when a survey comes, and what was answered (I8).
      name: 'clerestory_contributions',
      help: 'Contributions in memory, to two digits',
      read: () => Number(engine.contributionCount.toPrecision(2)),
    },
    {
      name: 'clerestory_behind_seconds',
      help: 'Age of what is counted',
      read: () => (engine.now - engine.asOf) / 1000,
    },
    {
      name: 'clerestory_backlog',
      help: 'Events that wait for a transaction',
      read: () => intake.backlog,
    },
  ]
}
