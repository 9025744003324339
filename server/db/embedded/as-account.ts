import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Account } from './account.ts'

export interface Command {
  program: string
  args: string[]
  /** The folder it works in, which its account must reach as it must reach the program. */
  folder: string
}

interface Spawnable {
  program: string
  args: string[]
  uid?: number
  gid?: number
}

/**
 * The command as `account` runs it. A folder that only root may enter (often /root itself) would hide
 * the program or the cluster from the account, so there it keeps the right to pass through folders.
 */
export async function asAccount(
  account: Account | undefined,
  { program, args, folder }: Command,
): Promise<Spawnable> {
  if (!account) return { program, args }
  if (await mayReach(account, [program, folder])) return { program, args, ...account }
  const { uid, gid } = account
  const right = await rightToPass()
  const become = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  // The bit makes access(2), with which PostgreSQL looks for its own files, respect the right too.
  const keep = ['--securebits=+no_setuid_fixup', `--inh-caps=+${right}`, `--ambient-caps=+${right}`]
  return { program: 'setpriv', args: [...become, ...keep, program, ...args] }
}

async function mayReach({ uid, gid }: Account, files: string[]): Promise<boolean> {
  const folders = new Set(files.flatMap(foldersAbove))
  for (const folder of folders) {
    const { mode, uid: owner, gid: group } = await stat(folder)
    const bit = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
  }
  return true
}

function foldersAbove(file: string): string[] {
  const parent = path.dirname(file)
  return parent === file ? [file] : [parent, ...foldersAbove(parent)]
}

/** The smaller right, or the one that containers leave to root by default. */
async function rightToPass(): Promise<'dac_read_search' | 'dac_override'> {
  const status = await readFile('/proc/self/status', 'utf8')
  const [, permitted = '0'] = status.match(/^CapPrm:\s*([0-9a-f]+)$/m) ?? []
  const hasReadSearch = (BigInt(`0x${permitted}`) & 0b100n) !== 0n
  return hasReadSearch ? 'dac_read_search' : 'dac_override'
}
