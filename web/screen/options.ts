import type { Dimension } from '#shared/ticket.ts'
import { ranked } from '../board/views.ts'
import { type Code, codes } from '../i18n/languages.ts'

export const scenes = ['headline', 'flow', 'ranking', 'movers'] as const
export type Scene = (typeof scenes)[number]

const themes = ['light', 'dark', 'auto'] as const
const EVERY = { usual: 20, least: 5, most: 300 }

/** What the address of a screen says. */
export interface ScreenOptions {
  scenes: readonly Scene[]
  /** Seconds for which a scene is shown. */
  every: number
  /** Each whole turn is in one of them. */
  languages: readonly Code[]
  theme: (typeof themes)[number]
}

/** Reads a query string; what it does not know falls back to the usual. `own` is the language the page opened in. */
export function parseScreen(query: string, own: Code): ScreenOptions {
  const params = new URLSearchParams(query)
  const list = (name: string) => params.get(name)?.split(',') ?? []
  return {
    scenes: orAll(known(scenes, list('scenes')), scenes),
    every: everyIn(params.get('every')),
    languages: orAll(known(codes, list('languages')), [own]),
    theme: known(themes, list('theme'))[0] ?? 'auto',
  }
}

/** The scenes of which the city has opened what they show; the headline when none is left. */
export function shownScenes(wanted: readonly Scene[], opened: readonly Dimension[]): Scene[] {
  const left = wanted.filter((scene) => {
    if (scene === 'ranking') return rankedBy(opened) !== undefined
    return scene !== 'movers' || opened.includes('category')
  })
  return left.length > 0 ? left : ['headline']
}

/** What the ranking ranks: the first of what the board ranks that is opened. */
export const rankedBy = (opened: readonly Dimension[]) =>
  ranked.find((dimension) => opened.includes(dimension))

function everyIn(text: string | null): number {
  const seconds = Number(text ?? NaN)
  if (!Number.isFinite(seconds)) return EVERY.usual
  return Math.min(EVERY.most, Math.max(EVERY.least, seconds))
}

function known<T extends string>(all: readonly T[], wanted: readonly string[]): T[] {
  return [...new Set(wanted)].flatMap((name) => all.find((one) => one === name) ?? [])
}

const orAll = <T>(some: readonly T[], all: readonly T[]) => (some.length > 0 ? some : all)
