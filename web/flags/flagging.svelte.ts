import type { Component } from 'svelte'
import type { ClaimInput } from '#shared/oversight/evidence.ts'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import type { PublishedView } from '../live/ask-published.ts'

/** A number on a board: what the board showed of it is asked for when somebody flags it. */
export interface OnBoard {
  board: {
    readonly answer: { at: At } | undefined
    readonly freshness: { asOf: number | undefined }
    readonly published: { newest: PublishedView | undefined }
    view(id: string): ViewState | undefined
    spec(id: string): ViewSpec | undefined
  }
  about: { measure: string; view: string; row?: { key: string } | undefined }
}

/** What else can be flagged: the newest that the page shows of it, as often as it is asked. */
export interface Shown {
  claim(): ClaimInput | undefined
  /** Milliseconds. */
  asOf(): number | undefined
}

export type What = OnBoard | Shown

type FlagButton = Component<{ what: What; isNamed?: boolean; tabindex?: 0 | -1 }>

/** Whether who reads may flag, and what is being flagged. Light: the rest comes for those who may. */
class Flagging {
  #Button = $state.raw<FlagButton>()
  #asked = $state.raw<{ what: What; from: Element | null }>()

  /** Only where somebody is a current observer. */
  get Button(): FlagButton | undefined {
    return this.#Button
  }

  get asked(): { what: What; from: Element | null } | undefined {
    return this.#asked
  }

  allow(Button: FlagButton | undefined): void {
    this.#Button = Button
  }

  /** `from` stands in the panel whose picture goes with it. */
  open(what: What, from: Element | null = document.activeElement): void {
    this.#asked = { what, from }
  }

  close(): void {
    this.#asked = undefined
  }
}

export const flagging = new Flagging()
