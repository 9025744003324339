const NAME = 'clerestory.keys'

/** The list of keys, and whether single keys do anything: who dictates to a machine may switch them off. */
class Keys {
  #isOn = $state.raw(read() !== 'off')
  isShown = $state.raw(false)

  get isOn(): boolean {
    return this.#isOn
  }

  /** Kept in this browser; where it keeps nothing, until the page is left. */
  turn(isOn: boolean): void {
    this.#isOn = isOn
    try {
      localStorage.setItem(NAME, isOn ? 'on' : 'off')
    } catch {
      // The browser keeps nothing.
    }
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(NAME)
  } catch {
    return null
  }
}

export const keys = new Keys()
