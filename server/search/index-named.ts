import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { type ListedArticle, type ListedNames, listedNames, shownArticles } from './queries.ts'
import { type Named, namedAs } from './named.ts'

export interface NamedIndex {
  /** Read anew when names have changed, once however many ask. */
  asOf(directory: Directory): Promise<readonly Named[]>
}

export function openIndex(db: Db): NamedIndex {
  let known: { of: Directory; named: Promise<readonly Named[]> } | undefined
  return {
    asOf(directory) {
      if (known?.of === directory) return known.named
      const reading = { of: directory, named: readNamed(db) }
      known = reading
      // What could not be read is read again by who asks next.
      reading.named.catch(() => (known === reading ? (known = undefined) : undefined))
      return reading.named
    },
  }
}

async function readNamed(db: Db): Promise<Named[]> {
  const listed = await listedNames(db)
  const articles = await shownArticles(db)
  return [...listed.map(nameOfListed), ...articles.map(nameOfArticle)]
}

function nameOfListed({ kind, code, titles }: ListedNames): Named {
  const folder = kind === 'poll' ? 'polls' : 'consultations'
  return namedAs({ hit: { kind, code, address: `/${folder}/${code}` }, names: titles })
}

function nameOfArticle({ consultation, titles, draft, id, names }: ListedArticle): Named {
  const address = `/consultations/${consultation}?provision=${encodeURIComponent(id)}`
  const hit = { kind: 'provision', code: `${consultation}/${draft}/${id}`, address } as const
  return namedAs({ hit, names, number: id, within: titles })
}
