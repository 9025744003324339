import { closeSync, openSync, writeSync } from 'node:fs'
import type { CsvRow } from './csv-rows.ts'

export interface RejectsFile {
  /** At once on the disk, so that nothing is lost however this ends. */
  write(row: CsvRow, reason: string): void
  close(): void
}

/**
 * Keeps the rows that were not taken as they were, with their line and the reason as two further
 * columns: put right, it can be imported itself. Without a rejected row there is no file.
 */
export function rejectsFile(name: string, columns: readonly string[]): RejectsFile {
  let file: number | undefined
  return {
    write({ line, cells }, reason) {
      if (file === undefined) {
        file = openSync(name, 'w')
        writeSync(file, csvLine([...columns, 'rejected_line', 'rejected_because']))
      }
      writeSync(file, csvLine([...cells, String(line), reason]))
    },
    close() {
      if (file !== undefined) closeSync(file)
    },
  }
}

function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) =>
    /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
  )
  return `${quoted.join(',')}\n`
}
