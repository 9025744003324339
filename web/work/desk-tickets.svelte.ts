import type { TicketListName, WorkTickets } from '#shared/work.ts'
import type { PublicTicket } from '#shared/tickets.ts'
import { Refused } from '../api/ask.ts'
import { refusalText } from '../api/refusal-text.ts'
import { ask } from './ask.ts'
import { Paced } from './paced.ts'

/** Milliseconds from one question to the next, however much happens. */
const PAUSE = 3000
/** Rows of a list that is shown whole. */
const MOST = 50

/** The lists of tickets as they were last answered; while they are read, what is shown stays in its place. */
export class DeskTickets {
  #newest = $state.raw<WorkTickets>()
  #shown = $state.raw<WorkTickets>()
  #refusal = $state.raw<string>()
  #isHeld = false
  readonly paced = new Paced(() => this.#refresh(), PAUSE)
  /** Other tickets have come, or in another order. */
  readonly isWaiting: boolean = $derived(
    this.#shown !== undefined && orderOf(this.#shown) !== orderOf(this.#newest!),
  )

  get newest(): WorkTickets | undefined {
    return this.#newest
  }

  get refusal(): string | undefined {
    return this.#refusal
  }

  rowsOf(name: TicketListName): readonly PublicTicket[] {
    return this.#shown?.lists[name].rows ?? []
  }

  /** It has left the list since it was put on the page. */
  isGone(name: TicketListName, ticket: PublicTicket): boolean {
    const rows = this.#newest?.lists[name].rows
    return this.isWaiting && !rows?.some((row) => keyOf(row) === keyOf(ticket))
  }

  hold(isHeld: boolean): void {
    this.#isHeld = isHeld
    if (!isHeld) this.show()
  }

  show(): void {
    this.#shown = this.#newest
  }

  async #refresh(): Promise<void> {
    try {
      this.#newest = await ask<WorkTickets>(`work/tickets?limit=${MOST}`)
      this.#refusal = undefined
      if (!this.#isHeld || !this.#shown) this.show()
    } catch (error) {
      if (error instanceof Refused && error.status > 0) this.#refusal = refusalText(error)
    }
  }
}

export const keyOf = ({ mark, id }: PublicTicket): string => `${mark}/${id}`

const orderOf = ({ lists }: WorkTickets): string =>
  JSON.stringify(Object.values(lists).map(({ rows }) => rows.map(keyOf)))
