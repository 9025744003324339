import { setTimeout as delay } from 'node:timers/promises'
import { isPostmasterOf } from './postmaster-file.ts'

/**
 * Ends every connection and writes everything out; does nothing to a process that is not the
 * PostgreSQL of this folder. What is not done `within` milliseconds is left to
 * the recovery of the next start, which loses nothing either.
 */
export async function stopPostmaster(clusterDir: string, pid: number, within = 30_000) {
  if (!(await isPostmasterOf(clusterDir, pid))) return
  signal(pid, 'SIGINT')
  if (await hasEnded(clusterDir, pid, within)) return
  signal(pid, 'SIGQUIT')
  await hasEnded(clusterDir, pid, 5000)
}

async function hasEnded(clusterDir: string, pid: number, within: number): Promise<boolean> {
  const deadline = Date.now() + within
  while (await isPostmasterOf(clusterDir, pid)) {
    if (Date.now() > deadline) return false
    await delay(20)
  }
  return true
}

function signal(pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has just ended by itself.
  }
}
