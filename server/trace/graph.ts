import type { Title } from '../public-record/queries.ts'
import { hrefOf } from '../public-record/told.ts'
import { outcomeOf } from './outcome.ts'
import type { Tie } from './queries.ts'
import type { Way } from './walk.ts'

export interface TraceNode {
  /** `flag:12`, `evidence:HASH`, `rule:…` as it is cited; of an outcome with the id of its act, `answer:17`. */
  id: string
  noun: string
  title: string | null
  /** When the title was taken down, and why. */
  withheld: Title['withheld']
  /** Where the page shows it; null where it shows none. */
  href: string | null
  /** Of a subject's first act or of the outcome; null of what no act was done to. */
  at: string | null
  /** Of the last act done to it, or of the outcome. */
  kind: string | null
}

export interface TraceEdge {
  from: string
  to: string
}

export interface TraceGraph {
  nodes: TraceNode[]
  edges: TraceEdge[]
}

/** Draws a way: edges lead from what was first to what came of it. Nodes in order of time. */
export function graphOf(
  { subjects, ties }: Pick<Way, 'subjects' | 'ties'>,
  titles: ReadonlyMap<string, Title>,
): TraceGraph {
  const done = ties.filter(({ subject }) => subjects.has(subject))
  const outcomes = done.filter(({ kind }) => outcomeOf(kind) !== undefined)
  const nodes = [
    ...[...subjects].map((id) => subjectNode(id, done, titles)),
    ...outcomes.map(outcomeNode),
  ]
  const edges = done.flatMap((tie) => edgesOf(tie, { subjects, done }))
  return { nodes: nodes.sort(byTime), edges: unique(edges) }
}

function subjectNode(
  id: string,
  done: readonly Tie[],
  titles: ReadonlyMap<string, Title>,
): TraceNode {
  const acts = done.filter(({ subject }) => subject === id)
  return {
    id,
    noun: id.slice(0, id.indexOf(':')),
    title: titles.get(id)?.text ?? null,
    withheld: titles.get(id)?.withheld ?? null,
    href: hrefOf(id),
    at: iso(acts[0]?.at),
    kind: acts.at(-1)?.kind ?? null,
  }
}

function outcomeNode({ id, at, kind, subject }: Tie): TraceNode {
  const noun = outcomeOf(kind)!
  const told = { title: null, withheld: null, href: hrefOf(subject), at: iso(at), kind }
  return { id: `${noun}:${id}`, noun, ...told }
}

interface Around {
  subjects: ReadonlySet<string>
  /** In order. */
  done: readonly Tie[]
}

/** Outcomes of one subject follow each other; what each names came of it. */
function edgesOf(tie: Tie, { subjects, done }: Around): TraceEdge[] {
  const names = tie.names.filter((name) => subjects.has(name))
  const noun = outcomeOf(tie.kind)
  if (noun === undefined) return names.map((from) => ({ from, to: tie.subject }))
  const self = `${noun}:${tie.id}`
  return [{ from: before(tie, done), to: self }, ...names.map((to) => ({ from: self, to }))]
}

function before(tie: Tie, done: readonly Tie[]): string {
  const last = done.findLast(
    ({ subject, id, kind }) =>
      subject === tie.subject && id < tie.id && outcomeOf(kind) !== undefined,
  )
  return last ? `${outcomeOf(last.kind)}:${last.id}` : tie.subject
}

function byTime(a: TraceNode, b: TraceNode): number {
  return (a.at ?? '').localeCompare(b.at ?? '') || a.id.localeCompare(b.id)
}

const unique = (edges: readonly TraceEdge[]): TraceEdge[] => [
  ...new Map(edges.map((edge) => [`${edge.from} ${edge.to}`, edge])).values(),
]

const iso = (at: number | undefined): string | null =>
  at === undefined ? null : new Date(at).toISOString()
