import type { ViewChange, ViewSpec } from '#shared/view.ts'
import type { Cube } from '../cube/cube.ts'
import { difference } from '../cube/difference.ts'
import { LiveView } from '../cube/live-view.ts'
import type { Question } from '../cube/question.ts'
import { HttpError } from '../http/errors.ts'

/** Views a process keeps live at once. */
const MAX_VIEWS = 2000
/** A view of members over time may have so many times the rows of another. */
const OVER_TIME = 4

interface Kept {
  view: LiveView
  watchers: number
}

export interface Changes {
  /** By the key of their question. */
  changes: Map<string, ViewChange>
  /** Questions that can be answered no longer: their range has grown too old for the cube. */
  lost: Set<string>
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
    this.requireSpace([question])
    const view = freshView(question, cube)
    this.#kept.set(question.key, { view, watchers: 1 })
    this.#subscribe(view)
    return view
  }

  /** Throws a 503 when the questions that nobody asks yet are more than this process can keep live. */
  requireSpace(questions: readonly Question[]): void {
    const fresh = new Map(questions.map((question) => [question.key, question]))
    for (const key of fresh.keys()) if (this.#kept.has(key)) fresh.delete(key)
    const kept = [...this.#kept.values()].map(({ view }) => view.question)
    if (spaceOf(kept) + spaceOf([...fresh.values()]) <= MAX_VIEWS) return
    throw new HttpError(
      503,
      `This server keeps ${MAX_VIEWS} different views live, and all are taken.`,
    )
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

  /** Moves every view to the cube's clock, and tells what changed since the last call. */
  takeChanges(cube: Cube): Changes {
    return this.#each((key, kept) =>
      kept.view.slide(cube)
        ? kept.view.takeChange(key)
        : this.#replace(kept, freshView(kept.view.question, cube)),
    )
  }

  /** Asks every question again, after names or policies changed; the answers may differ. */
  askAgain(understand: (spec: ViewSpec) => Question, cube: Cube): Changes {
    return this.#each((_, kept) =>
      this.#replace(kept, freshView(understand(kept.view.question.spec), cube)),
    )
  }

  /** A view that can be answered no longer is not kept, and does not keep others from being answered. */
  #each(changeOf: (key: string, kept: Kept) => ViewChange | undefined): Changes {
    const changes = new Map<string, ViewChange>()
    const lost = new Set<string>()
    for (const [key, kept] of this.#kept) {
      try {
        const change = changeOf(key, kept)
        if (change) changes.set(key, change)
      } catch (error) {
        if (!(error instanceof HttpError)) throw error
        this.#unsubscribe(kept.view)
        this.#kept.delete(key)
        lost.add(key)
      }
    }
    return { changes, lost }
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

const spaceOf = (questions: readonly Question[]): number =>
  questions.reduce((space, { spec }) => space + (spec.over === undefined ? 1 : OVER_TIME), 0)

/** A view counted from the cube, as of now. Throws a 400 when the cube does not hold its range. */
export function freshView(question: Question, cube: Cube): LiveView {
  requireHeld(question, cube)
  const view = new LiveView(question, cube).fill(cube)
  view.takeChange('')
  return view
}

export function requireHeld(question: Question, cube: Cube): void {
  if (isHeld(question, cube)) return
  const why = 'This range begins before what is held live. Ask /api/v1/view for it.'
  throw new HttpError(400, why, { path: 'window' })
}

/** True when the cube holds all that the question is about. */
export function isHeld(question: Question, cube: Cube): boolean {
  return question.windowAt(cube.minute).start >= cube.horizon
}
