import type { Measure, Unit } from './measure.ts'

/** A piece of a worked line: a field with its number, or what stands between two. */
export type WorkedPiece =
  { field: string; unit: Unit; value: number | null } | { field?: undefined; sign: string }

/**
 * The formula of a measure with the numbers of one row in the place of its fields, e.g. `412 ÷ 530 = 0.777`
 * in pieces. How a number is written is the reader's language's.
 */
export function worked(
  { formula, fields }: Pick<Measure, 'formula' | 'fields'>,
  cellOf: (field: string) => number | null,
): WorkedPiece[] {
  const units = new Map(fields.map(({ name, unit }) => [name, unit]))
  return formula
    .split(/(\w+)/)
    .filter((piece) => piece !== '')
    .map((piece) => {
      const unit = units.get(piece)
      return unit ? { field: piece, unit, value: cellOf(piece) } : { sign: piece }
    })
}
