import { readFile } from 'node:fs/promises'

/** Files, sockets among them, that a process may have open: Node takes all it may. Undefined where unknown. */
export async function mostOpenFiles(): Promise<number | undefined> {
  const limits = await readFile('/proc/self/limits', 'utf8').catch(() => '')
  const [, most] = limits.match(/^Max open files\s+(\d+)/m) ?? []
  return most === undefined ? undefined : Number(most)
}
