import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { addSource } from '../../server/sources/sources.ts'
import { dataFolder, serverProcess } from '../support/server-process.ts'

/** A server that has just founded the demonstration city, and a key with which to tell it more. */
export async function openDemoCity() {
  const folder = await dataFolder({ onDisk: true })
  const server = serverProcess({
    DATA_DIR: folder.dataDir,
    DEMO: 'on',
    LOG_LEVEL: 'warn',
    REQUESTS_PER_MINUTE: '0',
    INTAKE_EVENTS_PER_MINUTE: '0',
    SOCKETS_PER_ADDRESS: '0',
  })
  const origin = await server.origin()
  const config = { databaseUrl: undefined, dataDir: folder.dataDir }
  const beside = await openDatabase(config, { role: 'command', log: createLog('fatal') })
  const { key } = await addSource(beside.db, { name: 'bench', kind: 'phone' })
  await beside.close()

  return {
    origin,
    key,
    async [Symbol.asyncDispose]() {
      await server.stop('SIGTERM')
      await folder[Symbol.asyncDispose]()
    },
  }
}
