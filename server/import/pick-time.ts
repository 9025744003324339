import type { Mapping, TimeField } from './mapping.ts'
import { type Header, pickCell } from './pick-cell.ts'
import { type ReadTime, readTime } from './read-time.ts'
import { remember } from './remember.ts'
import { RowError } from './row-error.ts'

export interface PickedTime {
  at: number | null
  /** Beyond the field's `latest`, and lowered to it. */
  lowered: boolean
}

export type PickTime = (cells: readonly string[]) => PickedTime

const none: PickedTime = { at: null, lowered: false }

/** Reads every time field of a mapping by the same rules. */
export function timePicker(mapping: Mapping, header: Header) {
  // A file of dates says the same few thousand again and again.
  const read = mapping.precision === 'day' ? remember(readTime(mapping)) : readTime(mapping)
  const readLatest = readTime({ ...mapping, timeFormats: ['iso'] })
  return (field: TimeField | undefined): PickTime => {
    if (!field) return () => none
    const latest = field.latest === undefined ? Infinity : readLatest(field.latest)!
    return pickTime(pickCell(field, header), { name: nameOf(field), read, latest })
  }
}

interface TimeOptions {
  /** What an error calls the field. */
  name: string
  read: ReadTime
  latest: number
}

function pickTime(pick: (cells: readonly string[]) => string, options: TimeOptions): PickTime {
  const { name, read, latest } = options
  return (cells) => {
    const text = pick(cells)
    if (text === '') return none
    const at = read(text)
    if (at === undefined) {
      throw new RowError(name, `${JSON.stringify(text.slice(0, 100))} is in none of timeFormats`)
    }
    return at > latest ? { at: latest, lowered: true } : { at, lowered: false }
  }
}

function nameOf({ column, joined, firstOf, value }: TimeField): string {
  return column ?? (joined ?? firstOf)?.join(', ') ?? value!
}
