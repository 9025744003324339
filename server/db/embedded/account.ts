import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Whose process PostgreSQL is. It refuses to be root's, so root needs somebody else's. */
export interface Account {
  uid: number
  gid: number
}

/** Undefined when this process is not root's: then PostgreSQL runs as whoever we are. */
export async function findAccount(clusterDir: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await ownerOf(clusterDir)) ?? (await accountOf('postgres')) ?? (await createAccount())
}

/** A cluster keeps its owner, also when root starts what an ordinary user made. */
async function ownerOf(clusterDir: string): Promise<Account | undefined> {
  const found = await stat(clusterDir).catch(() => undefined)
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined
}

async function accountOf(name: string): Promise<Account | undefined> {
  try {
    const [user, group] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    return { uid: Number(user.stdout), gid: Number(group.stdout) }
  } catch {
    return undefined
  }
}

async function createAccount(): Promise<Account> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  } catch (error) {
    throw new Error(
      'PostgreSQL does not run as root, there is no account named postgres, and none could be made. Start Clerestory as an ordinary user, or set DATABASE_URL.',
      { cause: error },
    )
  }
  return (await accountOf('postgres'))!
}
