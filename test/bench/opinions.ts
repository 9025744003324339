import { gatherVotes } from '#shared/opinions/gather-votes.ts'
import { opinionsOf } from '#shared/opinions/opinions.ts'
import { talliesOf, type Votes } from '#shared/opinions/votes.ts'
import { randomFrom } from '../../server/demo/random.ts'
import { openOpinionsDesk } from '../../server/polls/opinions-desk.ts'
import type { Figure } from './figure.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'
import { storeVotes } from './store-votes.ts'

const VOTERS = 10_000
const STATEMENTS = 500
const CAMPS = 4
const TIMES = 5

/** Opinion groups of as many voters as are placed live, who all voted on everything, and on a fifth of it. */
export async function benchOpinions({ stage }: Setting): Promise<Figure[]> {
  const [whole, fifth] = [votesOf(1), votesOf(0.2)]
  const computed = medianTime(() => opinionsOf(whole, { least: 10 }))
  return [
    {
      name: `opinion groups of ${VOTERS} voters × ${STATEMENTS} statements`,
      unit: 'ms',
      measured: computed,
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
    {
      name: 'the first, with reading its votes from the database, as who asks first waits',
      unit: 'ms',
      measured: await medianWait(stage),
      wanted: { most: 2000 },
      limit: { of: 'finding them alone', value: computed },
    },
  ]
}

/** Each time at a desk that has found nothing yet. */
async function medianWait(stage: Stage): Promise<number> {
  const id = await storeVotes(stage, { voters: VOTERS, statements: STATEMENTS, camps: CAMPS })
  const poll = await stage.db
    .selectFrom('poll')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const took: number[] = []
  while (took.length < TIMES) {
    const startedAt = performance.now()
    const { voters, placed } = await openOpinionsDesk(stage).opinionsOf(poll)
    took.push(performance.now() - startedAt)
    if (placed !== VOTERS) throw new Error(`Of ${voters} voters ${placed} were placed.`)
  }
  return middleOf(took)
}

function medianTime(work: () => unknown): number {
  const took = Array.from({ length: TIMES }, () => {
    const startedAt = performance.now()
    work()
    return performance.now() - startedAt
  })
  return middleOf(took)
}

const middleOf = (took: number[]): number =>
  took.sort((a, b) => a - b)[Math.floor(took.length / 2)]!

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
