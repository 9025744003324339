import type { ViewChange, ViewSpec } from '#shared/view.ts'
import type { Patch, Snapshot } from '#shared/wire.ts'
import type { Question } from '../cube/question.ts'
import type { Engine, Tick } from './engine.ts'
import { type Frame, frameOf } from './frame.ts'

/** A view of a room: the question, and what the room calls it. */
interface Named {
  id: string
  question: Question
}

interface Room {
  views: Named[]
  sockets: number
  /** Of the last tick; many may come at once, and all are sent the same. */
  snapshot?: { asOf: number; frame: Frame } | undefined
}

/** Sets of views that are looked at: each computed once, however many look. */
export class Rooms {
  readonly #engine: Engine
  readonly #rooms = new Map<string, Room>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Enters the room of these views and answers its name; `leave` it as often. Throws an HttpError. */
  enter(specs: readonly ViewSpec[]): string {
    const views = specs.map((spec): Named => {
      const question = this.#engine.understand(spec)
      return { id: spec.id ?? question.key, question }
    })
    const name = JSON.stringify(views.map(({ id, question }) => [id, question.key]))
    const known = this.#rooms.get(name)
    if (known) known.sockets++
    else {
      this.#acquire(views)
      this.#rooms.set(name, { views, sockets: 1 })
    }
    return name
  }

  leave(name: string): void {
    const room = this.#rooms.get(name)
    if (!room || --room.sockets > 0) return
    this.#rooms.delete(name)
    for (const { question } of room.views) this.#engine.release(question)
  }

  /** The room's snapshot as it is sent: made once a tick, however many enter. */
  snapshot(name: string): Frame {
    const room = this.#rooms.get(name)!
    const { asOf } = this.#engine
    if (room.snapshot?.asOf !== asOf) {
      room.snapshot = { asOf, frame: frameOf('views:snapshot', this.#snapshotOf(room)) }
    }
    return room.snapshot.frame
  }

  /** Rooms that cannot go on: a view of theirs is lost, or may not be seen any more. */
  ended(lost: ReadonlySet<string>, isAllowed: (spec: ViewSpec) => boolean): Set<string> {
    const isOver = ({ question }: Named) => lost.has(question.key) || !isAllowed(question.spec)
    return new Set(
      [...this.#rooms].filter(([, { views }]) => views.some(isOver)).map(([name]) => name),
    )
  }

  /** One patch for each room, also where nothing but the clock moved: it says so. */
  *patches({ from, at, asOf, changes }: Tick): Iterable<[name: string, patch: Patch]> {
    for (const [name, room] of this.#rooms) {
      const { views } = room
      room.snapshot = undefined
      const changed: ViewChange[] = []
      for (const { id, question } of views) {
        const change = changes.get(question.key)
        if (change) changed.push({ ...change, id })
      }
      yield [name, { from, at, asOf, views: changed }]
    }
  }

  #snapshotOf({ views }: Room): Snapshot {
    const { at, asOf } = this.#engine
    return {
      at,
      asOf,
      views: views.map(({ id, question }) => this.#engine.answer(question).state(id)),
    }
  }

  /** All or none: what was acquired is released when a later one cannot be. */
  #acquire(views: readonly Named[]): void {
    const acquired: Question[] = []
    try {
      for (const { question } of views) {
        this.#engine.acquire(question)
        acquired.push(question)
      }
    } catch (error) {
      for (const question of acquired) this.#engine.release(question)
      throw error
    }
  }
}
