/** Lines of text with their columns under each other, for a terminal. */
export function alignColumns(lines: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const line of lines) {
    line.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, cell.length)))
  }
  return lines.map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at]!))
      .join('  ')
      .trimEnd(),
  )
}
