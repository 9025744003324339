import type { Dimension } from '#shared/ticket.ts'

const folders: Record<Dimension, string> = {
  agency: 'agencies',
  area: 'areas',
  category: 'categories',
  channel: 'channels',
  language: 'languages',
}

interface Here {
  path: string
  query: string
  isPage: (path: string) => boolean
}

/** A member's own page where there is one; else the board narrowed to it, with all else as it is. */
export function memberHref(
  dimension: Dimension,
  code: string,
  { path, query, isPage }: Here,
): string {
  const own = `/${folders[dimension]}/${encodeURIComponent(code)}`
  if (isPage(own)) return own
  const params = new URLSearchParams(path === '/' ? query : '')
  if (!params.has(dimension, code)) params.append(dimension, code)
  return `/?${params}`
}
