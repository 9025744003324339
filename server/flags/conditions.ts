import { type RawBuilder, sql } from 'kysely'
import type { Policy } from '#shared/policy.ts'
import { notSignedIn } from '../acts/asker.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import { requireOpened } from '../tickets/public-ticket.ts'
import type { FlagQuestion } from './question.ts'

type Condition = RawBuilder<boolean>

interface Looking {
  directory: Directory
  opened: Policy['opened']
  now: number
  /** Who asks; undefined: nobody is signed in. */
  person: string | undefined
}

/** What a flag must meet. Throws a 400 for a member that there is not, a 403 for what is not opened. */
export function conditionsOf(question: FlagQuestion, looking: Looking): Condition[] {
  const { id, state, kind, severity, late, author, q, on } = question
  return [
    ...(id ? [sql<boolean>`id = any(${`{${id.join()}}`}::bigint[])`] : []),
    ...isOneOf('standing', state),
    ...isOneOf('kind', kind),
    ...isOneOf('severity', severity),
    ...(late ? [isLate(late === 'true', looking.now)] : []),
    ...(author === undefined ? [] : [isBy(author, looking.person)]),
    ...(q === undefined ? [] : [says(q)]),
    ...(on === undefined ? whereOf(question, looking) : isOn(on, question, looking)),
  ]
}

function isOneOf(column: string, values: readonly string[] | undefined): Condition[] {
  if (!values) return []
  return [sql<boolean>`${sql.ref(column)} in (${sql.join(values)})`]
}

const isLate = (isWanted: boolean, now: number): Condition =>
  isWanted
    ? sql<boolean>`(was_late or due_by < ${now}::bigint)`
    : sql<boolean>`(not was_late and due_by >= ${now}::bigint)`

function isBy(author: number | 'me', person: string | undefined): Condition {
  if (author !== 'me') return sql<boolean>`author_appointment_id = ${author}::bigint`
  if (person === undefined) throw notSignedIn()
  return sql<boolean>`author_id = ${person}::text`
}

/** In any text of its life, as it is told. */
function says(text: string): Condition {
  return sql<boolean>`id in (
    select substr(act.subject, 6)::bigint from act_text join act on act.id = act_text.act_id
    where act_text.name <> 'place' and act.subject like 'flag:%'
      and text_as_searched(without_contacts(act_text.text)) like
        '%' || regexp_replace(text_as_searched(${text}::text), '([\\\\%_])', '\\\\\\1', 'g') || '%')`
}

/** The column that each of these narrows: by agency one looks for who answers. */
const columns = { agency: 'owner', area: 'area', category: 'category' } as const
const where = ['agency', 'area', 'category'] as const

function whereOf(question: FlagQuestion, looking: Looking): Condition[] {
  return where.flatMap((dimension) => {
    const codes = question[dimension]
    return codes ? [isAt(dimension, { codes, column: columns[dimension], ...looking })] : []
  })
}

/** The same number in the same place, and not in one that holds it. A ticket has one place. */
function isOn(on: string, question: FlagQuestion, looking: Looking): Condition[] {
  const isIt = sql<boolean>`subject_on = ${on}::text`
  if (on.startsWith('ticket:')) return [isIt]
  const places = where.map((dimension) => {
    const codes = question[dimension]
    if (!codes) return sql<boolean>`${sql.ref(dimension)} is null`
    return isAt(dimension, { codes, column: dimension, ...looking })
  })
  return [isIt, ...places]
}

interface At extends Looking {
  codes: readonly string[]
  column: string
}

/** Under every id by which facts name the members; `(none)` is null. */
function isAt(
  dimension: (typeof where)[number],
  { codes, column, directory, opened }: At,
): Condition {
  requireOpened(dimension, { opened, path: dimension })
  const found = codes.map((code) => directory.find(dimension, code))
  const unknown = found.indexOf(undefined)
  if (unknown !== -1) {
    const why = `There is no ${dimension} called ${codes[unknown]}.`
    throw new HttpError(400, why, { path: dimension })
  }
  const ids = (found as number[]).filter((id) => id !== 0).flatMap((id) => directory.idsOf(id))
  const isNamed = sql<boolean>`${sql.ref(column)} = any(${`{${ids.join()}}`}::int[])`
  if (!found.includes(0)) return isNamed
  return sql<boolean>`(${isNamed} or ${sql.ref(column)} is null)`
}
