import { setTimeout as delay } from 'node:timers/promises'
import type { Ask } from './scene.ts'

/** A city that was just founded is open before its people have flagged and suggested anything; in milliseconds. */
const AT_MOST = 300_000
const EVERY = 2000

/** The path of the newest of each state, once the city has told of it; of a state that it never tells, said and left out. */
export async function newestIn<State extends string>(
  ask: Ask,
  noun: 'flags' | 'suggestions',
  states: readonly State[],
  narrowed = '',
): Promise<(state: State) => string | undefined> {
  const until = Date.now() + AT_MOST
  const paths = new Map<State, string>()
  for (const state of states) {
    const id = await newestId(() => idsIn(ask, `${noun}?state=${state}${narrowed}`), until)
    if (id !== undefined) paths.set(state, `/${noun}/${id}`)
    else console.warn(`Of its ${noun} the city still has none that is ${state}.`)
  }
  return (state) => paths.get(state)
}

async function newestId(ids: () => Promise<number[]>, until: number): Promise<number | undefined> {
  for (;;) {
    const [id] = await ids()
    if (id !== undefined || Date.now() > until) return id
    await delay(EVERY)
  }
}

async function idsIn(ask: Ask, path: string): Promise<number[]> {
  const told = await ask<Partial<Record<'flags' | 'suggestions', { id: number }[]>>>(
    `${path}&limit=1`,
  )
  return (told.flags ?? told.suggestions ?? []).map(({ id }) => id)
}
