import { readFile, readlink, realpath } from 'node:fs/promises'
import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

export interface PostmasterFile {
  pid: number
  port: number
}

/** What PostgreSQL wrote about itself when it last started; it removes this when it stops cleanly. */
export async function readPostmasterFile(clusterDir: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(path.join(clusterDir, 'postmaster.pid'), 'utf8').catch(() => '')
  const [pid, , , port] = text.split('\n').map(Number)
  return pid && port ? { pid, port } : undefined
}

/**
 * True while `pid` is the PostgreSQL of this very folder: after a crash the number in the file may
 * belong to nobody or to any other program. PostgreSQL works in its folder, so that tells.
 */
export async function isPostmasterOf(clusterDir: string, pid: number): Promise<boolean> {
  try {
    if (process.platform !== 'linux') return (await commandLine(pid)).includes(clusterDir)
    return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(clusterDir))
  } catch {
    return false
  }
}

async function commandLine(pid: number): Promise<string> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)])
  return stdout
}
