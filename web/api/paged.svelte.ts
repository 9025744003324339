import { read, Refused } from './ask.ts'

type Page<Name extends string, Item> = Record<Name, readonly Item[]> & {
  next: string | number | null
}

interface Shape<Name extends string, Item> {
  /** What the answer calls its items. */
  items: Name
  /** The parameter that takes `next`. */
  cursor: string
  /** Which one an item is, by what records tell of it. */
  idOf: (item: Item) => number
}

/** A list as far as the reader has asked for it, of one question at a time, and how many newer ones there are. */
export class Paged<Name extends string, Item> {
  #items = $state.raw<readonly Item[]>()
  #next = $state.raw<string | number | null>(null)
  #refusal = $state.raw<Refused>()
  #isAsking = $state.raw(false)
  #told = $state.raw<readonly number[]>([])
  readonly #shape: Shape<Name, Item>
  #path = ''
  #isShort = true
  #gone = new AbortController()

  constructor(shape: Shape<Name, Item>) {
    this.#shape = shape
  }

  /** Undefined until the first answer. */
  get items(): readonly Item[] | undefined {
    return this.#items
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  get isAsking(): boolean {
    return this.#isAsking
  }

  /** Of the last question; what was read before stays. */
  get refusal(): Refused | undefined {
    return this.#refusal
  }

  /** How many were told that are not here: what was told while the list was asked for may be in it. */
  get newer(): number {
    return this.#told.filter((id) => !this.has(id)).length
  }

  has(id: number): boolean {
    return this.#items?.some((item) => this.#shape.idOf(item) === id) === true
  }

  /** There are these; they wait until the reader asks for them. */
  tell(...ids: readonly number[]): void {
    this.#told = [...new Set([...this.#told, ...ids])]
  }

  /** Puts another in the place of each that it is the newer one of. */
  renew(item: Item, isIt: (other: Item) => boolean): void {
    this.#items = this.#items?.map((other) => (isIt(other) ? item : other))
  }

  /** Begins another list, or the same with what is newer; answers how to leave it. */
  open(path = this.#path): () => void {
    this.#gone.abort()
    this.#gone = new AbortController()
    this.#path = path
    this.#isShort = true
    this.#told = []
    void this.#ask(path, [])
    return () => this.#gone.abort()
  }

  /** Something may have been missed: who has read on keeps what they read, and is told of it. */
  catchUp(): void {
    if (this.#isShort) this.open()
    else void this.#lookAgain()
  }

  /** Asks for the next page, or again for the one that was not answered. */
  more(): void {
    const isFirst = this.#items === undefined || this.#next === null
    if (this.#isAsking) return
    if (isFirst) return void this.#ask(this.#path, [])
    this.#isShort = false
    const sign = this.#path.includes('?') ? '&' : '?'
    const cursor = encodeURIComponent(String(this.#next))
    void this.#ask(`${this.#path}${sign}${this.#shape.cursor}=${cursor}`, this.#items ?? [])
  }

  async #lookAgain(): Promise<void> {
    const { signal } = this.#gone
    const first = await read<Page<Name, Item>>(this.#path, signal).catch(() => undefined)
    if (first && !signal.aborted) this.tell(...first[this.#shape.items].map(this.#shape.idOf))
  }

  async #ask(path: string, before: readonly Item[]): Promise<void> {
    const { signal } = this.#gone
    this.#isAsking = true
    const told = await read<Page<Name, Item>>(path, signal).catch((error: Refused) => error)
    if (signal.aborted) return
    this.#isAsking = false
    this.#refusal = told instanceof Refused ? told : undefined
    if (told instanceof Refused) return
    this.#items = [...before, ...told[this.#shape.items]]
    this.#next = told.next
  }
}
