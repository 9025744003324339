import { dimensions, type Status } from '#shared/ticket.ts'
import { codeTable } from './code-table.ts'
import { InputError } from './input-error.ts'
import type { CodedField, Mapping, TimeField } from './mapping.ts'
import { type Header, openHeader, type PickCell, pickCell } from './pick-cell.ts'
import { timePicker } from './pick-time.ts'
import type { Note, Remark } from './remarks.ts'
import { RowError } from './row-error.ts'
import { spellingsSeen } from './spellings.ts'
import { type ReadStatus, statusRules } from './status-rules.ts'

const timeNames = [
  'receivedAt',
  'respondedAt',
  'closedAt',
  'surveyAt',
  'updatedAt',
  'dueAt',
] as const
export type TimeName = (typeof timeNames)[number]

const textNames = [
  'id',
  'version',
  'agency',
  'area',
  'category',
  'channel',
  'language',
  'closeReason',
  'lat',
  'lon',
  'summary',
  'duplicateOf',
  'transfers',
  'surveyResolved',
  'surveySatisfaction',
] as const
export type TextName = (typeof textNames)[number]

/** What the fields of one row say. */
export interface Row {
  at: Record<TimeName, number | null>
  /** '' where a cell is blank or its code table drops it. */
  text: Record<TextName, string>
  /** Undefined where the mapping has no status rules. */
  stated: Status | undefined
  /** What is odd about it. */
  remarks: readonly Remark[]
}

interface FileHeader {
  name: string
  columns: readonly string[]
}

/** Throws a `RowError` when a row cannot be read. */
export type ReadRow = (cells: readonly string[]) => Row

/** Refuses a mapping that names columns the file does not have, before any row is read. */
export function rowReader(mapping: Mapping, file: FileHeader): ReadRow {
  const { columns } = file
  const header = openHeader(columns, mapping.blanks)
  const noted = new Set<Remark>()
  const note: Note = (remark) => noted.add(remark)
  const readTimes = timesReader(mapping, header, note)
  const readTexts = textsReader(mapping, header, note)
  const readStatus = statedReader(mapping, header)
  refuseMissing(header.missing, file)

  return (cells) => {
    if (cells.length !== columns.length) {
      throw new RowError('', `${cells.length} cells where the header has ${columns.length}`)
    }
    noted.clear()
    const read = { at: readTimes(cells), text: readTexts(cells), stated: readStatus(cells) }
    return { ...read, remarks: noted.size > 0 ? [...noted] : none }
  }
}

const none: readonly Remark[] = []

function timesReader(mapping: Mapping, header: Header, note: Note) {
  const picker = timePicker(mapping, header, note)
  const fields: Partial<Record<TimeName, TimeField | undefined>> = mapping.fields
  const picks = timeNames.map((name) => [name, picker(fields[name])] as const)
  return (cells: readonly string[]): Row['at'] => {
    const at = {} as Row['at']
    for (const [name, pick] of picks) at[name] = pick(cells)
    return at
  }
}

function textsReader(mapping: Mapping, header: Header, note: Note) {
  const fields: Partial<Record<TextName, CodedField | undefined>> = mapping.fields
  const picks = textNames.map((name) => [name, codePicker(fields[name], mapping, header)] as const)
  const spellings = dimensions.map((name) => [name, spellingsSeen()] as const)
  return (cells: readonly string[]): Row['text'] => {
    const text = {} as Row['text']
    for (const [name, pick] of picks) text[name] = pick(cells)
    for (const [name, isRespelled] of spellings) if (isRespelled(text[name])) note('respelled')
    return text
  }
}

function codePicker(field: CodedField | undefined, mapping: Mapping, header: Header): PickCell {
  const pick = pickCell(field, header)
  if (field?.table === undefined) return pick
  const translate = codeTable(mapping.tables[field.table]!)
  return (cells) => translate(pick(cells))
}

function statedReader({ status }: Mapping, header: Header): ReadStatus {
  if (status.length === 0) return () => undefined
  const read = statusRules(status, header)
  return (cells) => {
    const stated = read(cells)
    if (stated === undefined) throw new RowError('status', 'none of the status rules holds')
    return stated
  }
}

function refuseMissing(missing: readonly string[], { name, columns }: FileHeader): void {
  if (missing.length === 0) return
  throw new InputError(
    `The mapping names columns that ${name} does not have: ${missing.join(', ')}.\nIt has: ${columns.join(', ')}.`,
  )
}
