import type { ColumnType, GeneratedAlways } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import type { Appointment, Standing } from '#shared/oversight/appointment.ts'
import type { FormSwitch } from '#shared/oversight/form-switch.ts'
import type { Stage, Suggestion, Target } from '#shared/oversight/suggestion.ts'

/** Append-only. Null person, appointment and role: the system's own act. */
export interface ActTable {
  id: number
  at: number
  personId: string | null
  appointmentId: number | null
  role: Role | null
  kind: string
  /** `appointment:17`: of a noun the one whose first act was 17. */
  subject: string
  /** Of the subject's state, which this act made. */
  version: number
  agency: number | null
  area: number | null
  category: number | null
  body: ColumnType<object, object, never>
  canonical: string
  hash: Uint8Array
  seq: number
  key: string | null
}

/** A subject's state is the fold of its acts; other columns of such tables are generated from it. */
export interface StateTable<State> {
  id: number
  version: number
  state: ColumnType<State, State, State>
}

export interface AppointmentTable extends StateTable<Appointment> {
  personId: GeneratedAlways<string>
  role: GeneratedAlways<Role>
  fromOn: GeneratedAlways<string>
  untilOn: GeneratedAlways<string | null>
  standing: GeneratedAlways<Standing>
}

export interface FormTable extends StateTable<FormSwitch> {
  consultation: GeneratedAlways<string>
}

export interface SuggestionTable extends StateTable<Suggestion> {
  stage: GeneratedAlways<Stage>
  target: GeneratedAlways<Target>
  agency: GeneratedAlways<number | null>
  area: GeneratedAlways<number | null>
  category: GeneratedAlways<number | null>
  author: GeneratedAlways<number>
  endorsements: GeneratedAlways<number>
  dueBy: GeneratedAlways<number>
}
