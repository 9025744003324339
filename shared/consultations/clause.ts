import type { ToldClause } from './told-replies.ts'

type InLanguages = Readonly<Record<string, string>>

/** A clause that a suggestion may name or has named, with the title of what it is a draft of. */
export interface LinkedClause extends ToldClause {
  titles: InLanguages
}

const CLAUSE = /^(?:clause:)?([a-z0-9]+(?:-[a-z0-9]+)*\/[1-9]\d?\/[a-z0-9][a-z0-9.~-]{0,39})$/

/**
 * The code by which a link names a clause of a draft, `CODE/DRAFT/ID`, whether or not there is one; undefined of
 * what is cited otherwise.
 */
export const clauseIn = (to: string): string | undefined => CLAUSE.exec(to)?.[1]

/** Where the page shows it; it stays so under every later draft. */
export const clausePath = (code: string): string =>
  `/consultations/${code.slice(0, code.indexOf('/'))}?on=${encodeURIComponent(code)}#panel-article`

/** What a clause is called after its article: `Article 9 (2)`, `第九条（二）`. */
export function nameWithin(own: string, article: string | undefined): string {
  if (article === undefined || article === '' || own === '') return own || (article ?? '')
  return own.startsWith('（') ? article + own : `${article} ${own}`
}
