import { type Dimension, dimensions } from '#shared/ticket.ts'
import { type Act, type Command, misused, readWords, runCommand } from '../command.ts'
import { alignColumns } from '../table.ts'
import { addAlias } from './alias.ts'
import { drawBoundaries } from './draw-boundaries.ts'
import { mergeMember } from './merge.ts'
import { type ListedMember, listedMembers } from './queries.ts'
import { readBoundaries } from './read-boundaries.ts'
import { renameMember } from './rename.ts'
import { reviewMember } from './review.ts'

const USAGE = `npm run member -- list DIMENSION
npm run member -- rename DIMENSION CODE --name LANGUAGE=NAME [--name LANGUAGE=NAME ...]
npm run member -- merge DIMENSION CODE --into CODE
npm run member -- alias DIMENSION CODE TEXT
npm run member -- review DIMENSION CODE
npm run member -- boundary FILE.geojson [--property NAME]

  DIMENSION  ${dimensions.join(', ')}
  list       the members that events named, the ones nobody has looked at first
  rename     what to call it, e.g. --name "en=Street lights" --name "zh=路灯"; its code stays
  merge      counts it under another from now on, its past too
  alias      events that come from now on and say TEXT mean it
  review     notes that somebody has looked at it
  boundary   draws areas on the map: a FeatureCollection of polygons in WGS84, each with the area's
             code or an alias of it in its property NAME (code); areas that it does not name stay

Running servers follow within a second.`

const options = {
  name: { type: 'string', multiple: true },
  into: { type: 'string' },
  property: { type: 'string' },
} as const

export const memberCommand: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(args, options, USAGE)
    const [action, word = '', code, text, ...more] = positionals
    if (action === 'boundary' && positionals.length === 2 && !values.name && !values.into) {
      return boundary(word, values.property ?? 'code')
    }
    const dimension = dimensions.find((name) => name === word)
    const isUsed = (names: readonly string[], words: number) =>
      positionals.length === words && Object.keys(values).join() === names.join()
    if (!dimension || more.length > 0) throw misused(USAGE)
    if (action === 'list' && isUsed([], 2)) return list(dimension)
    if (action === 'rename' && isUsed(['name'], 3)) return rename(dimension, code!, values.name!)
    if (action === 'merge' && isUsed(['into'], 3)) return merge(dimension, code!, values.into!)
    if (action === 'alias' && isUsed([], 4)) return alias(dimension, code!, text!)
    if (action === 'review' && isUsed([], 3)) return review(dimension, code!)
    throw misused(USAGE)
  },
}

function list(dimension: Dimension): Act {
  return async ({ db }) => {
    const members = await listedMembers(db, dimension)
    const header = ['CODE', 'STATE', 'NAMES', 'ALIASES']
    for (const line of alignColumns([header, ...members.map(lineOf)])) console.log(line)
    return 0
  }
}

function lineOf({ code, names, reviewedAt, into, aliases }: ListedMember): string[] {
  const state = reviewedAt === null ? 'new' : 'reviewed'
  const named = Object.entries(names).map(([language, name]) => `${language}=${name}`)
  return [code, into === null ? state : `merged into ${into}`, named.join(', '), aliases.join(', ')]
}

function rename(dimension: Dimension, code: string, told: readonly string[]): Act {
  const names = Object.fromEntries(told.map(readName))
  return async ({ db }) => {
    const all = await renameMember(db, { dimension, code, names })
    console.log(`${code} is called ${Object.values(all).join(', ') || 'by its code'}.`)
    return 0
  }
}

function merge(dimension: Dimension, code: string, into: string): Act {
  return async ({ db }) => {
    const root = await mergeMember(db, { dimension, code, into })
    console.log(`${code} counts under ${root.code}.`)
    return 0
  }
}

function alias(dimension: Dimension, code: string, text: string): Act {
  return async ({ db }) => {
    const member = await addAlias(db, { dimension, code, text })
    console.log(`${text} means ${member.code}.`)
    return 0
  }
}

function review(dimension: Dimension, code: string): Act {
  return async ({ db }) => {
    await reviewMember(db, dimension, code)
    console.log(`${code} is reviewed.`)
    return 0
  }
}

function boundary(file: string, property: string): Act {
  return async ({ db }) => {
    const drawn = await drawBoundaries(db, await readBoundaries(file, property))
    console.log(`${drawn.length} areas have a boundary now: ${drawn.join(', ')}.`)
    return 0
  }
}

/** `en=Street lights`; nothing after the sign takes the name away. */
function readName(text: string): [language: string, name: string] {
  const [, language, name] = /^([^=]+)=(.{0,200})$/u.exec(text) ?? []
  if (language === undefined || name === undefined || !isLanguage(language)) {
    throw misused(`--name is a language and a name, such as "en=Street lights"; not ${text}.`)
  }
  return [language, name.trim()]
}

/** A BCP 47 tag. */
function isLanguage(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

if (import.meta.main) await runCommand(memberCommand)
