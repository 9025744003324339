import type { Deployment, Member } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { NamedKind, SearchAnswer, SearchHit } from '#shared/tickets.ts'
import { folded } from '../design/matching.ts'
import { nameIn } from '../i18n/name-in.ts'

export type HitKind = 'page' | Dimension | NamedKind | 'ticket'

export interface Hit {
  /** One hit's own, among all that may be listed together. */
  id: string
  kind: HitKind
  name: string
  /** Beside the name: a member's code, how a ticket stands, or which draft an article is of. */
  note: string
  href: string
}

/** What the page knows without asking, and how it reaches it. */
export interface Known {
  pages: readonly { href: string; label: string }[]
  members: Deployment['members']
  /** Where a member of a dimension is shown. */
  hrefOf: (dimension: Dimension, code: string) => string
}

/** At most so many are listed. */
export const MOST = 20
/** Of them so many members at most, so that a ticket is never crowded out. */
const MOST_MEMBERS = 12

/** Exactly, from its beginning, from the beginnings of words, or somewhere within. */
type Fit = 0 | 1 | 2 | 3

interface Fitting {
  hit: Hit
  fit: Fit
}

/** Pages and members whose name in any language, or whose code, fits a text: the best first. */
export function knownHits(text: string, { pages, members, hrefOf }: Known): Hit[] {
  const wanted = folded(text.trim())
  if (wanted === '') return []
  const found = Object.entries(members).flatMap(([kind, list]) =>
    sorted(list).map(({ code, names }) => {
      const dimension = kind as Dimension
      const name = nameIn(names, code)
      const note = isSaid(code, name) ? '' : code
      const hit = { id: `${kind} ${code}`, kind: dimension, name, note }
      return {
        hit: { ...hit, href: hrefOf(dimension, code) },
        texts: [code, ...Object.values(names)],
      }
    }),
  )
  const sites = pages.map(({ href, label }) => ({
    hit: { id: `page ${href}`, kind: 'page' as const, name: label, note: '', href },
    texts: [label],
  }))
  const best = [...fitting(sites, wanted), ...fitting(found, wanted).slice(0, MOST_MEMBERS)]
  return best.sort((a, b) => a.fit - b.fit).map(({ hit }) => hit)
}

/** What only the server knows, in its order; `note` says how a ticket stands. */
export function answeredHits({ hits }: SearchAnswer, note: (status: string) => string): Hit[] {
  return hits.flatMap((hit) => {
    if (hit.kind === 'ticket') return [ticketHit(hit, note)]
    return isNamed(hit.kind) ? [namedHit({ ...hit, kind: hit.kind })] : []
  })
}

function ticketHit({ code, mark = '', status, address }: SearchHit, note: (of: string) => string) {
  const id = `ticket ${mark} ${code}`
  const said = status ? note(status) : ''
  return { id, kind: 'ticket' as const, name: code, note: said, href: address }
}

function namedHit({ kind, code, names, within, address }: SearchHit & { kind: NamedKind }): Hit {
  const note = within ? nameIn(within, '') : ''
  return { id: `${kind} ${code}`, kind, name: nameIn(names, code), note, href: address }
}

const isNamed = (kind: SearchHit['kind']): kind is NamedKind =>
  kind === 'consultation' || kind === 'provision' || kind === 'poll'

/** Hits under what they are, in the order of the best of each. */
export function groupHits(hits: readonly Hit[]): { kind: HitKind; hits: Hit[] }[] {
  return [...Map.groupBy(hits, ({ kind }) => kind)].map(([kind, list]) => ({ kind, hits: list }))
}

function fitting(all: readonly { hit: Hit; texts: string[] }[], wanted: string): Fitting[] {
  const found = all.flatMap(({ hit, texts }) => {
    const fits = texts.map((text) => fitIn(folded(text), wanted)).filter((fit) => fit !== undefined)
    return fits.length === 0 ? [] : [{ hit, fit: Math.min(...fits) as Fit }]
  })
  return found.sort((a, b) => a.fit - b.fit)
}

/** By name, so that among those that fit equally well a reader finds one. */
const sorted = (members: readonly Member[]): Member[] =>
  members.toSorted((a, b) => nameIn(a.names, a.code).localeCompare(nameIn(b.names, b.code)))

const wordsOf = (text: string): string[] => folded(text).split(/[^\p{L}\p{N}]+/u)

/** Whether a code says nothing that the name does not. */
const isSaid = (code: string, name: string): boolean =>
  wordsOf(code).every((word) => wordsOf(name).includes(word))

function fitIn(text: string, wanted: string): Fit | undefined {
  if (text === wanted) return 0
  if (text.startsWith(wanted)) return 1
  const words = wordsOf(text)
  const isOfWords = wanted.split(/\s+/).every((part) => words.some((word) => word.startsWith(part)))
  if (isOfWords) return 2
  return text.includes(wanted) ? 3 : undefined
}
