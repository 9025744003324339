import { gatherVotes } from '#shared/opinions/gather-votes.ts'
import { opinionsOf } from '#shared/opinions/opinions.ts'
import { talliesOf, type Votes } from '#shared/opinions/votes.ts'
import { randomFrom } from '../../server/demo/random.ts'
import type { Figure } from './figure.ts'

const VOTERS = 10_000
const STATEMENTS = 500
const CAMPS = 4
const TIMES = 5

/** Opinion groups of as many voters as are placed live, who all voted on everything, and on a fifth of it. */
export async function benchOpinions(): Promise<Figure[]> {
  const [whole, fifth] = [votesOf(1), votesOf(0.2)]
  return [
    {
      name: `opinion groups of ${VOTERS} voters × ${STATEMENTS} statements`,
      unit: 'ms',
      measured: medianTime(() => opinionsOf(whole, { least: 10 })),
      wanted: { most: 2000 },
      limit: {
        of: 'one count of the same votes',
        value: medianTime(() => talliesOf(whole, new Uint8Array(VOTERS), 1)),
      },
    },
    {
      name: 'the same, where each voted on a fifth',
      unit: 'ms',
      measured: medianTime(() => opinionsOf(fifth, { least: 10 })),
    },
  ]
}

function medianTime(work: () => unknown): number {
  const took = Array.from({ length: TIMES }, () => {
    const startedAt = performance.now()
    work()
    return performance.now() - startedAt
  })
  return took.sort((a, b) => a - b)[Math.floor(TIMES / 2)]!
}

/** Voters of camps that lean, each statement otherwise, and often vote as if of none. */
function votesOf(density: number): Votes {
  const random = randomFrom(7)
  const leaning = Array.from({ length: CAMPS * STATEMENTS }, () => 2 * random() - 1)
  const gathering = gatherVotes()
  for (let voter = 0; voter < VOTERS; voter++) {
    const seen = Array.from({ length: STATEMENTS }, (_, at) => at).filter(() => random() < density)
    const camp = (voter % CAMPS) * STATEMENTS
    gathering.add(
      seen,
      seen.map((at) => Math.sign(Math.round(1.6 * (leaning[camp + at]! + 2 * random() - 1)))),
    )
  }
  return gathering.done(STATEMENTS)
}
