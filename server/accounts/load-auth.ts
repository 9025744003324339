import type { Auth, AuthParts } from './auth.ts'

/**
 * Loads better-auth when it is first asked for: that takes longer than all else a server needs to start, and
 * who only reads, or is signed in, never asks.
 */
export function authLoader(parts: AuthParts): () => Promise<Auth> {
  let loaded: Promise<Auth> | undefined
  const load = async () => (await import('./auth.ts')).openAuth(parts)
  return () => (loaded ??= load())
}
