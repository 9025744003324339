export interface CellPlace {
  row: number
  column: number
}

export interface Move {
  key: string
  isControl: boolean
  isRtl: boolean
}

/** Where a key leads in a grid of so many rows and columns; undefined when it is not a key of grids. */
export function moveCell(at: CellPlace, move: Move, size: CellPlace): CellPlace | undefined {
  const last = { row: size.row - 1, column: size.column - 1 }
  const within = (row: number, column: number): CellPlace => ({
    row: Math.max(0, Math.min(last.row, row)),
    column: Math.max(0, Math.min(last.column, column)),
  })
  const forward = move.isRtl ? -1 : 1
  switch (move.key) {
    case 'ArrowUp':
      return within(at.row - 1, at.column)
    case 'ArrowDown':
      return within(at.row + 1, at.column)
    case 'ArrowRight':
      return within(at.row, at.column + forward)
    case 'ArrowLeft':
      return within(at.row, at.column - forward)
    case 'PageUp':
      return within(at.row - 10, at.column)
    case 'PageDown':
      return within(at.row + 10, at.column)
    case 'Home':
      return within(move.isControl ? 0 : at.row, 0)
    case 'End':
      return within(move.isControl ? last.row : at.row, last.column)
  }
  return undefined
}
