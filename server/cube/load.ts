import { contribute } from '#shared/measures/contributions.ts'
import type { Add } from '#shared/measures/part.ts'
import { dimensions } from '#shared/ticket.ts'
import { eachCommentFactSince, type VisitFact } from '../consultations/facts.ts'
import type { Sql } from '../db/connect.ts'
import { headIn } from '../journal/head.ts'
import { eachAnswerFactSince } from '../polls/facts.ts'
import { eachTicketSince, inSnapshot } from '../tickets/facts.ts'
import { type ClockMode, endOfMinute, readClock } from './clock.ts'
import { Cube, horizonAt } from './cube.ts'

export interface Loaded {
  cube: Cube
  /** The cube holds the journal up to here. */
  seq: number
  /** By the deployment's clock. */
  asOf: number
  databaseNow: number
}

/** Builds a cube from the facts, in one snapshot that also reads where the journal stands. */
export function loadCube(sql: Sql, mode: ClockMode): Promise<Loaded> {
  return inSnapshot(sql, async (snapshot) => {
    const head = await headIn(snapshot)
    const asOf = readClock(mode, head)
    const cube = new Cube(endOfMinute(asOf))
    let combination = 0
    const members: number[] = []
    const add: Add = (part, minute, n, bin) => cube.add(part.code, minute, combination, n, bin)
    await eachTicketSince(snapshot, horizonAt(cube.minute), (ticket) => {
      for (let place = 0; place < dimensions.length; place++) {
        members[place] = ticket[dimensions[place]!]
      }
      combination = cube.intern(members)
      contribute(ticket, add)
    })
    const addFact: VisitFact = (named, contributeTo) => {
      combination = cube.intern(named)
      contributeTo(add)
    }
    await eachCommentFactSince(snapshot, horizonAt(cube.minute), addFact)
    await eachAnswerFactSince(snapshot, horizonAt(cube.minute), addFact)
    cube.settle()
    return { cube, seq: head.seq, asOf, databaseNow: head.now }
  })
}
