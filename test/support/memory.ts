import { readFile, writeFile } from 'node:fs/promises'

const MB = 1024 * 1024

/** The most memory a process takes from now on, beyond what it has; measured on Linux alone. */
export async function watchMemory(pid: number) {
  if (process.platform !== 'linux') return { grownBy: async () => 0 }
  // From now on the peak is counted anew (proc(5)).
  await writeFile(`/proc/${pid}/clear_refs`, '5')
  const before = await kilobytes(pid, 'VmRSS')
  return {
    /** MB. */
    grownBy: async () => ((await kilobytes(pid, 'VmHWM')) - before) / 1024,
  }
}

async function kilobytes(pid: number, field: string): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)![1])
}

/** At least so many bytes, a chunk at a time, after what it begins with. */
export function stream(bytes: number, chunk: Buffer, beginning = ''): ReadableStream {
  let left = bytes
  return new ReadableStream({
    start(controller) {
      if (beginning) controller.enqueue(Buffer.from(beginning))
    },
    pull(controller) {
      if (left <= 0) return controller.close()
      controller.enqueue(chunk)
      left -= chunk.length
    },
  })
}

export const megabytes = (count: number): number => count * MB
