import { read, Refused } from './ask.ts'

type Page<Name extends string, Item> = Record<Name, readonly Item[]> & {
  next: string | number | null
}

interface Shape<Name extends string> {
  /** What the answer calls its items. */
  items: Name
  /** The parameter that takes `next`. */
  cursor: string
}

/** A list as far as the reader has asked for it, of one question at a time. */
export class Paged<Name extends string, Item> {
  #items = $state.raw<readonly Item[]>()
  #next = $state.raw<string | number | null>(null)
  #refusal = $state.raw<Refused>()
  #isAsking = $state.raw(false)
  readonly #shape: Shape<Name>
  #path = ''
  #isShort = true
  #gone = new AbortController()

  constructor(shape: Shape<Name>) {
    this.#shape = shape
  }

  /** Undefined until the first answer. */
  get items(): readonly Item[] | undefined {
    return this.#items
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  /** The reader has asked for no further page. */
  get isShort(): boolean {
    return this.#isShort
  }

  get isAsking(): boolean {
    return this.#isAsking
  }

  /** Of the last question; what was read before stays. */
  get refusal(): Refused | undefined {
    return this.#refusal
  }

  /** Puts another in the place of each that it is the newer one of. */
  renew(item: Item, isIt: (other: Item) => boolean): void {
    this.#items = this.#items?.map((other) => (isIt(other) ? item : other))
  }

  /** Begins another list; answers how to leave it. */
  open(path: string): () => void {
    this.#gone.abort()
    this.#gone = new AbortController()
    this.#path = path
    this.#isShort = true
    void this.#ask(path, [])
    return () => this.#gone.abort()
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
