import type { ViewSpec } from '#shared/view.ts'

/** A set of questions under names of its own, so that an answer tells which set it belongs to. */
export interface ViewSet {
  /** As the page asked. */
  specs: readonly ViewSpec[]
  /** As the server is asked: each name carries the set's mark, the same for everybody who asks the same. */
  marked: readonly ViewSpec[]
  /** The page's name of each marked one. */
  names: ReadonlyMap<string, string>
}

export function markViews(specs: readonly ViewSpec[]): ViewSet {
  const mark = hash(JSON.stringify(specs))
  const marked = specs.map((spec) => ({ ...spec, id: `${spec.id}.${mark}` }))
  return { specs, marked, names: new Map(specs.map((spec, i) => [marked[i]!.id, spec.id ?? ''])) }
}

/** Whether an answer's views are those of the set. */
export function isAnswer(
  { names }: Pick<ViewSet, 'names'>,
  views: readonly { id: string }[],
): boolean {
  return views.length === names.size && views.every((view) => names.has(view.id))
}

/** FNV-1a over UTF-16 units, twice with different beginnings: 64 bits, far from any chance meeting. */
function hash(text: string): string {
  return [0x811c9dc5, 0x9e3779b9].map((seed) => fnv(text, seed).toString(36)).join('')
}

function fnv(text: string, seed: number): number {
  let value = seed
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  }
  return value >>> 0
}
