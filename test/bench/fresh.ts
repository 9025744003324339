import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { io, type Socket } from 'socket.io-client'
import type { ServerToClient, Snapshot } from '#shared/wire.ts'
import { protocol } from '#shared/wire.ts'
import { board } from './board.ts'
import type { Figure } from './figure.ts'

const PROJECT = fileURLToPath(new URL('../..', import.meta.url))
/** Made by running it, or by npm. */
const MADE = ['node_modules', 'data', 'dist', '.git']

/** From `npm start` in a new copy of the project to a page and the first numbers of its socket. */
export async function benchFresh(): Promise<Figure[]> {
  const folder = await copyOfProject()
  try {
    const { toPage, toNumbers, toStop } = await startFresh(folder)
    return [
      {
        name: 'npm start to a live page, after npm ci',
        unit: 's',
        measured: toNumbers,
        wanted: { most: 20 },
      },
      { name: 'npm start to the page without numbers', unit: 's', measured: toPage },
      { name: 'SIGTERM to the end', unit: 's', measured: toStop, wanted: { most: 5 } },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function copyOfProject(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'clerestory-fresh-'))
  await cp(PROJECT, folder, {
    recursive: true,
    filter: (file) => !MADE.includes(path.relative(PROJECT, file)),
  })
  await symlink(path.join(PROJECT, 'node_modules'), path.join(folder, 'node_modules'))
  return folder
}

async function startFresh(folder: string) {
  const startedAt = performance.now()
  const since = () => (performance.now() - startedAt) / 1000
  const { DATABASE_URL: _, DATA_DIR: __, DEMO: ___, ...inherited } = process.env
  const npm = spawn('npm', ['start'], {
    cwd: folder,
    env: { ...inherited, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const exited = once(npm, 'exit')
  try {
    const origin = await originIn(npm.stdout)
    const page = await fetch(origin)
    if (!page.ok) throw new Error(`The page answers ${page.status}.`)
    const toPage = since()
    await numbersAt(origin)
    const toNumbers = since()
    process.kill(-npm.pid!, 'SIGTERM')
    await exited
    return { toPage, toNumbers, toStop: since() - toNumbers }
  } finally {
    if (npm.exitCode === null && npm.signalCode === null) process.kill(-npm.pid!, 'SIGTERM')
    await exited
  }
}

async function originIn(output: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of output) {
    text += chunk
    const [found] = text.match(/http:\/\/localhost:\d+/) ?? []
    if (!found) continue
    output.resume()
    return found.replace('localhost', '127.0.0.1')
  }
  throw new Error(`npm start ended: ${text}`)
}

/** Resolves when a socket was told how many tickets came in. */
async function numbersAt(origin: string): Promise<void> {
  const options = { transports: ['websocket'], auth: { protocol, views: board.slice(0, 1) } }
  const socket: Socket<ServerToClient> = io(origin, options)
  try {
    const snapshot = await new Promise<Snapshot>((resolve, reject) => {
      socket.once('views:snapshot', resolve)
      socket.once('connect_error', reject)
    })
    const received = snapshot.views[0]!.totals[1]
    if (!received) throw new Error('The page has no numbers.')
  } finally {
    socket.close()
  }
}
