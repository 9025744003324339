import { spawn } from 'node:child_process'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { isPostmasterOf } from '../../../server/db/embedded/postmaster-file.ts'
import type { Role } from '../../../server/db/embedded/hold.ts'
import { openDatabase } from '../../../server/db/open-database.ts'
import { dataFolder, serverProcess } from '../../support/server-process.ts'

const log = pino({ level: 'silent' })

function open(dataDir: string, role: Role = 'command') {
  const config = { databaseUrl: undefined, dataDir }
  return openDatabase(config, { role, log, sharedBuffers: '16MB', fsync: false })
}

describe('two processes that find an empty folder at once', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let first: Awaited<ReturnType<typeof open>>
  let second: Awaited<ReturnType<typeof open>>

  beforeAll(async () => {
    folder = await dataFolder({ parentMode: 0o700, empty: true })
    ;[first, second] = await Promise.all([open(folder.dataDir), open(folder.dataDir)])
  })
  afterAll(() => folder[Symbol.asyncDispose]())

  // Root's own folders, such as /root, are closed to the account that PostgreSQL runs as.
  test.runIf(process.getuid?.() === 0)('the folder may lie where only root may go', async () => {
    await first.sql`select`
  })

  test('only this user reads the password, and only this machine reaches the database', async () => {
    const { port } = (await folder.postmaster())!

    expect((await stat(path.join(folder.dataDir, 'postgres-password'))).mode & 0o777).toBe(0o600)
    expect((await stat(folder.dataDir)).mode & 0o777).toBe(0o700)
    expect(new URL(first.url).password).toMatch(/^[0-9a-f]{64}$/)
    for (const address of outsideAddresses()) expect(await accepts(address, port)).toBe(false)
    expect(await accepts('127.0.0.1', port)).toBe(true)
    const stranger = postgres(first.url, { password: 'postgres', max: 1 })
    await expect(stranger`select`).rejects.toMatchObject({ code: '28P01' })
    await stranger.end()
  })

  test('they share one database, which the last of them stops', async () => {
    const { pid } = (await folder.postmaster())!
    expect(second.url).toBe(first.url)
    expect(await isPostmasterOf(folder.clusterDir, pid)).toBe(true)
    await first.close()
    await second.sql`select`
    await second.close()

    expect(await isPostmasterOf(folder.clusterDir, pid)).toBe(false)
    expect(await folder.postmaster()).toBeUndefined()
  })
})

describe('a server', () => {
  let folder: Awaited<ReturnType<typeof dataFolder>>
  let server: ReturnType<typeof serverProcess>
  let origin = ''

  beforeAll(async () => {
    folder = await dataFolder()
    server = serverProcess({ DATA_DIR: folder.dataDir })
    origin = await server.origin()
  })
  afterAll(async () => {
    await server[Symbol.asyncDispose]()
    await folder[Symbol.asyncDispose]()
  })

  test('a second one on the same folder is refused by name', async () => {
    await using second = serverProcess({ DATA_DIR: folder.dataDir })
    const { code } = await second.exited

    expect(code).toBe(1)
    expect(second.output.trim()).toBe(
      `Another Clerestory server (pid ${server.pid}) is using DATA_DIR.`,
    )
    expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  })

  test('a port in use is said in one sentence', async () => {
    await using other = await dataFolder()
    const { port } = new URL(origin)

    await using second = serverProcess({ DATA_DIR: other.dataDir, PORT: port })
    const { code } = await second.exited

    expect(code).toBe(1)
    expect(second.output.trim()).toBe(`Port ${port} is in use. Set PORT to another.`)
    expect(await other.postmaster()).toBeUndefined()
  })

  test('a database that is killed comes back under the running server', async () => {
    const before = (await folder.postmaster())!

    process.kill(before.pid, 'SIGKILL')
    const status = async () => (await fetch(`${origin}/readyz`)).status
    await vi.waitUntil(async () => (await status()) === 503, { timeout: 30_000, interval: 5 })
    await vi.waitUntil(async () => (await status()) === 200, { timeout: 30_000, interval: 50 })

    const after = (await folder.postmaster())!
    expect(after.port).toBe(before.port)
    expect(after.pid).not.toBe(before.pid)
  })

  test('Ctrl-C reaches the server, which stops the database cleanly', async () => {
    const { code } = await server.signalGroup('SIGINT')

    expect(code).toBe(0)
    expect(await folder.postmaster()).toBeUndefined()
    const said = await readFile(path.join(folder.dataDir, 'postgres.log'), 'utf8')
    expect(said).toContain('received fast shutdown request')
    expect(said).toContain('database system is shut down')
  })
})

test('SIGTERM during the start leaves no database either', async () => {
  await using folder = await dataFolder({ empty: true })
  await using server = serverProcess({ DATA_DIR: folder.dataDir })
  await vi.waitUntil(() => folder.postmaster(), { timeout: 60_000, interval: 5 })

  await server.stop('SIGTERM')

  expect(await folder.postmaster()).toBeUndefined()
})

test('after kill -9 the next server takes the running database over, and SIGTERM ends both within five seconds', async () => {
  await using folder = await dataFolder()
  await using killed = serverProcess({ DATA_DIR: folder.dataDir })
  await killed.origin()
  const before = await folder.postmaster()
  await killed.stop('SIGKILL')

  await using next = serverProcess({ DATA_DIR: folder.dataDir })
  const origin = await next.origin()

  expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  expect(await folder.postmaster()).toEqual(before)
  const { code, took } = await next.stop('SIGTERM')
  expect(code).toBe(0)
  expect(took).toBeLessThan(5000)
  expect(await isPostmasterOf(folder.clusterDir, before!.pid)).toBe(false)
})

test('after kill -9 of server and database what was committed is there', async () => {
  await using folder = await dataFolder()
  await using killed = serverProcess({ DATA_DIR: folder.dataDir })
  await killed.origin()
  const beside = await open(folder.dataDir)
  await beside.sql`create table kept as select 1 as n`
  process.kill((await folder.postmaster())!.pid, 'SIGKILL')
  await killed.stop('SIGKILL')
  await beside.close()

  const database = await open(folder.dataDir, 'server')

  expect(await database.sql`select n from kept`).toEqual([{ n: 1 }])
  await database.close()
})

test('a lock file whose number belongs to another program now is stale', async () => {
  await using folder = await dataFolder()
  const lockFile = path.join(folder.clusterDir, 'postmaster.pid')
  const database = await open(folder.dataDir)
  const text = await readFile(lockFile, 'utf8')
  await database.close()
  expect(await folder.postmaster()).toBeUndefined()
  const { uid, gid } = await stat(folder.clusterDir)
  const other = spawn('sleep', ['60'], { uid, gid })
  await writeFile(lockFile, text.replace(/^\d+/, String(other.pid)))

  const again = await open(folder.dataDir)

  await again.sql`select`
  expect(other.exitCode).toBe(null)
  await again.close()
  other.kill()
})

test('the database stays as long as anybody uses it', async () => {
  await using folder = await dataFolder()
  const command = await open(folder.dataDir)
  const server = await open(folder.dataDir, 'server')
  const { pid } = (await folder.postmaster())!

  await command.close()
  await server.sql`select`
  const later = await open(folder.dataDir)
  await server.close()
  await later.sql`select`
  expect((await folder.postmaster())!.pid).toBe(pid)
  await later.close()

  expect(await folder.postmaster()).toBeUndefined()
})

function outsideAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((found) => found ?? [])
  return all.filter(({ internal, family }) => !internal && family === 'IPv4').map((a) => a.address)
}

function accepts(host: string, port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = createConnection({ host, port, timeout: 1000 })
  socket.once('connect', () => resolve(true))
  socket.once('error', () => resolve(false))
  socket.once('timeout', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
