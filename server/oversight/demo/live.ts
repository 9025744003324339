import { MINUTE } from '#shared/time.ts'
import type { Row } from '#shared/view.ts'
import { type Look, shown, valueOf } from './claim.ts'
import { liveAnswers, liveTexts, type Told } from './live-texts.ts'
import { doneBefore, type Stage } from './stage.ts'
import { type DemoFlag, takeStep, tellFlag } from './tell-flags.ts'

/** From one act to the next, in milliseconds: three an hour, and a word on the last answer now and then. */
export const EVERY = 20 * MINUTE

const ROUND = 3

/** Does what is to be done at this time, once: an observer flags what moved, and its agency answers. */
export async function actNow(stage: Stage, now: number): Promise<void> {
  const turn = Math.floor(now / EVERY)
  const round = Math.floor(turn / ROUND)
  if (turn % ROUND === 0) {
    await accept(stage, round - 1)
    await flagMover(stage, round)
    return
  }
  await answer(stage, round, turn % ROUND)
}

/** Which agency, and who of the observers: by turns. */
function partsOf(round: number): { as: string; agency: string; texts: readonly Told[] } {
  if (round % 2 === 1) return { as: 'city', agency: 'housing', texts: liveTexts.city }
  if (round % 4 === 0) return { as: 'order', agency: 'streets', texts: liveTexts.order }
  return { as: 'city', agency: 'streets', texts: liveTexts.city }
}

/** What it was flagged as, without asking again what moved. */
function flagOf(round: number, row: string): DemoFlag {
  const { as, agency, texts } = partsOf(round)
  const { language, text } = texts[round % texts.length]!
  const look: Look = {
    measure: 'received',
    by: 'category',
    row,
    filters: { agency: [agency] },
    window: '24h',
  }
  const common = { kind: 'pattern', severity: 'normal', then: [] } as const
  return { name: `live ${round}`, as, look, language, text, ...common }
}

async function flagMover(stage: Stage, round: number): Promise<void> {
  const row = await moverOf(stage, partsOf(round).agency)
  if (row !== undefined) await tellFlag(stage, flagOf(round, row))
}

/** The category of an agency whose tickets of a day differ most from those of the day before. */
async function moverOf({ desk }: Stage, agency: string): Promise<string | undefined> {
  const question = {
    measures: ['received'],
    by: 'category',
    filters: { agency: [agency] },
    window: '24h',
  } as const
  const { rows } = await shown(desk, question)
  const before = await shown(desk, { ...question, period: 'previous' })
  const was = (key: Row[0]) => valueOf(before.rows.find(([one]) => one === key))
  const moved = rows
    .map((row) => ({ row: row[0]!, by: Math.abs(valueOf(row) - was(row[0])) }))
    .sort((a, b) => b.by - a.by)
  return moved[0]?.row
}

/** Acknowledges, and a turn later answers, what was flagged in this round. */
async function answer(stage: Stage, round: number, turn: number): Promise<void> {
  const id = await flagged(stage, round)
  if (id === undefined) return
  const { agency } = partsOf(round)
  const form = turn === 1 ? {} : liveAnswers[round % liveAnswers.length]!
  const path = turn === 1 ? 'acknowledgement' : 'answer'
  await takeStep(stage, { id, name: `live ${round} ${path}`, step: [agency, path, form] })
}

/** Two in three answers are accepted; the others wait for a word. */
async function accept(stage: Stage, round: number): Promise<void> {
  const id = round % 3 === 0 ? undefined : await flagged(stage, round)
  if (id === undefined) return
  const step = [partsOf(round).as, 'acceptance', {}] as const
  await takeStep(stage, { id, name: `live ${round} acceptance`, step })
}

const flagged = (stage: Stage, round: number): Promise<number | undefined> =>
  doneBefore(stage, { name: `flag live ${round}`, as: partsOf(round).as })
