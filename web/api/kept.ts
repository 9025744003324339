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

const nameOf = (name: string): string => `clerestory.form.${name}`

/** What of it is of the kind that the form has; undefined also for what cannot be read. */
export function readKept<Fields extends object>(
  name: string,
  blank: Fields,
): Kept<Fields> | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(name)) ?? 'null') as Kept<Fields> | null
    if (typeof kept?.key !== 'string' || typeof kept.fields !== 'object') return undefined
    const { key, keptAt, sent } = kept
    const fields = { ...blank, ...known(kept.fields, blank) }
    return { key, fields, keptAt, ...(typeof sent === 'string' && { sent }) }
  } catch {
    return undefined
  }
}

/** False where nothing may be stored: then it lasts as long as the page. */
export function writeKept(name: string, kept: Kept<object>): boolean {
  try {
    localStorage.setItem(nameOf(name), JSON.stringify(kept))
    return true
  } catch {
    return false
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(nameOf(name))
  } catch {
    // Nothing is kept.
  }
}

/** The names of what is kept that begin so, without that beginning. */
export function keptNames(start: string): string[] {
  try {
    const whole = nameOf(start)
    const names = Object.keys(localStorage).filter((name) => name.startsWith(whole))
    return names.map((name) => name.slice(whole.length))
  } catch {
    return []
  }
}

/** A field that an older page did not know is blank, and so is one that is of another kind now. */
function known<Fields extends object>(stored: Fields, blank: Fields): Partial<Fields> {
  const fits = ([name, value]: [string, unknown]) => {
    const own = blank[name as keyof Fields]
    return typeof value === typeof own && Array.isArray(value) === Array.isArray(own)
  }
  return Object.fromEntries(Object.entries(stored).filter(fits)) as Partial<Fields>
}
