import { setImmediate as nextTurn } from 'node:timers/promises'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { At } from '#shared/view.ts'
import type { Cube } from '../cube/cube.ts'
import { LiveView } from '../cube/live-view.ts'
import type { Question } from '../cube/question.ts'
import type { Db } from '../db/connect.ts'
import { unpack } from '../journal/pack.ts'
import { journalAfter, type JournalRow } from '../journal/queries.ts'
import type { Engine } from '../live/engine.ts'

const PAGE = 200
/** Beyond so much of the journal the facts are read sooner. */
const MOST = { rows: 20_000, bytes: 32 * 2 ** 20 }
/** Bytes of the journal after which other work gets its turn: some milliseconds. */
const TURN = 64 * 1024
/** How often the cube may be replaced while the journal is read. */
const TRIES = 3

interface Followed {
  engine: Engine
  db: Db
}

/**
 * A view as it was at `at`, exactly: what the cube holds less what the journal has added since. The
 * journal is taken back page by page, so that memory is one view; the cube comes last, in the turn in
 * which no row is missing between them. Undefined where only the facts tell: the cube does not hold
 * the window, too much has happened since, or another version of the contributions wrote.
 */
export async function rewind(
  followed: Followed,
  question: Question,
  at: At,
): Promise<LiveView | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    const view = await rewindOnce(followed, question, at)
    if (view !== 'moved') return view
  }
  return undefined
}

/** `moved`: the cube was read again meanwhile, and what was taken back is not of it. */
async function rewindOnce(
  { engine, db }: Followed,
  question: Question,
  [seq, minute]: At,
): Promise<LiveView | undefined | 'moved'> {
  const { cube } = engine
  const isHeld = question.windowAt(minute).start >= cube.horizon
  if (!isHeld || engine.at[0] - seq > MOST.rows) return undefined
  const view = new LiveView(question, { combinations: cube.combinations, minute })
  const takeBack = takeBackFrom(view, cube)
  let bytes = 0
  let turn = 0
  for (let read = seq; read < engine.at[0];) {
    const rows = await journalAfter(db, read, Math.min(PAGE, engine.at[0] - read))
    if (engine.cube !== cube || rows.length === 0) return 'moved'
    for (const row of rows) {
      bytes += row.delta.length
      if (row.contributions !== contributionsVersion || bytes > MOST.bytes) return undefined
      takeBack(row)
      read = row.seq
      turn += row.delta.length
      if (turn < TURN) continue
      turn = 0
      await nextTurn()
      if (engine.cube !== cube) return 'moved'
    }
  }
  return view.fill(cube)
}

function takeBackFrom(view: LiveView, cube: Cube): (row: JournalRow) => void {
  const wanted = new Set(view.question.parts.map(({ code }) => code))
  return ({ delta }) =>
    unpack(delta, (members, code, minute, n, bin) => {
      if (wanted.has(code)) view.add(code, minute, cube.intern(members), -n, bin)
    })
}
