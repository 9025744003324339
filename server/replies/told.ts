import { articleOf } from '#shared/consultations/article-of.ts'
import { nameWithin } from '#shared/consultations/clause.ts'
import type { ToldClause, ToldReply } from '#shared/consultations/told-replies.ts'
import type { DraftRow } from '../consultations/consultation-queries.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { ReplyRow } from './queries.ts'

interface Telling {
  code: string
  drafts: readonly DraftRow[]
  directory: Directory
}

/** Of each provision the answer that was given last stands: several became one when drafts were matched. */
export function toldReplies(rows: readonly ReplyRow[], telling: Telling): ToldReply[] {
  return rows.map((row) => toldReply(row, telling))
}

function toldReply(row: ReplyRow, telling: Telling) {
  const { id, version, state, role, text, withheld, groupNow } = row
  const { about, verdict, firstAt, at, language, links } = state
  const { directory } = telling
  return {
    ...{ id, version, verdict, firstAt, at, role, text, language },
    key: 'provision' in about ? directory.codeOf(directory.rootOf(about.provision)) : null,
    group: groupNow,
    withheld: withheld.text ?? null,
    clauses: links.flatMap(({ to }) => clauseOf(to, telling) ?? []),
  } satisfies ToldReply
}

function clauseOf(code: string, { code: consultation, drafts }: Telling): ToldClause | undefined {
  for (const { number, texts } of drafts) {
    const labels = Object.entries(texts).flatMap(([language, provisions]) => {
      const named = (wanted: string) =>
        provisions.find(({ id }) => `${consultation}/${number}/${id}` === wanted)?.label
      const own = named(code)
      if (own === undefined) return []
      const article = articleOf(code)
      const label = nameWithin(own, article === code ? undefined : named(article))
      return [[language, label] as const]
    })
    if (labels.length > 0) return { code, draft: number, labels: Object.fromEntries(labels) }
  }
  return undefined
}
