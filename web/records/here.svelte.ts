import type { MyRecords } from './my-records.svelte.ts'

/** The records of who is signed in, for the pages of this tab; undefined while nobody is. */
class Here {
  #records = $state.raw<MyRecords>()

  get records(): MyRecords | undefined {
    return this.#records
  }

  put(records: MyRecords | undefined): void {
    this.#records = records
  }
}

export const here = new Here()
