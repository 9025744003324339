import type { WorkStatements } from '#shared/work.ts'
import { ask } from './ask.ts'
import { Paced } from './paced.ts'

const PAUSE = 2000

/** What people added to polls and nobody has decided about. */
export class WaitingStatements {
  #told = $state.raw<WorkStatements>()
  readonly paced = new Paced(() => this.#refresh(), PAUSE)

  /** Undefined until it is known. */
  get told(): WorkStatements | undefined {
    return this.#told
  }

  /** What is not answered leaves what was known. */
  async #refresh(): Promise<void> {
    this.#told = await ask<WorkStatements>('work/statements').catch(() => this.#told)
  }
}
