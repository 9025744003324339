import type { ColumnType, Generated } from 'kysely'
import type { ViewSpec, ViewState } from '#shared/view.ts'

export interface AuditRequestTable {
  id: Generated<number>
  askedAt: Generated<number>
  questions: ColumnType<unknown, readonly ViewSpec[], never>
}

export interface AuditAnswerTable {
  requestId: number
  process: string
  seq: number
  minute: number
  question: number
  answer: ViewState
}
