import type { Field } from './mapping.ts'

/** The trimmed text of a field in a row's cells; '' when it is blank. */
export type PickCell = (cells: readonly string[]) => string

/** Finds columns by name in a file's header, and remembers those it looked for in vain. */
export interface Header {
  cell(column: string): PickCell
  missing: readonly string[]
}

/** `blanks`: texts that say nothing, such as NA. */
export function openHeader(names: readonly string[], blanks: readonly string[]): Header {
  const isBlank = new Set(blanks.map((text) => text.trim()))
  const trimmed = names.map((name) => name.trim())
  const missing = new Set<string>()
  return {
    cell(column) {
      const at = trimmed.indexOf(column.trim())
      if (at < 0) missing.add(column)
      return (cells) => {
        const text = trim(cells[at]!)
        return isBlank.size > 0 && isBlank.has(text) ? '' : text
      }
    },
    get missing() {
      return [...missing]
    },
  }
}

export function pickCell(field: Field | undefined, header: Header): PickCell {
  if (!field) return () => ''
  const { column, joined, firstOf, value = '' } = field
  if (column) return header.cell(column)
  if (joined) return joinCells(joined.map(header.cell))
  if (firstOf) return firstCell(firstOf.map(header.cell))
  return () => value
}

/** What begins and ends with a plain letter or sign needs no trimming, which is most of the cells. */
function trim(text: string): string {
  return isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(text.length - 1))
    ? text
    : text.trim()
}

const isPlain = (character: number) => character > 0x20 && character < 0x7f

function joinCells(picks: PickCell[]): PickCell {
  return (cells) => {
    const texts = picks.map((pick) => pick(cells)).filter((text) => text !== '')
    return texts.join(' ')
  }
}

function firstCell(picks: PickCell[]): PickCell {
  return (cells) => {
    for (const pick of picks) {
      const text = pick(cells)
      if (text !== '') return text
    }
    return ''
  }
}
