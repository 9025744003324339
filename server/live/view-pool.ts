import type { ViewChange, ViewSpec } from '#shared/view.ts'
import type { Cube } from '../cube/cube.ts'
import { difference } from '../cube/difference.ts'
import { LiveView } from '../cube/live-view.ts'
import type { Question } from '../cube/question.ts'
import { HttpError } from '../http/errors.ts'

/** Views a process keeps live at once. */
const MAX_VIEWS = 2000

interface Kept {
  view: LiveView
  watchers: number
}

/** The views somebody looks at: each question once, however many look. */
export class ViewPool {
  readonly #kept = new Map<string, Kept>()
  /** Who wants a part's contributions. */
  readonly #byPart = new Map<number, Set<LiveView>>()

  get size(): number {
    return this.#kept.size
  }

  find(key: string): LiveView | undefined {
    return this.#kept.get(key)?.view
  }

  /** Keeps a view of the question current until it is released as often as it was acquired. */
  acquire(question: Question, cube: Cube): LiveView {
    const known = this.#kept.get(question.key)
    if (known) {
      known.watchers++
      return known.view
    }
    if (this.#kept.size >= MAX_VIEWS) {
      throw new HttpError(
        503,
        `This server keeps ${MAX_VIEWS} different views live, and all are taken.`,
      )
    }
    const view = freshView(question, cube)
    this.#kept.set(question.key, { view, watchers: 1 })
    this.#subscribe(view)
    return view
  }

  release(key: string): void {
    const kept = this.#kept.get(key)
    if (!kept || --kept.watchers > 0) return
    this.#kept.delete(key)
    this.#unsubscribe(kept.view)
  }

  add(code: number, minute: number, combination: number, n: number, bin: number): void {
    const views = this.#byPart.get(code)
    if (views) for (const view of views) view.add(code, minute, combination, n, bin)
  }

  /** Moves every view to the cube's clock and answers what changed since the last call, by key. */
  takeChanges(cube: Cube): Map<string, ViewChange> {
    const changes = new Map<string, ViewChange>()
    for (const [key, kept] of this.#kept) {
      const change = kept.view.slide(cube)
        ? kept.view.takeChange(key)
        : this.#replace(kept, freshView(kept.view.question, cube))
      if (change) changes.set(key, change)
    }
    return changes
  }

  /**
   * Asks every question again, after names or policies changed; the answers may differ. A range that
   * has grown too old for the cube since it was asked for stays as it was last counted.
   */
  askAgain(understand: (spec: ViewSpec) => Question, cube: Cube): Map<string, ViewChange> {
    const changes = new Map<string, ViewChange>()
    for (const [key, kept] of this.#kept) {
      const question = understand(kept.view.question.spec)
      if (isHeld(question, cube)) changes.set(key, this.#replace(kept, freshView(question, cube)))
      else this.#unsubscribe(kept.view)
    }
    return changes
  }

  #replace(kept: Kept, view: LiveView): ViewChange {
    const key = view.question.key
    const change = difference(kept.view.state(key), view.state(key))
    this.#unsubscribe(kept.view)
    kept.view = view
    this.#subscribe(view)
    return change
  }

  #subscribe(view: LiveView): void {
    for (const { code } of view.question.parts) {
      const views = this.#byPart.get(code) ?? new Set()
      this.#byPart.set(code, views.add(view))
    }
  }

  #unsubscribe(view: LiveView): void {
    for (const { code } of view.question.parts) this.#byPart.get(code)?.delete(view)
  }
}

/** A view counted from the cube, as of now. */
export function freshView(question: Question, cube: Cube): LiveView {
  if (!isHeld(question, cube)) {
    throw new HttpError(
      400,
      'This range begins before what is held live. Ask /api/v1/view for it.',
      {
        path: 'window',
      },
    )
  }
  const view = new LiveView(question, cube).fill(cube)
  view.takeChange('')
  return view
}

/** True when the cube holds all that the question is about. */
export function isHeld(question: Question, cube: Cube): boolean {
  return question.windowAt(cube.minute).start >= cube.horizon
}
