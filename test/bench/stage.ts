import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { addSource } from '../../server/sources/sources.ts'
import { dataFolder, serverProcess } from '../support/server-process.ts'
import type { Options } from './options.ts'

/** A PostgreSQL as in production in a folder of its own, and servers on it, one at a time. */
export async function openStage({ profile }: Options) {
  const folder = await dataFolder()
  const log = createLog('fatal')
  const config = { databaseUrl: undefined, dataDir: folder.dataDir }
  const database = await openDatabase(config, { role: 'command', log })
  const { id, key } = await addSource(database.db, { name: 'bench', kind: 'phone' })
  const env: Record<string, string> = { DATA_DIR: folder.dataDir, LOG_LEVEL: 'warn' }
  if (profile) env.NODE_OPTIONS = `--cpu-prof --cpu-prof-dir=${profile}`

  return {
    ...database,
    dataDir: folder.dataDir,
    sourceId: id,
    key,
    /** The process of PostgreSQL. */
    postmaster: (await folder.postmaster())!.pid,
    /** `server/main.ts` as a process of its own. */
    async startServer() {
      const server = serverProcess(env)
      return { origin: await server.origin(), pid: server.pid, [Symbol.asyncDispose]: stop }
      async function stop() {
        await server.stop('SIGTERM')
      }
    },
    async [Symbol.asyncDispose]() {
      await database.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}

export type Stage = Awaited<ReturnType<typeof openStage>>
