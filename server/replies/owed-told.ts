import { NONE } from '#shared/view.ts'
import type { OwedReply } from '#shared/work.ts'
import { wordingsOf } from '../comment-groups/reading-queries.ts'
import type { CountDays } from '../consultations/days-of.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Terms } from '../live/terms.ts'
import type { Owed } from './owed.ts'
import { namesById } from './owed-queries.ts'
import { saidIn } from './said.ts'

/** Characters of a letter: enough to know it by. */
const SHOWN = 200

/** A page of what is owed, with how much was said and in which words. */
export async function toldOwed(
  { db, count, terms, now }: { db: Db; count: CountDays; terms: Terms; now: number },
  page: readonly Owed[],
): Promise<OwedReply[]> {
  const { directory } = terms
  const newest = new Map(page.map(({ provision }) => [provision, newestOf(provision, directory)]))
  const names = await namesById(db, [...newest.values()])
  const groups = page.flatMap(({ group }) => group?.id ?? [])
  const texts = new Map((await wordingsOf(db, groups, { limit: 1 })).map((one) => [one.group, one]))
  const owing = [...new Set(page.map(({ of }) => of))]
  const counted = owing.map(async (of) => [of, await saidIn(count, terms, of)] as const)
  const said = new Map(await Promise.all(counted))
  const codeOf = (id: number) => directory.codeOf(directory.rootOf(id))
  return page.map(({ of, provision, group }) => {
    const key = codeOf(provision)
    const words = group && texts.get(group.id)
    const language = words ? codeOf(words.language) : NONE
    return {
      ...{ consultation: of.code, titles: of.titles },
      dueAt: new Date(of.dueAt).toISOString(),
      isLate: of.dueAt < now,
      comments: group?.comments ?? said.get(of)!.get(key)?.comments ?? 0,
      provision: { key, names: names.get(newest.get(provision)!) ?? {} },
      group: group
        ? {
            id: group.id,
            text: beginningOf(words?.text ?? ''),
            language: language === NONE ? null : language,
          }
        : null,
    }
  })
}

const beginningOf = (text: string): string =>
  text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()} …` : text

/** As which it stands in the newest draft that has it: by that it is called. */
function newestOf(provision: number, directory: Directory): number {
  const root = directory.rootOf(provision)
  if (root === 0) return 0
  const draftOf = (id: number) => Number(directory.codeOf(id).split('/')[1])
  return directory.idsOf(root).reduce((best, id) => (draftOf(id) > draftOf(best) ? id : best), root)
}
