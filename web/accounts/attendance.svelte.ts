import { presenceAt } from './presence.ts'

interface Hearers {
  /** Milliseconds without a touch after which somebody is signed out. */
  idle: number
  /** Somebody is here: at most once a minute, and within one of the last touch. */
  stay: () => Promise<void>
  /** Nobody is. Resolves to false where it could not be done: it is called again. */
  leave: () => Promise<boolean>
}

const NAME = 'clerestory.touched-at'
const TICK = 1000
const MOST_OFTEN = 60_000
const touches = ['pointerdown', 'pointermove', 'click', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Whether somebody is at this site, in whichever of its tabs. A page that is only watched asks for nothing,
 * so what is touched on it counts as use of the session.
 */
export class Attendance {
  #endsAt = $state.raw<number>()
  readonly #hearers: Hearers
  #touchedAt = Date.now()
  /** What the server was told of came before. */
  #toldAt = Date.now()
  #isLeaving = false

  constructor(hearers: Hearers) {
    this.#hearers = hearers
    this.#keep()
  }

  /** When they will be signed out, while that is near. */
  get endsAt(): number | undefined {
    return this.#endsAt
  }

  /** Looks until the function it returns is called. */
  open(): () => void {
    const timer = setInterval(this.#look, TICK)
    for (const touch of touches) addEventListener(touch, this.#touch, { passive: true })
    return () => {
      clearInterval(timer)
      for (const touch of touches) removeEventListener(touch, this.#touch)
    }
  }

  /**
   * A machine that slept too long is looked at before its first touch counts. The warning stays for who
   * moves to its button: it would go from under the pointer, and what is behind it would be pressed.
   */
  #touch = ({ type }: Event): void => {
    if (Date.now() - this.#touchedAt < TICK) return
    this.#look()
    if (this.#isLeaving || (this.#endsAt !== undefined && type === 'pointermove')) return
    this.#touchedAt = Date.now()
    this.#keep()
    this.#endsAt = undefined
  }

  #look = (): void => {
    const now = Date.now()
    this.#touchedAt = Math.max(this.#touchedAt, this.#ofOtherTabs())
    const presence = presenceAt(now, this.#touchedAt, this.#hearers.idle)
    this.#endsAt = presence.kind === 'leaving' ? presence.endsAt : undefined
    if (presence.kind === 'gone') return void this.#leave()
    if (this.#touchedAt <= this.#toldAt || now - this.#toldAt < MOST_OFTEN) return
    this.#toldAt = now
    void this.#hearers.stay()
  }

  async #leave(): Promise<void> {
    if (this.#isLeaving) return
    this.#isLeaving = true
    this.#isLeaving = await this.#hearers.leave()
  }

  #keep(): void {
    try {
      localStorage.setItem(NAME, String(this.#touchedAt))
    } catch {
      // Each tab is then looked at by itself.
    }
  }

  #ofOtherTabs(): number {
    try {
      return Number(localStorage.getItem(NAME))
    } catch {
      return 0
    }
  }
}
