import { sql } from 'kysely'
import { clauseIn, clausePath, type LinkedClause } from '#shared/consultations/clause.ts'
import { clausesCalled } from '../consultations/clauses.ts'
import type { Db } from '../db/connect.ts'
import type { TraceGraph, TraceNode } from './graph.ts'

type InLanguages = Readonly<Record<string, string>>

interface Law {
  consultation: string
  /** As which the draft was adopted. */
  draft: number
  adoptedAt: number
  laws: InLanguages
}

/** What the newest draft of each of these consultations was adopted as, where it was. */
async function lawsOf(db: Db, consultations: readonly string[]): Promise<Law[]> {
  const { rows } = await sql<Law>`
    select code as consultation, max(draft.number) as draft,
      (outcome -> 'adoptedAt')::bigint as adopted_at, outcome -> 'laws' as laws
    from consultation join draft on draft.consultation = consultation.id
    where code = any(${[...consultations]}::text[]) and outcome is not null
      and confirmed_at is not null
    group by consultation.id
  `.execute(db)
  return rows
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
  const laws = await lawsOf(db, [...new Set(clauses.map(consultationOf))])
  const edges = laws.flatMap(({ consultation, draft }) =>
    clauses
      .filter((one) => consultationOf(one) === consultation && one.draft === draft)
      .map(({ code }) => ({ from: `clause:${code}`, to: `law:${consultation}` })),
  )
  const adopted = laws.filter((one) => edges.some(({ to }) => to === `law:${one.consultation}`))
  return {
    ...graph,
    nodes: [...nodes, ...adopted.map(lawNode)],
    edges: [...graph.edges, ...edges],
  }
}

/** Its code, where it is a clause of a draft. */
const clauseOf = ({ id, noun }: TraceNode): string | undefined =>
  noun === 'clause' ? clauseIn(id) : undefined

const consultationOf = ({ code }: LinkedClause): string => code.slice(0, code.indexOf('/'))

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
