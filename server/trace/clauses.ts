import { sql } from 'kysely'
import { adoptedDraft } from '#shared/consultations/adopted-draft.ts'
import { clauseIn, clausePath, type LinkedClause } from '#shared/consultations/clause.ts'
import { clausesCalled } from '../consultations/clauses.ts'
import type { Db } from '../db/connect.ts'
import type { TraceGraph, TraceNode } from './graph.ts'

type InLanguages = Readonly<Record<string, string>>

interface Law {
  consultation: string
  adoptedAt: number
  laws: InLanguages
  /** The draft that became it. */
  draft: number
}

/** What of these consultations became law. */
async function lawsOf(db: Db, consultations: readonly string[]): Promise<Law[]> {
  const rows = await db
    .selectFrom('consultation')
    .innerJoin('draft', 'draft.consultation', 'consultation.id')
    .select(['code', 'outcome', 'number', 'publishedAt'])
    .where('code', 'in', [...consultations])
    .where('confirmedAt', 'is not', null)
    .execute()
  return [...Map.groupBy(rows, ({ code }) => code)].flatMap(([consultation, drafts]) => {
    const { outcome } = drafts[0]!
    const draft = outcome && adoptedDraft(outcome, drafts)
    return outcome && draft ? [{ ...outcome, consultation, draft }] : []
  })
}

/** Of these codes those of clauses that stand in the law: also of earlier drafts, where they went on into the adopted one. */
async function adoptedAmong(db: Db, codes: readonly string[], laws: readonly Law[]) {
  const named = laws.map(({ consultation, draft }) => `${consultation}/${draft}/`)
  const { rows } = await sql<{ code: string }>`
    select distinct clause.code
    from unnest(${named}::text[]) as law (name)
    join member as own on own.dimension = 'provision' and starts_with(own.spelling, law.name)
    join member as clause on clause.dimension = 'provision'
      and clause.spelling = any(${[...codes]}::text[])
      and split_part(clause.code, '/', 1) = split_part(law.name, '/', 1)
    where root_member(own.id) = root_member(clause.id)
  `.execute(db)
  return rows.map(({ code }) => code)
}

/** Tells what clauses of drafts are called and where they are read, and leads on from them to the law that they stand in. */
export async function withClauses<Graph extends TraceGraph>(db: Db, graph: Graph): Promise<Graph> {
  const clauses = await clausesCalled(
    db,
    graph.nodes.flatMap((node) => clauseOf(node) ?? []),
  )
  if (clauses.length === 0) return graph
  const byCode = new Map(clauses.map((one) => [one.code, one]))
  const nodes = graph.nodes.map((node): TraceNode => {
    const clause = byCode.get(clauseOf(node) ?? '')
    return clause ? { ...node, ...toldClause(clause) } : node
  })
  const laws = await lawsOf(db, [...new Set(clauses.map(({ code }) => consultationOf(code)))])
  const adopted = await adoptedAmong(db, [...byCode.keys()], laws)
  const edges = adopted.map((code) => ({ from: `clause:${code}`, to: lawIn(code) }))
  const reached = laws.filter(({ consultation }) =>
    edges.some(({ to }) => to === `law:${consultation}`),
  )
  return {
    ...graph,
    nodes: [...nodes, ...reached.map(lawNode)],
    edges: [...graph.edges, ...edges],
  }
}

/** Its code, where it is a clause of a draft. */
const clauseOf = ({ id, noun }: TraceNode): string | undefined =>
  noun === 'clause' ? clauseIn(id) : undefined

const consultationOf = (code: string): string => code.slice(0, code.indexOf('/'))

const lawIn = (code: string): string => `law:${consultationOf(code)}`

const toldClause = ({ code, labels }: LinkedClause) => ({
  title: nameOf(labels),
  href: clausePath(code),
})

function lawNode({ consultation, laws, adoptedAt }: Law): TraceNode {
  return {
    id: `law:${consultation}`,
    noun: 'law',
    title: nameOf(laws),
    withheld: null,
    href: `/consultations/${consultation}`,
    at: new Date(adoptedAt).toISOString(),
    kind: null,
  }
}

const nameOf = (names: InLanguages): string | null => names.en ?? Object.values(names)[0] ?? null
