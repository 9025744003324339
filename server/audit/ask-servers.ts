import { setTimeout as delay } from 'node:timers/promises'
import type { ViewSpec } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import type { Progress } from '../progress.ts'
import {
  type Answered,
  answersTo,
  callForAnswers,
  isAnybodyListening,
  countAnswers,
  deleteRequest,
  insertRequest,
} from './queries.ts'

/** A process that hears the call begins to answer at once; one that is busy may take a moment. */
const BEGINS_WITHIN = 5000
const OTHERS_BEGIN_WITHIN = 1000
/** The longest time between two answers. */
const PATIENCE = 15_000
const LOOK = 50

/** Asks every running process every question; resolves to what they answered, at once to nothing when none runs. */
export async function askServers(
  db: Db,
  questions: readonly ViewSpec[],
  progress: Progress,
): Promise<Answered[]> {
  if (!(await isAnybodyListening(db))) return []
  const id = await insertRequest(db, questions)
  try {
    await callForAnswers(db)
    await waitForAnswers(() => countAnswers(db, id), questions.length, progress)
    return await answersTo(db, id)
  } finally {
    await deleteRequest(db, id)
  }
}

/** Resolves when every process that began has answered all, or when nothing comes any more. */
async function waitForAnswers(
  count: () => Promise<ReadonlyMap<string, number>>,
  wanted: number,
  progress: Progress,
): Promise<void> {
  const askedAt = performance.now()
  let heardAt = askedAt
  let before = 0
  for (;;) {
    await delay(LOOK)
    const counts = [...(await count()).values()]
    const answers = counts.reduce((sum, n) => sum + n, 0)
    const all = wanted * Math.max(1, counts.length)
    progress.show(answers / all, () => `${answers} of ${all} answers`)
    const now = performance.now()
    if (answers > before) heardAt = now
    before = answers
    if (answers === 0 && now - askedAt > BEGINS_WITHIN) return
    if (answers > 0 && now - heardAt > PATIENCE) return
    const isComplete = answers > 0 && counts.every((n) => n === wanted)
    if (isComplete && now - askedAt > OTHERS_BEGIN_WITHIN) return
  }
}
