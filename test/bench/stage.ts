import { setTimeout as delay } from 'node:timers/promises'
import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { addSource } from '../../server/sources/sources.ts'
import { dataFolder, serverProcess } from '../support/server-process.ts'
import type { Options } from './options.ts'

/** One address is all readers and all sources here. 0 is no limit. */
const withoutLimits = {
  REQUESTS_PER_MINUTE: '0',
  INTAKE_EVENTS_PER_MINUTE: '0',
  SOCKETS_PER_ADDRESS: '0',
  VIEWS_PER_ADDRESS: '0',
}

/** A PostgreSQL as in production in a folder of its own, and servers on it, one at a time. */
export async function openStage({ profile }: Options) {
  const folder = await dataFolder({ onDisk: true })
  const log = createLog('fatal')
  const config = { databaseUrl: undefined, dataDir: folder.dataDir }
  const database = await openDatabase(config, { role: 'command', log })
  const { id, key } = await addSource(database.db, { name: 'bench', kind: 'phone' })
  const env = { DATA_DIR: folder.dataDir, LOG_LEVEL: 'warn', ...withoutLimits }

  return {
    ...database,
    dataDir: folder.dataDir,
    /** Of every server. */
    env,
    sourceId: id,
    key,
    /** The process of PostgreSQL. */
    postmaster: (await folder.postmaster())!.pid,
    /** `server/main.ts` as a process of its own. */
    async startServer(own: Record<string, string> = {}) {
      const server = serverProcess({ ...env, ...own, NODE_OPTIONS: nodeOptions(profile) })
      const origin = await server.origin()
      return {
        origin,
        pid: server.pid,
        /** Bytes in memory when all is cleared away that may be. */
        memory: () => askMemory(server),
        async [Symbol.asyncDispose]() {
          await server.stop('SIGTERM')
        },
      }
    },
    async [Symbol.asyncDispose]() {
      await database.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

function nodeOptions(profile: string | undefined): string {
  const tell = `--import=${new URL('./tell-memory.ts', import.meta.url).href}`
  return profile ? `${tell} --cpu-prof --cpu-prof-dir=${profile}` : tell
}

async function askMemory(server: ReturnType<typeof serverProcess>): Promise<number> {
  const told = () => [...server.output.matchAll(/^memory (\d+)$/gm)]
  const before = told().length
  process.kill(server.pid, 'SIGUSR2')
  for (;;) {
    await delay(50)
    const all = told()
    if (all.length > before) return Number(all.at(-1)![1])
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
