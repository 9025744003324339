import { statfsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const MEMORY = '/dev/shm'
/** Bytes: a run takes a tenth of them. */
const ROOM = 4e9

/** What names of folders begin with; the process that made them follows. */
export const PREFIX = 'clerestory-test-'
export const places = hasRoom(MEMORY) ? [MEMORY, tmpdir()] : [tmpdir()]

/**
 * A new folder for clusters: in memory where there is room. Databases are thousands of files that come and go,
 * over which the file system of a disk takes longer than PostgreSQL over all else.
 */
export const runFolder = ({ onDisk = false } = {}) =>
  mkdtemp(path.join(onDisk ? tmpdir() : places[0]!, `${PREFIX}${process.pid}-`))

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize > ROOM
  } catch {
    return false
  }
}
