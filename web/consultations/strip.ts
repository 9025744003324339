import { withClauses } from '#shared/consultations/provision.ts'
import type { ToldProvision } from '#shared/consultations/told.ts'
import { type Cell, NONE, type ViewState } from '#shared/view.ts'

/** What was said on one article with all its clauses, on the whole draft, or on all that is not an article. */
export interface StripItem {
  /** `all`, the article's id, or `rest`. */
  id: string
  kind: 'whole' | 'article' | 'rest'
  provision: ToldProvision | undefined
  /** Rows of the view that belong to it. */
  keys: readonly string[]
  comments: number
  support: number
  oppose: number
  amend: number
}

/** Columns of a row, by name. */
export function cellsOf(view: ViewState | undefined, row: readonly unknown[] | undefined) {
  const cells = new Map<string, Cell>()
  for (const [place, { id }] of (view?.columns ?? []).entries()) {
    cells.set(id, (row?.[place] as Cell | undefined) ?? null)
  }
  return (name: string): number => cells.get(name) ?? 0
}

/**
 * The draft as it stands, with what was said on each article: the counts of all items are those of all
 * comments, also of those on provisions that are no longer in the draft.
 */
export function stripOf(
  provisions: readonly ToldProvision[],
  view: ViewState | undefined,
): StripItem[] {
  const rows = new Map((view?.rows ?? []).map((row) => [row[0], row]))
  const left = new Set([...rows.keys()].filter((key) => key !== null))
  const item = (base: Pick<StripItem, 'id' | 'kind' | 'provision' | 'keys'>): StripItem => {
    const counts = base.keys.map((key) => cellsOf(view, rows.get(key)))
    const sum = (name: string) => counts.reduce((sum, cell) => sum + cell(name), 0)
    for (const key of base.keys) left.delete(key)
    return {
      ...base,
      comments: sum('commentsPublished'),
      support: sum('stance.support'),
      oppose: sum('stance.oppose'),
      amend: sum('stance.amend'),
    }
  }
  const articles = provisions.filter(({ kind }) => kind === 'article')
  const items = [
    item({ id: 'all', kind: 'whole', provision: undefined, keys: [NONE] }),
    ...articles.map((provision) => {
      const keys = withClauses(provisions, provision.id).map(({ key }) => key)
      return item({ id: provision.id, kind: 'article', provision, keys })
    }),
  ]
  const rest = item({ id: 'rest', kind: 'rest', provision: undefined, keys: [...left] })
  return rest.comments > 0 ? [...items, rest] : items
}

/** The column of a provision, by what addresses call it: that of the article a clause lies in. */
export function itemOf(
  items: readonly StripItem[],
  provisions: readonly ToldProvision[],
  id: string,
): StripItem | undefined {
  const within = provisions.find((one) => one.id === id && one.kind === 'clause')?.within
  return items.find((item) => item.id === (within ?? id))
}

/** Which of the five colours a column has: by its share of the tallest. */
export function shadeOf(comments: number, most: number): 1 | 2 | 3 | 4 | 5 {
  const share = most > 0 ? comments / most : 0
  const step = [0.04, 0.1, 0.18, 0.45].findIndex((edge) => share <= edge)
  return (step < 0 ? 5 : step + 1) as 1 | 2 | 3 | 4 | 5
}

/** The chapters over the strip, with how many of its columns each covers. */
export function chaptersOf(
  provisions: readonly ToldProvision[],
  items: readonly StripItem[],
): { id: string; name: string; columns: number }[] {
  const runs: { id: string; name: string; columns: number }[] = []
  for (const { provision } of items) {
    const id = provision?.within ?? ''
    const last = runs.at(-1)
    if (last?.id === id) last.columns++
    else {
      const chapter = provisions.find((one) => one.id === id)
      runs.push({ id, name: chapter?.heading || chapter?.label || '', columns: 1 })
    }
  }
  return runs
}
