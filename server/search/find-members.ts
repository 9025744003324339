import type { Member } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { SearchHit } from '#shared/tickets.ts'
import { spellingOf } from '../dimensions/spelling.ts'
import { type Fit, fitIn } from './fit.ts'

interface Found {
  fit: Fit
  hit: SearchHit
}

interface Knowing {
  membersOf(dimension: Dimension): Member[]
}

/** Members of some dimensions whose code or name in any language fits, the best first. */
export function findMembers(
  text: string,
  dimensions: readonly Dimension[],
  directory: Knowing,
): SearchHit[] {
  const wanted = spellingOf(text)
  if (wanted === '') return []
  const found = dimensions.flatMap((kind) =>
    directory.membersOf(kind).flatMap((member): Found[] => {
      const fit = fitOf(member, wanted)
      return fit === undefined ? [] : [{ fit, hit: hitOf(kind, member) }]
    }),
  )
  return found.sort((a, b) => a.fit - b.fit).map(({ hit }) => hit)
}

function fitOf({ code, names }: Member, wanted: string): Fit | undefined {
  const fits = [code, ...Object.values(names)].map((name) => fitIn(spellingOf(name), wanted))
  const known = fits.filter((fit) => fit !== undefined)
  return known.length === 0 ? undefined : (Math.min(...known) as Fit)
}

const folders: Record<Dimension, string> = {
  agency: 'agencies',
  area: 'areas',
  category: 'categories',
  channel: 'channels',
  language: 'languages',
}

function hitOf(kind: Dimension, { code, names }: Member): SearchHit {
  return { kind, code, names, address: `/${folders[kind]}/${encodeURIComponent(code)}` }
}
