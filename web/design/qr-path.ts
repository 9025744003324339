interface Modules {
  size: number
  get(row: number, column: number): number
}

/** The quiet that a reader needs around it, in modules. */
const QUIET = 4

/** A QR code as the `d` of a path and the side of its square: each run of dark modules is one rectangle. */
export function qrPath(modules: Modules): { d: string; side: number } {
  const rows = Array.from({ length: modules.size }, (_, row) => rowPath(modules, row))
  return { d: rows.join(''), side: modules.size + 2 * QUIET }
}

function rowPath(modules: Modules, row: number): string {
  let path = ''
  for (let column = 0; column < modules.size; column++) {
    const from = column
    while (column < modules.size && modules.get(row, column)) column++
    const width = column - from
    if (width > 0) path += `M${from + QUIET} ${row + QUIET}h${width}v1h-${width}z`
  }
  return path
}
