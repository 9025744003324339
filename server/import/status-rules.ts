import type { Status } from '#shared/ticket.ts'
import type { StatusRule } from './mapping.ts'
import type { Header, PickCell } from './pick-cell.ts'

/** What a row's own words say about its status; undefined when no rule holds. */
export type ReadStatus = (cells: readonly string[]) => Status | undefined

export function statusRules(rules: readonly StatusRule[], header: Header): ReadStatus {
  const compiled = rules.map((rule) => ({ holds: condition(rule, header), status: rule.status }))
  return (cells) => compiled.find(({ holds }) => holds(cells))?.status
}

function condition(rule: StatusRule, header: Header): (cells: readonly string[]) => boolean {
  if (rule.column === undefined) return () => true
  const pick = header.cell(rule.column)
  if (rule.empty !== undefined) return (cells) => (pick(cells) === '') === rule.empty
  if (rule.matches !== undefined) return matching(pick, new RegExp(rule.matches, 'i'))
  const wanted = new Set([rule.equals!].flat().map(fold))
  return (cells) => wanted.has(fold(pick(cells)))
}

function matching(pick: PickCell, regex: RegExp): (cells: readonly string[]) => boolean {
  return (cells) => regex.test(pick(cells))
}

const fold = (text: string) => text.trim().toLowerCase()
