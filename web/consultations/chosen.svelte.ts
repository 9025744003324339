import type { SaidOn } from '#shared/consultations/answering.ts'
import type { ToldProvision } from '#shared/consultations/told.ts'
import { Address } from '../router/address.svelte.ts'
import type { ConsultationState } from './consultation-state.svelte.ts'
import { type Gone, goneFrom, inLanguage } from './provision-name.ts'
import { saidByKey } from './replies.ts'
import { itemOf, keyNamed, type StripItem, stripOf } from './strip.ts'

/** The draft as it is read, and what the address names of it. */
export class Chosen {
  readonly #page: ConsultationState
  readonly #address = new Address()
  readonly #asked: URLSearchParams = $derived(new URLSearchParams(this.#address.query))
  readonly provisions: readonly ToldProvision[] = $derived.by(
    () => inLanguage(this.#page.detail?.texts ?? {}) ?? [],
  )
  readonly #gone: readonly Gone[] = $derived.by(() => goneFrom(this.#page.detail ?? { gone: [] }))
  readonly items: readonly StripItem[] = $derived.by(() =>
    stripOf({ provisions: this.provisions, gone: this.#gone }, this.#page.view('provisions')),
  )
  /** Empty until it is known what was answered. */
  readonly said: ReadonlyMap<string, SaidOn> = $derived.by(() => {
    const told = this.#page.replies.answer
    if (!told) return new Map()
    return saidByKey({ view: this.#page.view('provisions'), provisions: this.provisions, told })
  })
  /** What the page is narrowed to; without it, the busiest is shown. */
  readonly within: StripItem | undefined = $derived.by(() => {
    const wanted = this.#asked.get('provision')
    return wanted === null ? undefined : itemOf(this.items, this.provisions, wanted)
  })
  readonly item: StripItem | undefined = $derived.by(() => {
    const key = keyNamed(this.#page.detail, this.on)
    const named = this.items.find(({ keys }) => key !== null && keys.includes(key))
    const busiest = this.items.toSorted((one, other) => other.comments - one.comments)[0]
    return this.within ?? named ?? busiest
  })

  constructor(page: ConsultationState) {
    this.#page = page
  }

  /** What a link leads to: the key of a row, or a clause of a draft. */
  get on(): string | null {
    return this.#asked.get('on')
  }

  /** Links lead to one group of comments. */
  get group(): number | undefined {
    return Number(this.#asked.get('group')) || undefined
  }

  choose(id: string | undefined): void {
    const query = new URLSearchParams(this.#address.query)
    for (const name of ['provision', 'on']) query.delete(name)
    if (id !== undefined) query.set('provision', id)
    this.#address.push(query.size === 0 ? '' : `?${query}`)
  }

  /** The column that lies so many further; undefined: there is none. */
  beside(steps: 1 | -1): StripItem | undefined {
    const at = this.items.findIndex(({ id }) => id === this.item?.id)
    return at < 0 ? undefined : this.items[at + steps]
  }
}
