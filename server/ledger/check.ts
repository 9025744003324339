import { sql } from 'kysely'
import { Broken } from '#shared/ledger/break.ts'
import { type LogReader, readLog } from '#shared/ledger/read-log.ts'
import type { Db } from '../db/connect.ts'
import { newestCheckpoint } from './queries.ts'
import { openTiles, readBundle } from './tiles.ts'

/** So many are named. */
const MOST = 100

/** What differs between acts and their leaves, and the first break of the log as it was signed last. */
export async function checkLedger(db: Db): Promise<string[]> {
  const differences = (await unlikeLeaves(db)).map(({ act, leaf, isThere }) => {
    if (leaf === null) return `act ${act}: it is not in the ledger`
    if (!isThere) return `the ledger, leaf ${leaf}: act ${act} is not there any more`
    return `act ${act}: it is not what leaf ${leaf} of the ledger says`
  })
  const newest = await newestCheckpoint(db)
  if (!newest) return differences
  const tiles = openTiles(db)
  const reader: LogReader = {
    checkpoint: async () => newest.note,
    tile: (name) => (name.level === 'entries' ? readBundle(db, name) : tiles(name)),
  }
  try {
    await readLog(reader, { withTiles: true })
    return differences
  } catch (error) {
    if (error instanceof Broken)
      return [...differences, `the ledger, ${error.found.kind}: ${error.message}`]
    throw error
  }
}

interface Unlike {
  act: number
  leaf: number | null
  isThere: boolean
}

/** A leaf holds the act's canonical text, or its hash. */
async function unlikeLeaves(db: Db): Promise<Unlike[]> {
  const { rows } = await sql<Unlike>`
    select coalesce(act.id, leaf.act_id) as act, leaf.index as leaf, act.id is not null as is_there
    from act full join leaf on leaf.act_id = act.id
    where coalesce(act.id, leaf.act_id) is not null and (
      position(convert_to(act.canonical, 'UTF8') in leaf.entry) > 0
      or position(convert_to(encode(act.hash, 'hex'), 'UTF8') in leaf.entry) > 0
    ) is not true
    order by 1 limit ${MOST}
  `.execute(db)
  return rows
}
