import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

/** What a bench is given. */
export interface Setting {
  stage: Stage
  /** How long to measure what goes on for a time. */
  seconds: number
  stop: AbortSignal
  /** Of the city that is stored, where one is. */
  tickets: number
  sockets: { patch: number; many: number }
}

export interface Bench {
  name: string
  /** What is stored at the start: nothing, or a city, which benches share. */
  on: 'nothing' | 'a city'
  run(setting: Setting): Promise<Figure[]>
}
