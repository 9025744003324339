import type { Mapping, TimeField } from './mapping.ts'
import { type Header, pickCell } from './pick-cell.ts'
import { type ReadTime, readTime } from './read-time.ts'
import type { Note } from './remarks.ts'
import { remember } from './remember.ts'
import { RowError } from './row-error.ts'

export type PickTime = (cells: readonly string[]) => number | null

/** Reads every time field of a mapping by the same rules. */
export function timePicker(mapping: Mapping, header: Header, note: Note) {
  // A file of dates says the same few thousand again and again.
  const read = mapping.precision === 'day' ? remember(readTime(mapping)) : readTime(mapping)
  const readLatest = readTime({ ...mapping, timeFormats: ['iso'] })
  return (field: TimeField | undefined): PickTime => {
    if (!field) return () => null
    const latest = field.latest === undefined ? Infinity : readLatest(field.latest)!.at
    return pickTime(pickCell(field, header), { name: nameOf(field), read, latest, note })
  }
}

interface TimeOptions {
  /** What an error calls the field. */
  name: string
  read: ReadTime
  latest: number
  note: Note
}

function pickTime(pick: (cells: readonly string[]) => string, options: TimeOptions): PickTime {
  const { name, read, latest, note } = options
  return (cells) => {
    const text = pick(cells)
    if (text === '') return null
    const told = read(text)
    if (told === undefined) {
      throw new RowError(name, `${JSON.stringify(text.slice(0, 100))} is in none of timeFormats`)
    }
    if (told.otherFormat) note('otherFormat')
    if (told.offsetIgnored) note('offsetIgnored')
    if (told.at <= latest) return told.at
    note('lowered')
    return latest
  }
}

function nameOf({ column, joined, firstOf, value }: TimeField): string {
  return column ?? (joined ?? firstOf)?.join(', ') ?? value!
}
