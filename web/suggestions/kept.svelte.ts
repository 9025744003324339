/** What of a form outlives the page it is typed into. */
interface Stored<Fields> {
  key: string
  fields: Fields
}

/**
 * What is typed into a form, kept in this browser until it is sent: over a reload, a session that ended and
 * a server that does not answer. Each has one key, so that however often it is sent it is done once.
 */
export class Kept<Fields extends object> {
  fields = $state() as Fields
  #key: string
  readonly #name: string
  readonly #blank: () => Fields

  constructor(name: string, blank: () => Fields) {
    this.#name = `clerestory.form.${name}`
    this.#blank = blank
    const { key, fields } = this.#stored()
    this.#key = key
    this.fields = fields
  }

  get key(): string {
    return this.#key
  }

  /** Something is typed that is not sent. */
  get isTouched(): boolean {
    return JSON.stringify(this.fields) !== JSON.stringify(this.#blank())
  }

  /** To be called with each change. */
  keep(): void {
    const text = JSON.stringify({ key: this.#key, fields: this.fields } satisfies Stored<Fields>)
    if (this.isTouched) store(() => localStorage.setItem(this.#name, text))
    else store(() => localStorage.removeItem(this.#name))
  }

  /** It was sent, or is to be begun anew: what comes next is another one. */
  clear(): void {
    this.#key = crypto.randomUUID()
    this.fields = this.#blank()
    store(() => localStorage.removeItem(this.#name))
  }

  /** Fields that an older page did not know are blank; what cannot be read is as good as nothing. */
  #stored(): Stored<Fields> {
    const anew = { key: crypto.randomUUID(), fields: this.#blank() }
    try {
      const kept = JSON.parse(localStorage.getItem(this.#name) ?? 'null') as Stored<Fields> | null
      if (typeof kept?.key !== 'string' || typeof kept.fields !== 'object') return anew
      return { key: kept.key, fields: { ...anew.fields, ...known(kept.fields, anew.fields) } }
    } catch {
      return anew
    }
  }
}

/** Of what was stored, what is of the kind that the form has. */
function known<Fields extends object>(stored: Partial<Fields>, blank: Fields): Partial<Fields> {
  const fits = ([name, value]: [string, unknown]) => {
    const own = blank[name as keyof Fields]
    return typeof value === typeof own && Array.isArray(value) === Array.isArray(own)
  }
  return Object.fromEntries(Object.entries(stored).filter(fits)) as Partial<Fields>
}

/** Where nothing may be stored, what is typed lasts as long as the page. */
function store(write: () => void): void {
  try {
    write()
  } catch {
    // The page holds it.
  }
}
