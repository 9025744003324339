import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** How flags are answered; a share or a median of nothing is null (I7). */
export interface Answering {
  /** Answers in time, of all that were answered or should have been by now. */
  onTime: { share: number | null; hits: number; n: number }
  /** Ended as their observers wished, of all that were decided: an answer was accepted, or the secretariat settled it so. */
  upheld: { share: number | null; accepted: number; settled: number; n: number }
  /** To the first answer, as deadlines count them: within so many; of `n` answers. */
  workingDays: { median: number | null; n: number }
  /** Handed on to others, or here from others, before they were answered. */
  transfers: number
}

interface Counted {
  hits: number
  due: number
  accepted: number
  settled: number
  decided: number
  median: number | null
  answered: number
  transfers: number
}

/** Of all flags that meet `where`, as of `now`. */
export async function answeringOf(
  db: Db,
  where: RawBuilder<boolean>,
  now: number,
): Promise<Answering> {
  const { rows } = await sql<Counted>`
    select count(*) filter (where answering_done_at <= answer_by and answered_within is not null) as hits,
      count(*) filter (where answered_within is not null
        or coalesce(answering_done_at, ${now}::bigint) > answer_by) as due,
      count(*) filter (where standing = 'accepted') as accepted,
      count(*) filter (where settled_for = 'observer') as settled,
      count(*) filter (where standing in ('accepted', 'settled')) as decided,
      percentile_disc(0.5) within group (order by answered_within) as median,
      count(answered_within) as answered,
      coalesce(sum(transfers), 0) as transfers
    from flag where ${where}
  `.execute(db)
  const { hits, due, accepted, settled, decided, median, answered, transfers } = rows[0]!
  return {
    onTime: { share: shareOf(hits, due), hits, n: due },
    upheld: { share: shareOf(accepted + settled, decided), accepted, settled, n: decided },
    workingDays: { median, n: answered },
    transfers,
  }
}

const shareOf = (part: number, n: number): number | null => (n === 0 ? null : part / n)
