import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'

/** Two advisory locks of the database `postgres`: shared by all users, and held by the one server. */
const USERS = 0x434c4552
const SERVER = 0x434c4553
const PATIENCE = 5000

export type Role = 'server' | 'command'

/** A session that says who uses the cluster. Its locks go with the process, however that ends. */
export interface Hold {
  /** Resolves when the session is gone. */
  lost: Promise<void>
  /** True when nobody else uses the cluster. From then on nobody else can begin to. */
  isLast(): Promise<boolean>
  release(): Promise<void>
}

/** Undefined while the last user is stopping the cluster. Throws when another server uses it. */
export async function holdCluster(url: string, role: Role): Promise<Hold | undefined> {
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>()
  const sql = openSession(url, { role, lose })
  const release = () => sql.end({ timeout: 1 })
  try {
    if (!(await tryShareUse(sql))) return void (await release())
    if (role === 'server') await becomeServer(sql)
  } catch (error) {
    await release()
    throw error
  }
  return { lost, isLast: () => tryLock(sql, USERS), release }
}

type Session = ReturnType<typeof openSession>

function openSession(url: string, { role, lose }: { role: Role; lose: () => void }) {
  return postgres(url, {
    max: 1,
    max_lifetime: null,
    onnotice: () => {},
    onclose: lose,
    connection: { application_name: `clerestory ${role} ${process.pid}` },
  })
}

async function becomeServer(sql: Session): Promise<void> {
  const deadline = Date.now() + PATIENCE
  while (!(await tryLock(sql, SERVER))) {
    const pid = await serverPid(sql)
    // The session of a server that was killed a moment ago takes another to end.
    if (pid === undefined || (!isAlive(pid) && Date.now() < deadline)) await delay(50)
    else throw new Error(`Another Clerestory server (pid ${pid}) is using DATA_DIR.`)
  }
}

async function tryLock(sql: Session, key: number): Promise<boolean> {
  const [row] = await sql`select pg_try_advisory_lock(${key}) as locked`
  return row?.locked === true
}

async function tryShareUse(sql: Session): Promise<boolean> {
  const [row] = await sql`select pg_try_advisory_lock_shared(${USERS}) as locked`
  return row?.locked === true
}

/** The process that holds the server's lock, if it still does. */
async function serverPid(sql: Session): Promise<number | undefined> {
  const [row] = await sql`
    select activity.application_name as name
    from pg_locks lock join pg_stat_activity activity using (pid)
    where lock.locktype = 'advisory' and lock.granted and lock.objid = ${SERVER}
  `
  return row && Number(row.name.split(' ').at(-1))
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
