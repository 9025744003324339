const nameOf = (person: string): string => `clerestory.looked.${person}`

/** The newest act that this person had seen when they last looked, in this browser; undefined: they never did. */
export function lastLook(person: string): number | undefined {
  try {
    const kept = Number(localStorage.getItem(nameOf(person)) ?? NaN)
    return Number.isSafeInteger(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

export function keepLook(person: string, act: number): void {
  try {
    localStorage.setItem(nameOf(person), String(act))
  } catch {
    // Everything is as new the next time.
  }
}
