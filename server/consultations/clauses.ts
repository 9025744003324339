import { sql } from 'kysely'
import { articleOf } from '#shared/consultations/article-of.ts'
import { clauseIn, type LinkedClause, nameWithin } from '#shared/consultations/clause.ts'
import type { Link } from '#shared/oversight/suggestion.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { consultationCalled, draftsOf } from './consultation-queries.ts'
import { shownOf } from './told.ts'
import { namesOf } from './take-consultation.ts'

type Named = Pick<LinkedClause, 'code' | 'draft' | 'titles'> & { names: Record<string, string> }

/** Of these codes, `CODE/DRAFT/ID`, those of drafts that are shown, in no order. */
export async function clausesCalled(db: Db, codes: readonly string[]): Promise<LinkedClause[]> {
  if (codes.length === 0) return []
  const all = [...new Set([...codes, ...codes.map(articleOf)])]
  const { rows } = await sql<Named>`
    select member.code, member.names, draft.number as draft, consultation.titles
    from member
    join consultation on consultation.code = split_part(member.code, '/', 1)
    join draft on draft.consultation = consultation.id and confirmed_at is not null
      and draft.number::text = split_part(member.code, '/', 2)
    where member.dimension = 'provision' and member.spelling = any(${all}::text[])
  `.execute(db)
  const names = new Map(rows.map((one) => [one.code, one.names]))
  return rows.filter(({ code }) => codes.includes(code)).map((one) => withLabels(one, names))
}

/** Every provision of the draft that is shown of each of these consultations, in its order. */
export async function clausesOf(db: Db, consultations: readonly string[]): Promise<LinkedClause[]> {
  const all = await Promise.all(consultations.map((code) => clausesIn(db, code)))
  return all.flat()
}

async function clausesIn(db: Db, consultation: string): Promise<LinkedClause[]> {
  const row = await consultationCalled(db, consultation)
  const draft = row && shownOf(await draftsOf(db, row.id))
  if (!draft) return []
  const named = namesOf(row.code, draft)
  const names = new Map(named.map((one) => [one.code, one.names]))
  return named.map((one) => withLabels({ ...one, draft: draft.number, titles: row.titles }, names))
}

function withLabels(
  { code, draft, titles, names }: Named,
  all: ReadonlyMap<string, Record<string, string>>,
): LinkedClause {
  const article = articleOf(code)
  const over = article === code ? undefined : all.get(article)
  const labels = Object.entries(names).map(([language, own]) => [
    language,
    nameWithin(own, over?.[language]),
  ])
  return { code, draft, titles, labels: Object.fromEntries(labels) }
}

/** The links with each clause of a draft by its code. Throws a 400 that names the first that no shown draft has. */
export async function withKnownClauses(db: Db, links: readonly Link[]): Promise<Link[]> {
  const told = links.map(({ kind, to }) => ({
    kind,
    to: (kind === 'clause' && clauseIn(to)) || to,
  }))
  const codes = told.flatMap(({ kind, to }) => (kind === 'clause' ? (clauseIn(to) ?? []) : []))
  const there = await clausesThere(db, codes)
  const place = told.findIndex(({ to }) => codes.includes(to) && !there.has(to))
  if (place === -1) return told
  throw new HttpError(400, `There is no clause called ${told[place]!.to}.`, {
    path: `links.${place}.to`,
    code: 'unknown-name',
  })
}

async function clausesThere(db: Db, codes: readonly string[]): Promise<Set<string>> {
  if (codes.length === 0) return new Set()
  const { rows } = await sql<{ code: string }>`
    select one.code
    from unnest(${[...codes]}::text[]) as one (code)
    join consultation on consultation.code = split_part(one.code, '/', 1)
    join draft on draft.consultation = consultation.id and confirmed_at is not null
      and draft.number::text = split_part(one.code, '/', 2)
    where jsonb_path_exists(draft.texts, '$.*[*] ? (@.id == $id)',
      jsonb_build_object('id', split_part(one.code, '/', 3)))
  `.execute(db)
  return new Set(rows.map(({ code }) => code))
}
