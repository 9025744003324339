/** What somebody typed and the server has not answered, as this browser keeps it. */
export interface Kept<Fields> {
  /** Under which it is sent, once. */
  key: string
  fields: Fields
  /** Milliseconds. */
  keptAt: number
  /** It was sent and not answered: as what. */
  sent?: string
}

/** Where what is typed into one form lies. */
export interface Shelf<Fields> {
  read(): Kept<Fields> | undefined
  /** False where nothing may be stored: then it lasts as long as the page. */
  write(kept: Kept<Fields>): boolean
  forget(): void
}

const nameOf = (name: string): string => `clerestory.form.${name}`

/** By its name, in this browser. What cannot be read is as good as nothing. */
export const shelfOf = <Fields extends object>(name: string, blank: Fields): Shelf<Fields> => ({
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(nameOf(name)) ?? 'null') as Kept<Fields> | null
      if (typeof kept?.key !== 'string' || typeof kept.fields !== 'object') return undefined
      return { ...kept, fields: { ...blank, ...known(kept.fields, blank) } }
    } catch {
      return undefined
    }
  },
  write(kept) {
    try {
      localStorage.setItem(nameOf(name), JSON.stringify(kept))
      return true
    } catch {
      return false
    }
  },
  forget() {
    try {
      localStorage.removeItem(nameOf(name))
    } catch {
      // Nothing is kept.
    }
  },
})

/** A field that an older page did not know is blank, and so is one that is of another kind now. */
function known<Fields extends object>(stored: Fields, blank: Fields): Partial<Fields> {
  const fits = ([name, value]: [string, unknown]) => {
    const own = blank[name as keyof Fields]
    return typeof value === typeof own && Array.isArray(value) === Array.isArray(own)
  }
  return Object.fromEntries(Object.entries(stored).filter(fits)) as Partial<Fields>
}
