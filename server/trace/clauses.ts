import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { TraceGraph, TraceNode } from './graph.ts'

type InLanguages = Record<string, string>

interface Clause {
  subject: string
  names: InLanguages
  /** The consultation's code. */
  consultation: string
  /** As what its draft was adopted; null where that is not the newest, or nothing was adopted. */
  law: { adoptedAt: number; laws: InLanguages } | null
}

/** Of these subjects those that are clauses of drafts: `clause:CODE/DRAFT/ID`. */
async function clausesAmong(db: Db, subjects: readonly string[]): Promise<Clause[]> {
  const codes = subjects.flatMap((one) => /^clause:([^/]+\/\d+\/[^/]+)$/.exec(one)?.[1] ?? [])
  if (codes.length === 0) return []
  const { rows } = await sql<Clause>`
    select 'clause:' || member.code as subject, member.names, consultation.code as consultation,
      case when split_part(member.code, '/', 2) = (
        select max(number)::text from draft
        where draft.consultation = consultation.id and confirmed_at is not null
      ) then outcome end as law
    from member join consultation on consultation.code = split_part(member.code, '/', 1)
    where member.dimension = 'provision' and member.code = any(${codes}::text[])
  `.execute(db)
  return rows
}

/** Tells what clauses of drafts are called, and leads on from them to the law that they stand in. */
export async function withClauses<Graph extends TraceGraph>(db: Db, graph: Graph): Promise<Graph> {
  const clauses = await clausesAmong(
    db,
    graph.nodes.map(({ id }) => id),
  )
  const bySubject = new Map(clauses.map((one) => [one.subject, one]))
  const nodes = graph.nodes.map((node): TraceNode => {
    const clause = bySubject.get(node.id)
    if (!clause) return node
    const { names, consultation } = clause
    return { ...node, title: nameOf(names), href: `/consultations/${consultation}` }
  })
  const adopted = clauses.filter(({ law }) => law !== null)
  const laws = new Map(adopted.map((one) => [one.consultation, lawNode(one)]))
  const edges = adopted.map(({ subject, consultation }) => ({
    from: subject,
    to: `law:${consultation}`,
  }))
  return { ...graph, nodes: [...nodes, ...laws.values()], edges: [...graph.edges, ...edges] }
}

function lawNode({ consultation, law }: Clause): TraceNode {
  const { laws, adoptedAt } = law!
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
