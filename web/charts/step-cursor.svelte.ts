import type { FlowData } from './flow-data.ts'
import { moveStep } from './move-step.ts'
import { stepText } from './step-text.ts'

/** The step of a chart that keys have chosen to read: it stays on its step when the window moves on, and goes with it. */
export class StepCursor {
  #key = $state.raw<number>()
  #said = $state.raw('')
  readonly #data: () => FlowData

  constructor(data: () => FlowData) {
    this.#data = data
  }

  /** The step's place now; undefined where none is read. */
  get at(): number | undefined {
    const place = this.#data().steps.findIndex(({ key }) => key === this.#key)
    return place < 0 ? undefined : place
  }

  /** Said when a key is pressed, and not with every tick. */
  get said(): string {
    return this.at === undefined ? '' : this.#said
  }

  /** Whether a key leads anywhere. */
  move(key: string): boolean {
    const data = this.#data()
    const next = moveStep(this.at, key, data.steps.length)
    if (next === undefined) return false
    this.#key = data.steps[next]?.key
    this.#said = stepText(data, next)
    return true
  }

  leave(): void {
    this.#key = undefined
    this.#said = ''
  }
}
