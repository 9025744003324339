import { number } from '../i18n/format.ts'
import { t } from '../i18n/t.ts'
import type { FlowData } from './flow-data.ts'

/** What a step's tooltip shows, as one sentence to be read out. */
export function stepText(data: FlowData, index: number): string {
  const step = data.steps[index]
  if (!step) return ''
  const values = data.series.flatMap(({ name, values, before }) => {
    const was = before[index]
    const now = { name, value: cellText(values[index]) }
    const then = { name: data.beforeLabel(name), value: cellText(was) }
    return [
      t('chart.value', now),
      ...(was === null || was === undefined ? [] : [t('chart.value', then)]),
    ]
  })
  const notes = [
    ...(step.part === 'running' ? [data.runningLabel] : []),
    ...(step.revised ? [step.revised] : []),
  ]
  return t('chart.at', { step: step.label, values: [...values, ...notes].join(t('mark.list')) })
}

const cellText = (cell: number | null | undefined): string =>
  cell === null || cell === undefined ? t('tile.noData') : number(cell)
