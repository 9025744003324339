import type { MyRecords } from './my-records.svelte.ts'

/** Milliseconds over which pages ask what their people may do, where one act may concern all of them. */
const SPREAD = 1000

/** The records of who is signed in, for the pages of this tab; undefined while nobody is. */
class Here {
  #records = $state.raw<MyRecords>()
  #standings = $state(0)
  #timer: ReturnType<typeof setTimeout> | undefined

  get records(): MyRecords | undefined {
    return this.#records
  }

  /** How often there was reason to ask again what one is appointed to. */
  get standings(): number {
    return this.#standings
  }

  put(records: MyRecords | undefined): void {
    this.#records = records
  }

  /** What one is appointed to may have changed. */
  stir = (): void => {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#standings++
    }, Math.random() * SPREAD)
  }
}

export const here = new Here()
