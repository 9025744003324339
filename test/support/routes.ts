import type { Express } from 'express'

export interface Route {
  method: string
  path: string
}

/** As the router keeps them. */
interface Layer {
  handle: { stack?: Layer[] }
  rawPath: unknown
  route?: { path: unknown; methods: Record<string, boolean> }
}

/** All routes that an Express app has, with the paths that they are mounted under. */
export function routesOf(app: Express): Route[] {
  return routesIn((app.router as unknown as { stack: Layer[] }).stack, '')
}

function routesIn(stack: readonly Layer[], under: string): Route[] {
  return stack.flatMap(({ handle, rawPath, route }) => {
    if (route) {
      const path = under + String(route.path)
      return Object.keys(route.methods).map((method) => ({ method: method.toUpperCase(), path }))
    }
    const mount = typeof rawPath === 'string' && rawPath !== '/' ? rawPath : ''
    return handle.stack ? routesIn(handle.stack, under + mount) : []
  })
}
