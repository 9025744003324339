export const provisionKinds = ['preamble', 'chapter', 'article', 'clause'] as const
export type ProvisionKind = (typeof provisionKinds)[number]

/** One piece of a draft, in the draft's own order; what it lies in stands before it. */
export interface Provision {
  /** Unique in its draft: `9`, `9a`, `9.2`, `c3`. What comments name, beside the draft's number. */
  id: string
  kind: ProvisionKind
  /** As the draft writes it: `Article 9`, `第九条`, `(2)`. */
  label: string
  heading: string
  text: string
  /** The id of the article or chapter it lies in. */
  within: string | null
}

/** The id of what stands before the first heading, which no draft numbers. */
export const PREAMBLE = 'preamble'

/** By the code of a provision, `CODE/DRAFT/ID`. */
export const isPreamble = (code: string): boolean => code.endsWith(`/${PREAMBLE}`)

/** All that a provision says in its own words. */
export const wordsOf = ({ heading, text }: Pick<Provision, 'heading' | 'text'>): string =>
  [heading, text].filter((part) => part !== '').join('\n')

/** A provision with what is read with it: an article with its clauses, anything else alone. */
export const withClauses = <One extends Provision>(all: readonly One[], id: string): One[] =>
  all.filter((one) => one.id === id || (one.kind === 'clause' && one.within === id))
