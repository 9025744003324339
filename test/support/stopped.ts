import { readdir, readFile } from 'node:fs/promises'

/**
 * Stops a process and its children where they stand: their connections stay open, and nobody answers.
 * `go` lets them go on. Linux only.
 */
export async function stopped(pid: number) {
  process.kill(pid, 'SIGSTOP')
  const all = [pid, ...(await childrenOf(pid))]
  for (const one of all) signal(one, 'SIGSTOP')
  const go = () => all.forEach((one) => signal(one, 'SIGCONT'))
  return { go, [Symbol.dispose]: go }
}

async function childrenOf(pid: number): Promise<number[]> {
  const all = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const parents = await Promise.all(all.map(parentOf))
  return all.filter((_, i) => parents[i] === pid).map(Number)
}

/** Undefined for a process that has ended by now. The name stands in brackets and may hold spaces. */
async function parentOf(pid: string): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  return text === undefined
    ? undefined
    : Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has just ended by itself.
  }
}
