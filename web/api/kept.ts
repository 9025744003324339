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

/** Whose words, and in which of their forms. */
export interface FormOf {
  person: string
  form: string
}

/** Under which this browser keeps them. */
export const keptName = ({ person, form }: FormOf): string => `clerestory.form.${person}.${form}`

/** Names of all that somebody typed here and that was not sent, or not answered. */
export function unsentOf(person: string): string[] {
  const start = keptName({ person, form: '' })
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(start))
  } catch {
    return []
  }
}

/** Nobody who uses this browser after them reads it. */
export function forgetUnsent(person: string): void {
  for (const name of unsentOf(person)) localStorage.removeItem(name)
}

/** In this browser. What cannot be read is as good as nothing. */
export const shelfOf = <Fields extends object>(of: FormOf, blank: Fields): Shelf<Fields> => ({
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(keptName(of)) ?? 'null') as Kept<Fields> | null
      if (typeof kept?.key !== 'string' || typeof kept.fields !== 'object') return undefined
      return { ...kept, fields: { ...blank, ...known(kept.fields, blank) } }
    } catch {
      return undefined
    }
  },
  write(kept) {
    try {
      localStorage.setItem(keptName(of), JSON.stringify(kept))
      return true
    } catch {
      return false
    }
  },
  forget() {
    try {
      localStorage.removeItem(keptName(of))
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
