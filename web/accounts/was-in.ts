const NAME = 'clerestory.signed-in'

/** Whether somebody was signed in when the page was last here: so that nothing moves when the answer comes. */
export function wasIn(): boolean {
  try {
    return localStorage.getItem(NAME) === 'yes'
  } catch {
    return false
  }
}

export function keepIn(isIn: boolean): void {
  try {
    localStorage.setItem(NAME, isIn ? 'yes' : 'no')
  } catch {
    // The next page begins as for nobody.
  }
}
