import { readdir, readFile } from 'node:fs/promises'

/** Linux counts processor time in hundredths of a second. */
const TICK = 10

/**
 * Milliseconds of processor that a process and its children have used; null where there is no /proc.
 * Others who are at work on the machine change it far less than they change what it takes.
 */
export async function processorTime(pid: number): Promise<number | null> {
  try {
    const all = await Promise.all((await readdir('/proc')).filter(isNumber).map(readStat))
    const own = all.filter((stat) => stat?.pid === pid || stat?.parent === pid)
    return own.reduce((sum, stat) => sum + stat!.milliseconds, 0)
  } catch {
    return null
  }
}

const isNumber = (name: string): boolean => /^\d+$/.test(name)

/** Of a process that has ended by now: undefined. The name stands in brackets and may hold spaces. */
async function readStat(pid: string) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  // Its own, and what children have used that have ended.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  const milliseconds = ticks * TICK
  return { pid: Number(pid), parent: Number(fields[1]), milliseconds }
}
