import { withClauses } from '#shared/consultations/provision.ts'
import type { ConsultationDetail, ToldProvision } from '#shared/consultations/told.ts'
import { type Cell, NONE, type ViewState } from '#shared/view.ts'
import type { Gone } from './provision-name.ts'

/** What was said on one article with all its clauses, on another part of the draft, or on the whole of it. */
export interface StripItem {
  /** `all`, the provision's id, or the key of what the draft that is shown has not. */
  id: string
  kind: 'whole' | 'preamble' | 'chapter' | 'article' | 'gone' | 'elsewhere'
  /** Undefined: the whole draft, or what is in no draft that is shown. */
  provision: ToldProvision | Gone | undefined
  /** Rows of the view that belong to it. */
  keys: readonly string[]
  comments: number
  support: number
  oppose: number
  amend: number
  /** People, organisations and writers on paper: who wrote on several of its rows counts in each. */
  people: number
}

type Base = Pick<StripItem, 'id' | 'kind' | 'provision' | 'keys'>

/** Columns of a row, by name. */
export function cellsOf(view: ViewState | undefined, row: readonly unknown[] | undefined) {
  const cells = new Map<string, Cell>()
  for (const [place, { id }] of (view?.columns ?? []).entries()) {
    cells.set(id, (row?.[place] as Cell | undefined) ?? null)
  }
  return (name: string): number => cells.get(name) ?? 0
}

interface Draft {
  /** In one language. */
  provisions: readonly ToldProvision[]
  gone: readonly Gone[]
}

/**
 * The draft as it stands, with what was said on each part of it; then, of what was commented on, what it has no more, and
 * what is in no draft that is shown. The counts of all items are those of all comments; only a clause that went elsewhere
 * when its article was taken out counts with both.
 */
export function stripOf({ provisions, gone }: Draft, view: ViewState | undefined): StripItem[] {
  const rows = new Map((view?.rows ?? []).map((row) => [row[0], row]))
  const left = new Set([...rows.keys()].filter((key) => key !== null))
  const item = (base: Base): StripItem => {
    for (const key of base.keys) left.delete(key)
    return { ...base, ...countsOf(base.keys.map((key) => cellsOf(view, rows.get(key)))) }
  }
  const whole = item({ id: 'all', kind: 'whole', provision: undefined, keys: [NONE] })
  const shown = provisions.flatMap((one) => baseOf(one, provisions)).map(item)
  const taken = goneBases(gone).map(item)
  const elsewhere = [...left].map((key) =>
    item({ id: key, kind: 'elsewhere', provision: undefined, keys: [key] }),
  )
  const others = [...taken, ...elsewhere].filter(({ comments }) => comments > 0)
  return [whole, ...shown.filter(isShown), ...others]
}

function baseOf(provision: ToldProvision, all: readonly ToldProvision[]): Base[] {
  const { id, kind } = provision
  if (kind === 'clause') return []
  return [{ id, kind, provision, keys: withClauses(all, id).map(({ key }) => key) }]
}

/** Clauses that were taken out with their article are read with it. */
function goneBases(gone: readonly Gone[]): Base[] {
  const within = new Set(gone.flatMap(({ keys }) => keys.slice(1)))
  return gone
    .filter(({ key }) => !within.has(key))
    .map((provision) => ({ id: provision.key, kind: 'gone', provision, keys: provision.keys }))
}

/** A chapter that says nothing itself, and of which nothing is said, stands over its articles alone. */
const isShown = ({ kind, provision, comments }: StripItem): boolean =>
  kind !== 'chapter' || provision?.text !== '' || comments > 0

function countsOf(cells: readonly ((name: string) => number)[]) {
  const sum = (name: string) => cells.reduce((sum, cell) => sum + cell(name), 0)
  return {
    comments: sum('commentsPublished'),
    support: sum('stance.support'),
    oppose: sum('stance.oppose'),
    amend: sum('stance.amend'),
    people: sum('peopleOfProvision'),
  }
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

/** The key of what a link names: itself, or that with which a provision of some draft, `CODE/DRAFT/ID`, goes on. */
export function keyNamed(
  detail: Pick<ConsultationDetail, 'code' | 'draft' | 'texts' | 'keys'> | undefined,
  name: string | null,
): string | null {
  if (!detail || name === null) return name
  const shown = Object.values(detail.texts)
    .flat()
    .find(({ id }) => `${detail.code}/${detail.draft}/${id}` === name)
  return shown?.key ?? detail.keys[name] ?? name
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
  for (const item of items) {
    const id = chapterOf(item)
    const last = runs.at(-1)
    if (last?.id === id) last.columns++
    else {
      const chapter = provisions.find((one) => one.id === id)
      runs.push({ id, name: chapter?.heading || chapter?.label || '', columns: 1 })
    }
  }
  return runs
}

/** What was taken out lies in no chapter that is there. */
function chapterOf({ kind, id, provision }: StripItem): string {
  if (kind === 'chapter') return id
  return kind === 'article' ? (provision?.within ?? '') : ''
}
