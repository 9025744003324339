import { type Figure, isReached } from './figure.ts'

/** The figures as text: what was measured, what was wanted, and the limit beside it. */
export function tableOf(figures: readonly Figure[]): string {
  const header = ['figure', 'measured', 'wanted', '', 'limit beside it']
  const lines = [header, ...figures.map(cellsOf)]
  const widths = header.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)))
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function cellsOf(figure: Figure): string[] {
  const { name, unit, measured, limit } = figure
  return [
    name,
    numberOf(measured, unit),
    wantedOf(figure),
    { true: 'ok', false: 'MISSED', undefined: '' }[`${isReached(figure)}`]!,
    limit ? `${limit.of}: ${numberOf(limit.value, unit)}` : '',
  ]
}

function wantedOf({ wanted, unit }: Figure): string {
  if (!wanted) return ''
  return 'least' in wanted
    ? `≥ ${numberOf(wanted.least, unit)}`
    : `≤ ${numberOf(wanted.most, unit)}`
}

function numberOf(value: number | null, unit: string): string {
  if (value === null) return 'none'
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? 2 : 0
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`
}
