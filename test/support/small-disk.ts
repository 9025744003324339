import { execFileSync } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** A disk of its own for a folder, of so many MB; undefined where this process may not mount one. */
export function smallDisk(folder: string, size: number) {
  mkdirSync(folder, { recursive: true })
  try {
    const options = ['-t', 'tmpfs', '-o', `size=${size}m,mode=700`, 'tmpfs', folder]
    execFileSync('mount', options, { stdio: 'ignore' })
  } catch {
    return undefined
  }
  const ballast = path.join(folder, 'ballast')
  return {
    /** Leaves so many MB. */
    async fill(left: number): Promise<void> {
      const { bavail, bsize } = statfsSync(folder)
      const bytes = Math.max(0, bavail * bsize - left * 1024 * 1024)
      // PostgreSQL may take the last of it meanwhile: it is full all the same.
      await writeFile(ballast, Buffer.alloc(bytes)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC') throw error
      })
    },
    free: () => rm(ballast, { force: true }),
    [Symbol.dispose]: () => unmount(folder),
  }
}

/** What a run that was killed has mounted below its folder: it could not be removed. */
export async function unmountBelow(folder: string): Promise<void> {
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '')
  const places = mounts.split('\n').map((line) => line.split(' ')[1] ?? '')
  for (const place of places) if (place.startsWith(`${folder}/`)) unmount(place)
}

function unmount(place: string): void {
  execFileSync('umount', ['-l', place])
}
