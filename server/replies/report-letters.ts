import type { ToldReply } from '#shared/consultations/told-replies.ts'
import { NONE } from '#shared/view.ts'
import { largestGroups, wordingsOf } from '../comment-groups/reading-queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'

/** Comments that are nearly the same, as the report tells them. */
export interface ReportLetter {
  id: number
  comments: number
  /** As most of them say it; the beginning of what is long. */
  text: string
  language: string | null
  /** The key of what its first comment is on. */
  provision: string
  /** Its own answer. */
  reply: ToldReply | undefined
}

interface Source {
  consultation: number
  replies: readonly ToldReply[]
  directory: Directory
}

/** Groups read at once. */
const PAGE = 200
/** Characters of a text: enough to know a letter by. */
const SHOWN = 300

/** Every group of two published comments or more, the largest first, a page at a time. */
export async function* lettersOf(db: Db, source: Source): AsyncGenerator<ReportLetter> {
  const { consultation, replies, directory } = source
  const own = new Map(replies.toReversed().map((one) => [one.group, one]))
  const codeOf = (id: number) => directory.codeOf(directory.rootOf(id))
  let after: { comments: number; id: number } | undefined
  for (;;) {
    const groups = await largestGroups(db, { consultation, after, limit: PAGE })
    const ids = groups.map(({ id }) => id)
    const texts = new Map((await wordingsOf(db, ids, { limit: 1 })).map((one) => [one.group, one]))
    for (const { id, comments, provision } of groups) {
      const { text = '', language = 0 } = texts.get(id) ?? {}
      const said = codeOf(language)
      yield {
        ...{ id, comments, provision: codeOf(provision), reply: own.get(id) },
        text: text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()} …` : text,
        language: said === NONE ? null : said,
      }
    }
    if (groups.length < PAGE) return
    after = groups.at(-1)
  }
}
