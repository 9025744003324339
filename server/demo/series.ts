import { DAY } from '#shared/time.ts'
import { type Asked, firstOf, type Round, roundOf, roundsBy } from './rounds.ts'

/** What is still to be told of one round. */
export interface Telling {
  /** Tells all that is due. */
  tellDue(now: number, stop: AbortSignal): Promise<void>
  /** Nothing of it is left to tell. */
  isDone(): boolean
}

export interface Series {
  tellDue(now: number, stop: AbortSignal): Promise<void>
}

export interface Asking<One extends Asked> {
  /** When a round that is stored opened; undefined: it has not. */
  openedAt: (code: string) => Promise<number | undefined>
  /** Opens a round unless it is stored, and goes on with it where it was left. */
  begin: (asked: One, round: Round) => Promise<Telling>
}

/** All that is asked, each in rounds that follow from the day of the founding alone: at any age the city asks something. */
export async function openSeries<One extends Asked>(
  all: readonly One[],
  { openedAt, begin }: Asking<One>,
  now: number,
): Promise<Series[]> {
  const [eldest] = all
  const eldestAt = eldest && (await openedAt(eldest.code))
  const today = Math.floor(now / DAY) * DAY
  const foundedAt = eldestAt === undefined ? today : eldestAt + eldest!.opened * DAY
  const series: Series[] = []
  for (const asked of all) {
    const firstAt = (await openedAt(asked.code)) ?? firstOf(asked, foundedAt)
    const from = await newestRound(asked, { firstAt, now, openedAt })
    series.push(seriesOf({ asked, firstAt, from }, begin))
  }
  return series
}

interface Looking {
  firstAt: number
  now: number
  openedAt: (code: string) => Promise<number | undefined>
}

/** The newest that is stored; those before it have been told whole. */
async function newestRound(asked: Asked, { firstAt, now, openedAt }: Looking): Promise<number> {
  for (let number = roundsBy(asked, firstAt, now); number > 1; number--) {
    if ((await openedAt(roundOf(asked, firstAt, number).code)) !== undefined) return number
  }
  return 1
}

interface Begun<One extends Asked> {
  asked: One
  firstAt: number
  /** The number of the round that is told first. */
  from: number
}

function seriesOf<One extends Asked>(
  { asked, firstAt, from }: Begun<One>,
  begin: Asking<One>['begin'],
): Series {
  let round = roundOf(asked, firstAt, from)
  let telling: Telling | undefined
  return {
    async tellDue(now, stop) {
      while (!stop.aborted && round.opensAt <= now) {
        telling ??= await begin(asked, round)
        await telling.tellDue(now, stop)
        if (!telling.isDone() || round.number >= roundsBy(asked, firstAt, now)) return
        round = roundOf(asked, firstAt, round.number + 1)
        telling = undefined
      }
    },
  }
}
