import { type Cell, type PresetWindow, splitKey, type ViewState } from '#shared/view.ts'
import type { Times } from '../i18n/times.ts'
import { cellReader } from './read-view.ts'
import { localTime, type Step } from './timeline.ts'
import { lineStepOf } from './views.ts'

export interface LineInput {
  view: ViewState | undefined
  /** Of the window, as the flow has them. */
  steps: readonly Step[]
  window: PresetWindow
  times: Times
  /** Every source has been silent since: zeros after this are not numbers. */
  unheardSince: number | undefined
}

/**
 * What was received of a category, step by step, from a view by category over time that leaves out zeros;
 * undefined where the board asks for none, and then no line is drawn.
 */
export function categoryLines(input: LineInput): ((code: string) => Cell[]) | undefined {
  const { view } = input
  if (!view) return undefined
  const read = cellReader(view)
  const lines = new Map<string, Map<string, Cell>>()
  for (const row of view.rows) {
    const [code, step] = splitKey(row[0] ?? '')
    const line = lines.get(code) ?? new Map<string, Cell>()
    lines.set(code, line.set(stepName(Date.parse(step), input), read(row, 'received')))
  }
  const steps = lineSteps(input)
  return (code) =>
    steps.map(({ name, isShown }) => (isShown ? (lines.get(code)?.get(name) ?? 0) : null))
}

/** Each step by a name; a first one that the window's start cuts would look like a rise. */
function lineSteps(input: LineInput): { name: string; isShown: boolean }[] {
  const { unheardSince = Infinity } = input
  const named = Map.groupBy(input.steps, ({ startAt }) => stepName(startAt, input))
  return [...named].map(([name, [first]], index) => ({
    name,
    isShown: first!.startAt < unheardSince && (index > 0 || !isCut(first!, input)),
  }))
}

function isCut({ startAt, part }: Step, { window, times }: LineInput): boolean {
  if (part === 'cut') return true
  return lineStepOf(window) === 'day' && localTime(startAt, times.zone).hour > 0
}

/** Hours are in days where the lines have days and the flow has hours. */
const stepName = (at: number, { window, times }: LineInput): string =>
  lineStepOf(window) === 'day' ? times.isoDate(at) : String(at)
