import { answerMeasures } from '#shared/consultations/answer-measures.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { measures } from '#shared/measures/all.ts'
import type { Measure } from '#shared/measures/measure.ts'
import type { Db } from '../db/connect.ts'
import { noteInJournal } from '../journal/note.ts'
import { journalHead, ring } from '../journal/queries.ts'
import { insertMeanings, lockDefinitions, type Meaning, newestMeanings } from './queries.ts'
import { fingerprintOfSaid } from './said.ts'

/**
 * Notes what this program's measures mean, where that differs from what was noted last: the series
 * break there. The first meanings of a database break nothing, nor does what is only said in other words.
 * Answers the measures that changed.
 */
export async function noteDefinitions(db: Db, meanings = meaningsNow()): Promise<string[]> {
  const changed = await db.transaction().execute(async (trx) => {
    await lockDefinitions(trx)
    const noted = new Map((await newestMeanings(trx)).map((one) => [one.measure, one]))
    const fresh = meanings.filter((meaning) => !isSame(meaning, noted.get(meaning.measure)))
    const changed = fresh.flatMap(({ measure }) => (noted.has(measure) ? [measure] : []))
    if (fresh.length === 0) return []
    // A change is a row of the journal, which every running process follows.
    const seq =
      changed.length > 0 ? await noteInJournal(trx, 'definitions') : (await journalHead(trx)).seq
    await insertMeanings(trx, fresh, seq)
    return changed
  })
  if (changed.length > 0) await ring(db).catch(() => {})
  return changed
}

function isSame(meaning: Meaning, noted: Meaning | undefined): boolean {
  return (
    meaning.sha256 === noted?.sha256 &&
    meaning.version === noted.version &&
    meaning.contributionsVersion === noted.contributionsVersion
  )
}

function meaningsNow(): Meaning[] {
  return [...Object.values<Measure>(measures), ...answerMeasures].map((measure) => ({
    measure: measure.id,
    version: measure.version,
    contributionsVersion,
    sha256: fingerprintOfSaid(measure),
  }))
}
