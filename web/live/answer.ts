import { applyChange, type At, type ViewSpec, type ViewState } from '#shared/view.ts'
import type { Patch, Snapshot } from '#shared/wire.ts'
import { isAnswer, type ViewSet } from './view-set.ts'

/** Views as the server last answered them, by the page's names, and the set of questions they answer. */
export interface Answer {
  specs: readonly ViewSpec[]
  at: At
  views: ReadonlyMap<string, ViewState>
}

/** Undefined when the snapshot answers another set. */
export function readSnapshot({ specs, names }: ViewSet, snapshot: Snapshot): Answer | undefined {
  if (!isAnswer({ names }, snapshot.views)) return undefined
  const views = new Map(snapshot.views.map((view) => [names.get(view.id)!, view]))
  return { specs, at: snapshot.at, views }
}

/** Undefined when the patch does not lead on from the answer (I4). */
export function applyPatch({ names }: ViewSet, answer: Answer, patch: Patch): Answer | undefined {
  if (!isSame(patch.from, answer.at)) return undefined
  const views = new Map(answer.views)
  for (const change of patch.views) {
    const name = names.get(change.id)
    const view = name && views.get(name)
    if (!view) return undefined
    views.set(name, applyChange(view, change))
  }
  return { ...answer, at: patch.at, views }
}

/** Whether the answer holds all that a patch to `at` would bring. */
export const isContained = (at: At, answer: Answer): boolean =>
  at[0] <= answer.at[0] && at[1] <= answer.at[1]

const isSame = (a: At, b: At): boolean => a[0] === b[0] && a[1] === b[1]
