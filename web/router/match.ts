export type Params = Readonly<Record<string, string>>

/** The first of `routes` whose pattern (`/tickets/:source/:id`) an address has, and what its names stand for. */
export function match<R extends { path: string }>(
  routes: readonly R[],
  path: string,
): { route: R; params: Params } | undefined {
  for (const route of routes) {
    const params = paramsOf(route.path, path)
    if (params) return { route, params }
  }
  return undefined
}

function paramsOf(pattern: string, path: string): Params | undefined {
  const [names, parts] = [piecesOf(pattern), piecesOf(path)]
  if (names.length !== parts.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const part = decoded(parts[index]!)
    if (part === undefined) return undefined
    if (name.startsWith(':')) params[name.slice(1)] = part
    else if (name !== part) return undefined
  }
  return params
}

const piecesOf = (path: string): string[] => path.split('/').filter((piece) => piece !== '')

/** Undefined for what no `encodeURIComponent` has written. */
function decoded(piece: string): string | undefined {
  try {
    return decodeURIComponent(piece)
  } catch {
    return undefined
  }
}
