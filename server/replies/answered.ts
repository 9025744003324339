import { articleOf } from '#shared/consultations/article-of.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { answeredIn, type Covered, saidOn } from './answered-queries.ts'

/** Of one consultation: to what answers stand, as it goes on now. */
interface Answered {
  /** Members; 0: the whole draft. */
  provisions: Set<number>
  groups: Set<number>
}

/** Of one consultation: what was said on, and what of it nobody has answered. */
export interface Standing {
  /** In the order of the draft; 0: the whole draft. */
  open: readonly number[]
  covered: Covered
}

type Called = Readonly<{ id: number; code: string }>

/** How what was said in these consultations stands, by their ids. */
export async function standingIn(
  db: Db,
  consultations: readonly Called[],
  directory: Directory,
): Promise<Map<number, Standing>> {
  const ids = consultations.map(({ id }) => id)
  const answered = await answersTo(db, consultations, directory)
  const said = Map.groupBy(await saidOn(db, ids), ({ consultation }) => consultation)
  return new Map(
    consultations.map(({ id, code }) => {
      const named = (said.get(id) ?? []).map(({ provision }) => provision)
      return [id, standingOf(id, { named, answered: answered.get(code), directory })]
    }),
  )
}

async function answersTo(
  db: Db,
  consultations: readonly Called[],
  directory: Directory,
): Promise<Map<string, Answered>> {
  const found = new Map<string, Answered>()
  const codes = consultations.map(({ code }) => code)
  for (const { consultation, provision, group } of await answeredIn(db, codes)) {
    const own = found.get(consultation) ?? { provisions: new Set(), groups: new Set() }
    if (group !== null) own.groups.add(group)
    else own.provisions.add(directory.rootOf(provision ?? 0))
    found.set(consultation, own)
  }
  return found
}

interface Standings {
  /** Provisions as comments name them. */
  named: readonly number[]
  answered: Answered | undefined
  directory: Directory
}

const nothing: Answered = { provisions: new Set(), groups: new Set() }

function standingOf(id: number, { named, answered = nothing, directory }: Standings): Standing {
  const isDone = (provision: number) => isAnswered(provision, answered, directory)
  const roots = new Set(named.map(directory.rootOf))
  return {
    open: [...roots].filter((root) => !isDone(root)).sort((one, other) => one - other),
    covered: { id, provisions: named.filter(isDone), groups: [...answered.groups] },
  }
}

/** An answer to an article holds for its clauses too. */
function isAnswered(provision: number, { provisions }: Answered, directory: Directory): boolean {
  const root = directory.rootOf(provision)
  if (provisions.has(root)) return true
  const article = directory.find('provision', articleOf(directory.codeOf(root)))
  return article !== undefined && provisions.has(article)
}
