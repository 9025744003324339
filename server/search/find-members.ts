import type { Member } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { SearchHit } from '#shared/tickets.ts'
import { spellingOf } from '../dimensions/spelling.ts'

/** How well a text fits: 0 exactly, 1 from its beginning, 2 from the beginning of a word. */
type Fit = 0 | 1 | 2

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

/** In scripts without spaces a word may begin anywhere. */
function fitIn(name: string, wanted: string): Fit | undefined {
  if (name === wanted) return 0
  if (name.startsWith(wanted)) return 1
  const isWithin = UNSPACED.test(wanted) ? name.includes(wanted) : name.includes(`-${wanted}`)
  return isWithin ? 2 : undefined
}

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

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
